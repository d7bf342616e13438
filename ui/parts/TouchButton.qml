import QtQuick
import ".."

// A button for one touch.
Rectangle {
    id: button

    property string label: ""
    property string iconShape: ""
    property color ground: Theme.raised
    property color ink: Theme.text
    property bool chosen: false
    // Held, it goes on until the finger is lifted.
    property bool repeats: false
    property int textSize: Theme.body
    // What it is about, and what it was about when the finger came down: that is what the touch means.
    property var about: null
    property var under: null
    signal touched

    function act() {
        under = about;
        touched();
    }

    implicitWidth: Math.max(Theme.touch, words.implicitWidth + Theme.px(40))
    implicitHeight: Theme.touch
    radius: Theme.radius
    // Dark words on a bright ground cannot be read when both are dimmed.
    readonly property bool bright: Qt.colorEqual(ink, Theme.onBright)
    color: !enabled && bright ? Theme.line : tap.pressed ? Qt.lighter(ground, 1.35) : ground
    border.width: activeFocus ? 3 : 0
    border.color: Theme.blue
    opacity: enabled ? 1 : 0.45
    activeFocusOnTab: enabled && visible

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.focusable: true
    Accessible.onPressAction: button.act()
    Keys.onSpacePressed: button.act()
    Keys.onReturnPressed: button.act()

    Label {
        id: words

        anchors.fill: parent
        anchors.margins: Theme.px(6)
        visible: button.iconShape === ""
        text: button.label
        color: !button.enabled && button.bright ? Theme.text : button.ink
        font.pixelSize: button.textSize
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.WordWrap
        Accessible.ignored: true
    }

    Mark {
        anchors.centerIn: parent
        visible: button.iconShape !== ""
        shape: button.iconShape === "" ? "unknown" : button.iconShape
        size: Theme.px(24)
    }

    Touch {
        id: tap

        onPressedChanged: if (pressed) button.under = button.about
        onTapped: if (!again.counted) button.touched()
    }

    Timer {
        id: again

        property bool counted: false

        running: button.repeats && tap.pressed
        interval: counted ? 70 : 450
        repeat: true
        onRunningChanged: if (running) counted = false
        onTriggered: {
            counted = true;
            button.touched();
        }
    }
}
