import QtQuick
import ".."

// One talk of the schedule: when, what, who, and what became of it.
Rectangle {
    id: card

    required property var fact
    signal opened(string key)

    height: Math.max(Theme.px(76), names.height + Theme.px(20), why.height + Theme.px(20), Theme.touch)
    radius: Theme.radius
    color: tap.pressed ? Theme.pressed : Theme.surface
    border.width: activeFocus ? 3 : 0
    border.color: Theme.blue
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: (fact.title ?? "") + ", " + (fact.state ?? "")
    Accessible.description: (fact.subtitle ?? "") + " " + (fact.why ?? "")
    Accessible.focusable: true
    Accessible.onPressAction: card.opened(card.fact.key)
    Keys.onSpacePressed: card.opened(card.fact.key)
    Keys.onReturnPressed: card.opened(card.fact.key)

    Column {
        id: names

        x: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width * 0.46
        spacing: Theme.px(2)

        Label {
            width: parent.width
            free: true
            text: card.fact.title ?? ""
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            maximumLineCount: 2
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            free: true
            text: card.fact.subtitle ?? ""
            color: Theme.quiet
            font.pixelSize: Theme.small
            Accessible.ignored: true
        }
    }

    Label {
        id: why

        anchors.left: names.right
        anchors.leftMargin: Theme.gap
        anchors.right: chip.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: card.fact.why ?? ""
        color: (card.fact.grave ?? false) ? Theme.red : Theme.quiet
        fontSizeMode: Text.FixedSize
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
        Accessible.ignored: true
    }

    Chip {
        id: chip

        anchors.right: parent.right
        anchors.rightMargin: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        shape: card.fact.shape ?? "unknown"
        words: card.fact.state ?? ""
    }

    Touch {
        id: tap

        // What the finger went down on: a list that is told anew meanwhile must not open another talk.
        property string under: ""

        onPressedChanged: if (pressed) under = card.fact.key
        onTapped: card.opened(under)
    }
}
