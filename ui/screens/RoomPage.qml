import QtQuick
import ".."
import "../parts"

// The names of event and room, and the disk.
Rectangle {
    id: page

    property bool active: false

    radius: Theme.radius
    color: Theme.surface

    Column {
        x: Theme.px(20)
        y: Theme.px(20)
        width: parent.width - 2 * x
        spacing: Theme.px(12)

        Label {
            width: parent.width
            free: true
            text: box.header.room + " · " + box.header.event
            font.weight: Font.DemiBold
        }

        CheckLine {
            width: parent.width
            fact: box.rail.find(one => one.key === "disk") ?? ({})
        }
    }
}
