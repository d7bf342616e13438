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
    border.color: input.activeFocus ? Theme.blue : Theme.edge

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

    // It fills the field but for the place of what clears it, so that all of it can be touched.
    TextInput {
        id: input

        objectName: field.objectName + "-input"
        width: parent.width - clear.width
        height: parent.height
        leftPadding: Theme.px(16)
        topPadding: name.y + name.height
        bottomPadding: Theme.px(6)
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

    TouchButton {
        id: clear

        objectName: field.objectName + "-clear"
        anchors.right: parent.right
        width: Theme.touch
        height: Theme.touch
        visible: input.text !== ""
        label: "✕"
        ground: "transparent"
        ink: Theme.quiet
        activeFocusOnTab: false
        Accessible.name: qsTr("Clear: %1").arg(field.label)
        onTouched: {
            input.text = "";
            input.forceActiveFocus();
        }
    }
}
