import QtQuick
import ".."

// One talk: what it was, how long, where it is good and where not, and what to do.
Rectangle {
    id: card

    required property var fact
    readonly property string shape: fact.shape ?? "unknown"

    readonly property string url: box.pictureUrls[fact.picture ?? ""] ?? ""
    signal opened(string id)

    height: Math.max(Theme.px(104), words.height + Theme.px(32), names.height + Theme.px(32))
    radius: Theme.radius
    color: tap.pressed ? Theme.pressed : Theme.surface
    border.width: activeFocus ? 3 : 0
    border.color: Theme.blue
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: (fact.title ?? "") + ", " + (fact.verdict ?? "")
    Accessible.description: (fact.summary ?? "") + " " + (fact.advice ?? "")
    Accessible.focusable: true
    Accessible.onPressAction: card.opened(card.fact.id)
    Keys.onSpacePressed: card.opened(card.fact.id)
    Keys.onReturnPressed: card.opened(card.fact.id)

    Still {
        id: poster

        x: Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(128)
        height: Theme.px(72)
        url: card.url
        words: card.shape === "busy" ? qsTr("picture is coming") : qsTr("no picture")
    }

    Column {
        id: names

        anchors.left: poster.right
        anchors.leftMargin: Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width * 0.28
        spacing: Theme.px(4)

        Label {
            width: parent.width
            free: true
            text: card.fact.title ?? ""
            font.pixelSize: Theme.px(20)
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            maximumLineCount: 3
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            free: true
            text: card.fact.subtitle ?? ""
            color: Theme.quiet
            font.pixelSize: Theme.px(16)
            wrapMode: Text.Wrap
            maximumLineCount: 2
            Accessible.ignored: true
        }
    }

    Column {
        id: words

        anchors.left: names.right
        anchors.leftMargin: Theme.gap
        anchors.right: chip.left
        anchors.rightMargin: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(6)

        Timeline {
            width: parent.width
            visible: !(card.fact.running ?? false)
            shape: card.shape
            share: card.fact.share ?? 0
            marks: card.fact.marks ?? []
        }

        Label {
            width: parent.width
            text: card.fact.summary ?? ""
            color: Theme.quiet
            fontSizeMode: Text.FixedSize
            font.pixelSize: Theme.small
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            visible: text !== ""
            text: card.fact.advice ?? ""
            color: Theme.amber
            fontSizeMode: Text.FixedSize
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }
    }

    Chip {
        id: chip

        anchors.right: parent.right
        anchors.rightMargin: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        shape: card.shape
        running: card.fact.running ?? false
        words: card.fact.verdict ?? ""
    }

    Touch {
        id: tap

        // What the finger went down on: a talk that comes first meanwhile moves the others down.
        property string under: ""

        onPressedChanged: if (pressed) under = card.fact.id
        onTapped: card.opened(under)
    }
}
