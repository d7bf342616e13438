import QtQuick
import ".."

// The live stream: on air or not, in shape and words. Its right half is for the control that starts and ends it.
Rectangle {
    id: panel

    height: Theme.touch + Theme.px(Theme.compact ? 8 : 16)
    radius: Theme.radius
    color: Theme.surface
    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Stream: %1").arg(box.stream.words)

    Mark {
        id: mark

        x: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        shape: box.stream.on ? "fine" : "off"
    }

    Column {
        anchors.left: mark.right
        anchors.leftMargin: Theme.px(10)
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width / 2 - x

        Label {
            width: parent.width
            text: qsTr("Stream")
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            text: box.stream.words
            color: Theme.quiet
            font.pixelSize: Theme.small
            Accessible.ignored: true
        }
    }
}
