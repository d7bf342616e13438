import QtQuick
import ".."

// One or two lines typed by touch. Takes the place of the page; banners and rail stay.
Rectangle {
    id: sheet

    property string firstLabel: ""
    property string secondLabel: ""
    property int firstMost: 200
    property int secondMost: 200
    property alias plain: keyboard.plain
    readonly property bool two: secondLabel !== ""
    signal finished(string first, string second)

    function open(firstText: string, secondText: string) {
        first.text = firstText;
        second.text = secondText;
        visible = true;
        first.input.forceActiveFocus();
        first.input.cursorPosition = first.text.length;
        keyboard.shifted = !plain && first.text === "";
    }

    visible: false
    color: Theme.ground
    Accessible.role: Accessible.Dialog
    Accessible.name: two ? firstLabel + ", " + secondLabel : firstLabel

    // What lies under the sheet must not be touched through it.
    Touch {}

    Row {
        id: fields

        x: Theme.margin
        y: Theme.px(Theme.compact ? 6 : 14)
        width: parent.width - 2 * x
        spacing: Theme.gap

        readonly property real share: width - cancel.width - spacing

        Field {
            id: first

            objectName: "field-first"
            width: sheet.two ? (fields.share - fields.spacing) * 0.6 : fields.share
            label: sheet.firstLabel
            most: sheet.firstMost
        }

        Field {
            id: second

            objectName: "field-second"
            visible: sheet.two
            width: (fields.share - fields.spacing) * 0.4
            label: sheet.secondLabel
            most: sheet.secondMost
        }

        TouchButton {
            id: cancel

            objectName: "sheet-cancel"
            width: Theme.px(140)
            label: qsTr("Cancel")
            onTouched: sheet.visible = false
        }
    }

    Keyboard {
        id: keyboard

        anchors.top: fields.bottom
        anchors.topMargin: Theme.px(Theme.compact ? 6 : 14)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: anchors.topMargin
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - 2 * Theme.margin, Theme.px(1180))
        target: second.input.activeFocus ? second.input : first.input
        goesOn: sheet.two && !second.input.activeFocus
        onDone: {
            if (goesOn) {
                second.input.forceActiveFocus();
                second.input.cursorPosition = second.text.length;
                keyboard.shifted = second.text === "";
            } else {
                sheet.visible = false;
                sheet.finished(first.text, second.text);
            }
        }
    }
}
