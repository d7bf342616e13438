import QtQuick
import ".."

// Whether it records, for how long, and how that is known: for where the record control is out of sight.
Rectangle {
    id: badge

    width: Theme.px(Theme.compact ? 236 : 200)
    height: Theme.touch
    radius: Theme.radius
    color: Theme.surface
    Accessible.role: Accessible.Indicator
    Accessible.name: box.record.words
    Accessible.description: box.record.elapsed

    RecordLight {
        id: light

        x: Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter
    }

    Column {
        anchors.left: light.right
        anchors.leftMargin: Theme.px(10)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(8)
        anchors.verticalCenter: parent.verticalCenter

        Label {
            id: elapsed

            width: parent.width
            height: Theme.px(26)
            verticalAlignment: Text.AlignVCenter
            text: box.record.elapsed
            font.pixelSize: Theme.large
            font.weight: Font.Bold
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            height: badge.height - elapsed.height - Theme.px(6)
            text: box.record.words
            color: box.record.light === "bad" ? Theme.red : Theme.quiet
            font.pixelSize: Theme.px(14)
            wrapMode: Text.WordWrap
            maximumLineCount: 3
            Accessible.ignored: true
        }
    }
}
