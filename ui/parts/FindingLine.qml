import QtQuick
import ".."

// One thing that was found in a talk: what, when, and what to do now.
Item {
    id: line

    required property var fact

    height: words.height
    Accessible.role: Accessible.ListItem
    Accessible.name: (fact.title ?? "") + " " + (fact.when ?? "")
    Accessible.description: (fact.text ?? "") + " " + (fact.advice ?? "")

    Mark {
        id: mark

        y: Theme.px(3)
        shape: line.fact.shape ?? "unknown"
    }

    Column {
        id: words

        anchors.left: mark.right
        anchors.leftMargin: Theme.px(12)
        anchors.right: parent.right
        spacing: Theme.px(2)

        Label {
            width: parent.width
            text: (line.fact.title ?? "") + ((line.fact.when ?? "") === "" ? "" : "  ·  " + line.fact.when)
            font.weight: Font.DemiBold
            wrapMode: Text.WordWrap
            fontSizeMode: Text.FixedSize
            elide: Text.ElideNone
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            visible: text !== ""
            text: line.fact.text ?? ""
            color: Theme.quiet
            font.pixelSize: Theme.small
            wrapMode: Text.WordWrap
            fontSizeMode: Text.FixedSize
            elide: Text.ElideNone
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            visible: text !== ""
            text: line.fact.advice ?? ""
            color: Theme.amber
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            wrapMode: Text.WordWrap
            fontSizeMode: Text.FixedSize
            elide: Text.ElideNone
            Accessible.ignored: true
        }
    }
}
