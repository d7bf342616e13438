import QtQuick
import ".."

// A button that wants to be held for a second, and shows how far it is.
Rectangle {
    id: button

    property string label: ""
    property string detail: ""
    // What people typed: it may be cut.
    property bool freeDetail: false
    // Its words take several lines, as many as there is room for.
    property bool narrow: false
    property color ink: Theme.text
    property color quietInk: Theme.quiet
    property color fill: Theme.red
    property int holdMs: 1000
    property int textSize: Theme.title
    property bool fired: false
    // What it is about, and what it was about when the finger came down: that is what the hold means.
    property var about: null
    property var under: null
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
    Accessible.onPressAction: {
        button.under = button.about;
        button.held();
    }

    Rectangle {
        id: bar

        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: 0
        radius: parent.radius
        color: Qt.darker(button.fill, 1.6)
    }

    // Once for each finger, by whichever knows first: the full bar, or the finger's own time when it is lifted. On a busy
    // computer both arrive late, and the time that the screen gives a touch does not.
    function fire() {
        if (fired)
            return;
        fired = true;
        bar.width = 0;
        held();
    }

    NumberAnimation {
        id: filling

        target: bar
        property: "width"
        from: 0
        to: button.width
        duration: button.holdMs
        onFinished: button.fire()
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.px(12)
        width: parent.width - 2 * x
        spacing: Theme.px(4)

        Label {
            width: parent.width
            height: button.narrow ? button.height - Theme.px(14) - (more.visible ? more.height + parent.spacing : 0) : undefined
            verticalAlignment: Text.AlignVCenter
            text: button.label
            color: button.ink
            font.pixelSize: button.textSize
            font.weight: Font.Bold
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }

        Label {
            id: more

            width: parent.width
            visible: text !== ""
            text: button.detail
            free: button.freeDetail
            wrapMode: !button.narrow ? Text.NoWrap : free ? Text.Wrap : Text.WordWrap
            maximumLineCount: button.narrow ? 2 : 1
            color: button.quietInk
            font.pixelSize: Theme.small
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }

    Touch {
        id: tap

        onPressedChanged: {
            if (pressed) {
                button.fired = false;
                button.under = button.about;
                filling.restart();
            } else {
                filling.stop();
                bar.width = 0;
            }
        }
        onTapped: point => {
            if (point.timeHeld * 1000 >= button.holdMs)
                button.fire();
        }
    }
}
