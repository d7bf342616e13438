import QtQuick
import ".."
import "../parts"

// Where the stream goes, and its key: typed here, shown as dots, and never shown again.
Rectangle {
    id: page

    objectName: "stream-page"

    property bool active: false
    property string wish: ""
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
    onActiveChanged: {
        leave();
        show();
    }
    onProgramChanged: show()

    // What viewers would get: the program.
    readonly property string program: box.tiles.find(one => one.program)?.picture ?? ""

    function show() {
        if (active)
            box.showPictures(program === "" ? [] : [program], 640);
    }

    // Back to the overview.
    function home() {
        leave();
    }

    Item {
        id: seen

        x: Theme.px(14)
        y: x
        width: Math.min((parent.width - 3 * x) * 0.62, (parent.height - y - seenWords.height - Theme.px(12)) * 16 / 9)
        height: parent.height - 2 * y
        visible: !page.typing

        LivePicture {
            id: picture

            width: parent.width
            height: Math.min(parent.height - seenWords.height - Theme.px(8), Math.round(width * 9 / 16))
            picture: page.program
            words: qsTr("no picture")
        }

        Label {
            id: seenWords

            anchors.top: picture.bottom
            anchors.topMargin: Theme.px(8)
            width: parent.width
            height: Theme.px(28)
            text: box.stream.on ? qsTr("Viewers get this.") : qsTr("Viewers would get this.")
            color: Theme.quiet
        }
    }

    Column {
        id: told

        anchors.left: seen.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(20)
        y: Theme.px(16)
        spacing: Theme.px(Theme.compact ? 4 : 10)
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
            wrapMode: Text.Wrap
            maximumLineCount: 2
        }

        Label {
            width: parent.width
            height: Theme.px(48)
            text: box.stream.hasKey ? qsTr("A stream key is kept. It is never shown.") : qsTr("No stream key is kept.")
            color: Theme.quiet
            wrapMode: Text.WordWrap
        }

        Label {
            objectName: "stream-problem"
            width: parent.width
            height: Theme.px(54)
            visible: text !== ""
            text: box.stream.problem
            color: Theme.amber
            wrapMode: Text.WordWrap
        }
    }

    Column {
        anchors.left: told.left
        anchors.right: told.right
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(Theme.compact ? 10 : 16)
        spacing: Theme.px(Theme.compact ? 6 : 10)
        visible: !page.typing

        TouchButton {
            objectName: "stream-type-target"
            width: parent.width
            label: qsTr("Choose the target")
            enabled: !box.locked
            ground: Theme.line
            onTouched: page.begin("target")
        }

        TouchButton {
            objectName: "stream-type-key"
            width: parent.width
            label: qsTr("Type the key")
            enabled: !box.locked
            ground: Theme.line
            onTouched: page.begin("key")
        }

        TouchButton {
            objectName: "stream-forget-key"
            width: parent.width
            label: qsTr("Forget the key")
            enabled: !box.locked && box.stream.hasKey
            onTouched: box.forgetStreamKey()
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
