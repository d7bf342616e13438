import QtQuick
import ".."

// One line of the doctor's checklist: what was found, what to do about it, and the touch that goes there.
// As high as its words.
Item {
    id: result

    required property var line
    readonly property var way: line.button ?? ({
            kind: "",
            target: "",
            label: ""
        })

    height: Math.max(Theme.px(28), words.y + words.height, go.visible ? go.height : 0)
    Accessible.role: Accessible.ListItem
    Accessible.name: line.title + ": " + line.words
    Accessible.description: line.remedy

    Mark {
        id: mark

        y: Theme.px(2)
        shape: result.line.shape
    }

    Label {
        id: title

        anchors.left: mark.right
        anchors.leftMargin: Theme.px(12)
        width: parent.width * 0.24
        height: Theme.px(26)
        text: result.line.title
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }

    Column {
        id: words

        anchors.left: title.right
        anchors.leftMargin: Theme.px(12)
        anchors.right: go.visible ? go.left : parent.right
        anchors.rightMargin: go.visible ? Theme.px(12) : 0
        spacing: Theme.px(2)

        Label {
            width: parent.width
            text: result.line.words
            color: result.line.shape === "fine" ? Theme.quiet : Theme.text
            fontSizeMode: Text.FixedSize
            elide: Text.ElideNone
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Label {
            visible: result.line.remedy !== ""
            width: parent.width
            text: "→ " + result.line.remedy
            color: result.line.shape === "bad" || result.line.shape === "warn" ? Theme.amber : Theme.quiet
            font.pixelSize: Theme.small
            fontSizeMode: Text.FixedSize
            elide: Text.ElideNone
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }

    TouchButton {
        id: go

        objectName: "mend-" + result.way.target
        anchors.right: parent.right
        visible: result.way.kind !== "" && result.line.shape !== "fine"
        width: Theme.px(150)
        height: Theme.touch
        label: result.way.label
        textSize: Theme.px(16)
        ground: Theme.line
        onTouched: box.press(result.way.kind, result.way.target)
    }
}
