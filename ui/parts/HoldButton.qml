import QtQuick
import ".."

// A button that wants to be held for a second, and shows how far it is.
Rectangle {
    id: button

    property string label: ""
    property string detail: ""
    property color ink: Theme.text
    property color quietInk: Theme.quiet
    property color fill: Theme.red
    property int holdMs: 1000
    property int textSize: Theme.title
    readonly property real progress: bar.width / Math.max(1, width)
    signal held

    radius: Theme.radius
    color: Theme.redQuiet
    border.width: activeFocus ? 4 : 2
    border.color: activeFocus ? Theme.blue : fill
    activeFocusOnTab: enabled && visible
    clip: true

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.description: detail
    Accessible.focusable: true
    Accessible.onPressAction: button.held()

    Rectangle {
        id: bar

        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: 0
        radius: parent.radius
        color: Qt.darker(button.fill, 1.6)
    }

    NumberAnimation {
        id: filling

        target: bar
        property: "width"
        from: 0
        to: button.width
        duration: button.holdMs
        onFinished: {
            bar.width = 0;
            button.held();
        }
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.px(12)
        width: parent.width - 2 * x
        spacing: Theme.px(4)

        Label {
            width: parent.width
            text: button.label
            color: button.ink
            font.pixelSize: button.textSize
            font.weight: Font.Bold
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            visible: text !== ""
            text: button.detail
            color: button.quietInk
            font.pixelSize: Theme.small
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }

    TapHandler {
        id: tap

        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onPressedChanged: {
            if (pressed) {
                filling.restart();
            } else {
                filling.stop();
                bar.width = 0;
            }
        }
    }
}
