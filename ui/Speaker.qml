import QtQuick
import "parts"

// What the speaker sees on a display of their own: the time, as large as it can be, and the crew's words.
Rectangle {
    id: root

    readonly property var fact: box.speaker
    readonly property bool told: fact.message !== ""

    color: fact.level === "red" ? Theme.redGround : fact.level === "amber" ? Theme.amberGround : Theme.ground
    onWidthChanged: Theme.screenWidth = width
    onHeightChanged: Theme.screenHeight = height

    Item {
        width: parent.width
        height: parent.height * 0.12

        Label {
            x: Theme.margin
            width: parent.width - clock.width - 3 * Theme.margin
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            free: true
            text: root.fact.title
            font.pixelSize: Math.round(root.height * 0.055)
            font.weight: Font.DemiBold
        }

        Label {
            id: clock

            anchors.right: parent.right
            anchors.rightMargin: Theme.margin
            width: implicitWidth
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: root.fact.clock
            font.pixelSize: Math.round(root.height * 0.055)
        }
    }

    Label {
        id: time

        objectName: "speaker-time"
        x: Theme.margin
        y: root.height * 0.12
        width: parent.width - 2 * x
        height: root.height * (root.told ? 0.42 : 0.66)
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        text: root.fact.time
        color: root.fact.level === "red" ? Theme.text : Theme.time(root.fact.level)
        font.pixelSize: Math.round(root.height * 0.6)
        minimumPixelSize: 20
        font.weight: Font.Bold
    }

    Label {
        anchors.top: time.bottom
        x: Theme.margin
        width: parent.width - 2 * x
        height: root.height * 0.1
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        text: root.fact.words
        color: time.color
        font.pixelSize: Math.round(root.height * 0.07)
        font.weight: Font.DemiBold
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: root.height * 0.34
        visible: root.told
        color: Theme.blue
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.fact.message

        Label {
            objectName: "speaker-message"
            anchors.fill: parent
            anchors.margins: Theme.margin
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            text: root.fact.message
            color: Theme.onBright
            font.pixelSize: Math.round(root.height * 0.14)
            minimumPixelSize: 20
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
}
