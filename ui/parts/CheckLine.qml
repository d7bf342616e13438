import QtQuick
import ".."

// One line of the checklist.
Item {
    id: line

    required property var fact

    height: Theme.px(Theme.compact ? 24 : 28)
    Accessible.role: Accessible.ListItem
    Accessible.name: (fact.name ?? "") + ": " + (fact.words ?? "")

    Mark {
        id: mark

        anchors.verticalCenter: parent.verticalCenter
        shape: line.fact.shape ?? "unknown"
        size: Theme.px(18)
    }

    Label {
        anchors.left: mark.right
        anchors.leftMargin: Theme.px(10)
        width: parent.width * 0.42
        height: parent.height
        verticalAlignment: Text.AlignVCenter
        text: line.fact.name ?? ""
        font.pixelSize: Theme.small
        Accessible.ignored: true
    }

    Label {
        anchors.right: parent.right
        width: parent.width * 0.46
        height: parent.height
        verticalAlignment: Text.AlignVCenter
        horizontalAlignment: Text.AlignRight
        text: line.fact.words ?? ""
        color: Theme.quiet
        font.pixelSize: Theme.small
        Accessible.ignored: true
    }
}
