import QtQuick
import ".."

// A line to type into with the screen's own keyboard.
Rectangle {
    id: field

    property alias text: input.text
    property alias input: input
    property string label: ""
    property int most: 200

    height: Theme.touch
    radius: Theme.radius
    color: Theme.ground
    border.width: 2
    border.color: input.activeFocus ? Theme.blue : Theme.line

    Label {
        id: name

        x: Theme.px(16)
        y: Theme.px(6)
        width: parent.width - 2 * x
        text: field.label
        color: Theme.quiet
        font.pixelSize: Theme.px(14)
        Accessible.ignored: true
    }

    TextInput {
        id: input

        x: Theme.px(16)
        anchors.top: name.bottom
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(6)
        width: parent.width - 2 * x
        verticalAlignment: TextInput.AlignVCenter
        clip: true
        color: Theme.text
        selectionColor: Theme.blue
        selectedTextColor: Theme.onBright
        font.family: fontFamily
        font.pixelSize: Theme.large
        maximumLength: field.most
        activeFocusOnTab: true
        inputMethodHints: Qt.ImhNoPredictiveText
        Accessible.role: Accessible.EditableText
        Accessible.name: field.label
    }

    TapHandler {
        onTapped: input.forceActiveFocus()
    }
}
