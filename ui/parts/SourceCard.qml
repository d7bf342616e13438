import QtQuick
import ".."

// A source role: its live picture or level, its state in words. `foot` is kept free for who uses it.
Rectangle {
    id: card

    property string title: ""
    property var fact: ({})
    property string picture: ""
    property bool sound: false
    property int foot: 0
    readonly property real pictureBottom: frame.y + frame.height
    readonly property string url: box.pictureUrls[picture] ?? ""

    radius: Theme.radius
    color: Theme.surface
    Accessible.role: Accessible.Grouping
    Accessible.name: title + ": " + (fact.words ?? "")

    Mark {
        id: mark

        x: Theme.px(20)
        anchors.verticalCenter: name.verticalCenter
        shape: card.fact.shape ?? "unknown"
    }

    Label {
        id: name

        anchors.left: mark.right
        anchors.leftMargin: Theme.px(10)
        y: Theme.px(16)
        width: parent.width - x - Theme.px(20)
        text: card.title
        font.pixelSize: Theme.large
        font.weight: Font.DemiBold
    }

    Label {
        id: words

        x: Theme.px(20)
        anchors.top: name.bottom
        anchors.topMargin: Theme.px(2)
        width: parent.width - 2 * x
        text: card.fact.words ?? ""
        color: Theme.quiet
        font.pixelSize: Theme.small
    }

    Rectangle {
        id: frame

        x: Theme.px(20)
        anchors.top: words.bottom
        anchors.topMargin: Theme.px(10)
        width: parent.width - 2 * x
        height: Math.min(width * 9 / 16, parent.height - y - Math.max(card.foot, Theme.px(16)))
        visible: !card.sound
        color: Theme.still

        Image {
            anchors.fill: parent
            visible: card.url !== ""
            source: card.url
            fillMode: Image.PreserveAspectFit
            cache: false
            Accessible.ignored: true
        }

        Label {
            anchors.centerIn: parent
            width: parent.width - Theme.px(16)
            visible: card.url === ""
            text: qsTr("no picture")
            color: Theme.quiet
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Loader {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: words.bottom
        active: card.sound
        sourceComponent: Meters {
            bare: true
            height: Theme.px(Theme.compact ? 110 : 150)
        }
    }
}
