import QtQuick
import ".."

// One alarm in full, with up to two buttons: what helps, and "seen" while its key is told.
Rectangle {
    id: banner

    property string shape: "warn"
    property string title: ""
    property string words: ""
    property var button: ({
            kind: "",
            target: "",
            label: "",
            hold: false,
            asked: false
        })
    property string key: ""
    property color ground: Theme.amberGround
    property color edge: Theme.amber
    signal acted(var button)
    signal seconded(string key)

    height: Math.max(Theme.touch + Theme.px(16), texts.height + Theme.px(20))
    color: ground
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title
    Accessible.description: words

    Rectangle {
        width: Theme.px(6)
        height: parent.height
        color: banner.edge
    }

    Mark {
        id: mark

        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        shape: banner.shape
        size: Theme.px(38)
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
            objectName: banner.objectName + "-action"
            visible: banner.button.label !== "" && !banner.button.hold
            enabled: !banner.button.asked
            label: banner.button.label
            ground: Theme.text
            ink: Theme.onBright
            width: Theme.px(230)
            about: banner.button
            onTouched: banner.acted(under)
        }

        HoldButton {
            objectName: banner.objectName + "-hold"
            visible: banner.button.label !== "" && banner.button.hold
            enabled: !banner.button.asked
            label: banner.button.label
            textSize: Theme.body
            width: Theme.px(230)
            height: Theme.touch
            about: banner.button
            onHeld: banner.acted(under)
        }

        TouchButton {
            objectName: banner.objectName + "-seen"
            visible: banner.key !== ""
            label: qsTr("Seen")
            ground: "transparent"
            border.width: 2
            border.color: activeFocus ? Theme.blue : Theme.quiet
            width: Math.max(Theme.touch, Theme.px(112))
            about: banner.key
            onTouched: banner.seconded(under)
        }
    }
}
