import QtQuick
import ".."

// A button for one touch that also says what follows from it.
Rectangle {
    id: button

    property string label: ""
    property string detail: ""
    property color ground: Theme.raised
    property color ink: Theme.text
    property color quietInk: Theme.quiet
    // The detail is a name that people gave: it may be cut.
    property bool named: false
    signal touched

    height: Theme.touch + Theme.px(Theme.compact ? 0 : 12)
    radius: Theme.radius
    color: !enabled ? Theme.raised : tap.pressed ? Qt.lighter(ground, 1.35) : ground
    border.width: activeFocus ? 3 : 0
    border.color: Theme.text
    activeFocusOnTab: enabled && visible

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.description: detail
    Accessible.focusable: true
    Accessible.onPressAction: button.touched()
    Keys.onSpacePressed: button.touched()
    Keys.onReturnPressed: button.touched()

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.px(12)
        width: parent.width - 2 * x

        Label {
            width: parent.width
            text: button.label
            color: button.enabled ? button.ink : Theme.quiet
            font.pixelSize: Theme.px(19)
            font.weight: Font.Bold
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            visible: text !== ""
            height: button.named ? implicitHeight : Math.min(implicitHeight, button.height - Theme.px(Theme.compact ? 34 : 38))
            free: button.named
            text: button.detail
            color: button.enabled ? button.quietInk : Theme.quiet
            font.pixelSize: Theme.small
            wrapMode: button.named ? Text.NoWrap : Text.WordWrap
            maximumLineCount: button.named ? 1 : 2
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }

    Touch {
        id: tap

        onTapped: button.touched()
    }
}
