import QtQuick
import ".."

// One thing said across the screen, with up to two buttons.
Rectangle {
    id: banner

    property string shape: "warn"
    property string title: ""
    property string words: ""
    property string action: ""
    property bool hold: false
    property string second: ""
    property color ground: Theme.amberGround
    property color edge: Theme.amber
    signal acted
    signal seconded

    height: Math.max(Theme.touch + Theme.px(16), texts.height + Theme.px(20))
    color: ground
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title === "" ? words : title
    Accessible.description: title === "" ? "" : words

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        color: banner.edge
    }

    Mark {
        id: mark

        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        shape: banner.shape
        size: Theme.px(banner.title === "" ? 26 : 38)
    }

    Column {
        id: texts

        anchors.left: mark.right
        anchors.leftMargin: Theme.px(18)
        anchors.right: buttons.left
        anchors.rightMargin: Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(2)

        Label {
            width: parent.width
            visible: text !== ""
            text: banner.title
            font.pixelSize: Theme.large
            font.weight: Font.Bold
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            text: banner.words
            fontSizeMode: Text.FixedSize
            elide: Text.ElideNone
            font.pixelSize: Theme.px(Theme.compact ? 16 : 17)
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }
    }

    Row {
        id: buttons

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(12)

        TouchButton {
            objectName: "banner-action"
            visible: banner.action !== "" && !banner.hold && !box.locked
            label: banner.action
            ground: Theme.text
            ink: Theme.onBright
            width: Math.min(implicitWidth, Theme.px(260))
            onTouched: banner.acted()
        }

        HoldButton {
            objectName: "banner-hold"
            visible: banner.action !== "" && banner.hold && !box.locked
            label: banner.action
            textSize: Theme.body
            width: Theme.px(260)
            height: Theme.touch
            onHeld: banner.acted()
        }

        TouchButton {
            objectName: "banner-seen"
            visible: banner.second !== "" && !box.locked
            label: banner.second
            ground: "transparent"
            border.width: 2
            border.color: activeFocus ? Theme.blue : Theme.quiet
            width: Math.min(Math.max(implicitWidth, Theme.px(92)), Theme.px(160))
            onTouched: banner.seconded()
        }
    }
}
