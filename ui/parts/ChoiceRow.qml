import QtQuick
import ".."

// One thing of several to choose: its name, a note, and whether it is in force or asked.
Rectangle {
    id: row

    required property var choice
    // Nothing is no device: to have chosen it is no good news.
    readonly property bool good: choice.chosen && choice.kind !== "none"
    readonly property string key: choice.kind + "/" + choice.target
    // Touched, and it waits for a second touch.
    property bool waits: false
    signal touched

    height: Math.max(64, Theme.px(68))
    radius: Theme.radius
    color: tap.pressed ? Theme.pressed : good ? Theme.greenGround : choice.chosen ? Theme.line : Theme.raised
    border.width: activeFocus || waits ? 3 : 0
    border.color: waits ? Theme.amber : Theme.blue
    opacity: enabled ? 1 : 0.45
    activeFocusOnTab: enabled && visible

    Accessible.role: Accessible.RadioButton
    Accessible.name: choice.name
    Accessible.description: status.text
    Accessible.checked: choice.chosen
    Accessible.focusable: true
    Accessible.onPressAction: row.touched()
    Keys.onSpacePressed: row.touched()
    Keys.onReturnPressed: row.touched()

    Mark {
        id: mark

        x: Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter
        shape: row.choice.asked ? "busy" : row.good ? "fine" : row.choice.chosen ? "off" : "unknown"
        size: Theme.px(24)
    }

    Label {
        anchors.left: mark.right
        anchors.leftMargin: Theme.px(12)
        anchors.right: status.left
        anchors.rightMargin: Theme.px(8)
        height: parent.height
        free: true
        verticalAlignment: Text.AlignVCenter
        text: row.choice.name
        font.weight: row.choice.chosen ? Font.DemiBold : Font.Normal
        maximumLineCount: 2
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    Label {
        id: status

        anchors.right: parent.right
        anchors.rightMargin: Theme.px(16)
        width: Math.min(implicitWidth, parent.width * 0.36)
        height: parent.height
        verticalAlignment: Text.AlignVCenter
        horizontalAlignment: Text.AlignRight
        text: row.choice.asked ? qsTr("asked…") : row.choice.note !== "" ? row.choice.note : row.good ? qsTr("in use") : ""
        color: Theme.quiet
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
        Accessible.ignored: true
    }

    Touch {
        id: tap

        // What the finger went down on: a list that is told anew meanwhile must not have it pick something else.
        property string under: ""

        onPressedChanged: if (pressed) under = row.key
        onTapped: if (under === row.key) row.touched()
    }
}
