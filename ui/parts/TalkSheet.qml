import QtQuick
import ".."

// Title and speaker, typed by touch. Takes the place of the tiles; banners and rail stay.
Rectangle {
    id: sheet

    signal closed

    // The talk that was typed at when somebody went elsewhere: what was typed is there again afterwards.
    property string draftOf: ""
    readonly property string talk: box.record.talk + "\n" + box.record.title + "\n" + box.record.speaker
    // What was in the fields when they were opened, and of which recording.
    property string opened: ""
    property string about: ""

    // Somebody touched another screen: it shows, and what was typed is kept.
    function leave() {
        if (!visible)
            return;
        draftOf = talk;
        visible = false;
        closed();
    }

    function fill() {
        title.text = box.record.title;
        speaker.text = box.record.speaker;
    }

    function open() {
        if (draftOf === "" || draftOf !== talk)
            fill();
        draftOf = "";
        opened = title.text + "\n" + speaker.text;
        about = box.record.talk;
        visible = true;
        title.input.forceActiveFocus();
        title.input.cursorPosition = title.text.length;
        keyboard.shifted = title.text === "";
    }

    function finish() {
        if (title.text !== box.record.title || speaker.text !== box.record.speaker)
            box.setTalk(title.text, speaker.text);
        visible = false;
        closed();
    }

    // The talk ended while the fields showed its name: that is not the next one's. What somebody typed stays.
    function follow() {
        if (!visible || about === "" || box.record.talk === about)
            return;
        about = box.record.talk;
        if (title.text + "\n" + speaker.text !== opened || opened === box.record.title + "\n" + box.record.speaker)
            return;
        fill();
        opened = title.text + "\n" + speaker.text;
    }

    visible: false
    color: Theme.ground
    onTalkChanged: follow()
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Title and speaker")

    // What lies under the sheet must not be touched through it.
    Touch {}

    Row {
        id: fields

        x: Theme.margin
        y: Theme.px(Theme.compact ? 6 : 14)
        width: parent.width - 2 * x
        spacing: Theme.gap

        Field {
            id: title

            objectName: "field-title"
            width: (parent.width - 2 * parent.spacing - cancel.width) * 0.6
            label: qsTr("Title of the talk")
        }

        Field {
            id: speaker

            objectName: "field-speaker"
            width: (parent.width - 2 * parent.spacing - cancel.width) * 0.4
            label: qsTr("Speaker")
        }

        TouchButton {
            id: cancel

            objectName: "talk-cancel"
            width: Theme.px(140)
            label: qsTr("Cancel")
            onTouched: {
                sheet.visible = false;
                sheet.closed();
            }
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
        target: speaker.input.activeFocus ? speaker.input : title.input
        goesOn: !speaker.input.activeFocus
        onDone: {
            if (goesOn) {
                speaker.input.forceActiveFocus();
                speaker.input.cursorPosition = speaker.text.length;
                keyboard.shifted = speaker.text === "";
            } else {
                sheet.finish();
            }
        }
    }
}
