import QtQuick
import ".."
import "../parts"

// Where the stream goes, and its key: typed here, shown as dots, and never shown again.
Rectangle {
    id: page

    objectName: "stream-page"

    property bool active: false
    property string field: ""
    readonly property bool typing: field !== ""

    function begin(what: string) {
        field = what;
        const line = what === "key" ? key : target;
        line.text = what === "key" ? "" : box.stream.target;
        keyboard.shifted = false;
        line.input.forceActiveFocus();
        line.input.cursorPosition = line.text.length;
    }

    function finish() {
        if (field === "key" && key.text !== "")
            box.setStreamKey(key.text);
        else if (field === "target" && target.text !== "")
            box.setStreamTarget(target.text);
        leave();
    }

    function leave() {
        field = "";
        key.text = "";
    }

    radius: Theme.radius
    color: Theme.surface
    onActiveChanged: leave()

    Column {
        id: told

        x: Theme.px(20)
        y: Theme.px(16)
        width: parent.width - 2 * x
        spacing: Theme.px(12)
        visible: !page.typing

        CheckLine {
            width: parent.width
            fact: box.rail.find(one => one.key === "stream") ?? ({})
        }

        Label {
            width: parent.width
            free: true
            text: box.stream.target === "" ? qsTr("No target is chosen.") : qsTr("Target: %1").arg(box.stream.target)
            font.weight: Font.DemiBold
        }

        Label {
            width: parent.width
            text: box.stream.hasKey ? qsTr("A stream key is kept. It is never shown.") : qsTr("No stream key is kept.")
            color: Theme.quiet
        }

        Label {
            objectName: "stream-problem"
            width: parent.width
            visible: text !== ""
            text: box.stream.problem
            color: Theme.amber
            wrapMode: Text.WordWrap
        }

        Row {
            spacing: Theme.gap

            TouchButton {
                objectName: "stream-type-target"
                label: qsTr("Choose the target")
                enabled: !box.locked
                onTouched: page.begin("target")
            }

            TouchButton {
                objectName: "stream-type-key"
                label: qsTr("Type the key")
                enabled: !box.locked
                onTouched: page.begin("key")
            }

            TouchButton {
                objectName: "stream-forget-key"
                label: qsTr("Forget the key")
                visible: box.stream.hasKey
                enabled: !box.locked
                onTouched: box.forgetStreamKey()
            }
        }
    }

    Row {
        id: line

        x: Theme.px(20)
        y: Theme.px(10)
        width: parent.width - 2 * x
        spacing: Theme.gap
        visible: page.typing

        Field {
            id: target

            objectName: "field-stream-target"
            width: parent.width - parent.spacing - cancel.width
            visible: page.field === "target"
            label: qsTr("A service's name, or a server's address")
            most: 500
        }

        Field {
            id: key

            objectName: "field-stream-key"
            width: parent.width - parent.spacing - cancel.width
            visible: page.field === "key"
            label: qsTr("Stream key")
            most: 1000
            input.echoMode: TextInput.Password
            input.inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
        }

        TouchButton {
            id: cancel

            objectName: "stream-cancel"
            width: Theme.px(140)
            label: qsTr("Cancel")
            onTouched: page.leave()
        }
    }

    Keyboard {
        id: keyboard

        anchors.top: line.bottom
        anchors.topMargin: Theme.px(6)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(6)
        x: Theme.px(20)
        width: parent.width - 2 * x
        visible: page.typing
        plain: true
        target: page.field === "key" ? key.input : target.input
        onDone: page.finish()
    }
}
