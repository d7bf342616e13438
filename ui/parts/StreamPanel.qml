import QtQuick
import ".."

// The live stream: how it is, in shape and words, and the one control for it: a touch begins, a hold ends it.
Rectangle {
    id: panel

    readonly property var fact: box.stream

    height: Theme.touch + Theme.px(Theme.compact ? 8 : 16)
    radius: Theme.radius
    color: Theme.surface

    Item {
        id: state

        x: Theme.px(20)
        width: action.x - x - Theme.px(10)
        height: parent.height
        Accessible.role: Accessible.Indicator
        Accessible.name: qsTr("Stream: %1").arg(panel.fact.words)

        Mark {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            shape: panel.fact.shape
        }

        Column {
            anchors.left: mark.right
            anchors.leftMargin: Theme.px(10)
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                text: qsTr("Stream")
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }

            Label {
                width: parent.width
                text: panel.fact.words
                color: panel.fact.shape === "bad" ? Theme.red : Theme.quiet
                font.pixelSize: Theme.small
                wrapMode: Text.WordWrap
                maximumLineCount: 2
                Accessible.ignored: true
            }
        }
    }

    Item {
        id: action

        anchors.right: parent.right
        anchors.rightMargin: Theme.px(Theme.compact ? 4 : 8)
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width * 0.44
        height: Theme.touch

        TouchButton {
            objectName: "stream-start"
            anchors.fill: parent
            visible: panel.fact.action === "start"
            label: panel.fact.label
            onTouched: box.startStream()
        }

        TouchButton {
            objectName: "stream-set-up"
            anchors.fill: parent
            visible: panel.fact.action === "set_up"
            label: panel.fact.label
            ink: Theme.quiet
            onTouched: box.showScreen("setup")
        }

        HoldButton {
            objectName: "stream-stop"
            anchors.fill: parent
            visible: panel.fact.action === "stop"
            label: panel.fact.label
            textSize: Theme.body
            onHeld: box.stopStream()
        }

        Label {
            objectName: "stream-wait"
            anchors.fill: parent
            visible: panel.fact.action === "wait"
            text: panel.fact.label
            color: Theme.quiet
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.WordWrap
        }
    }
}
