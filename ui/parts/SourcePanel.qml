import QtQuick
import ".."

// A source role: its live picture or level as large as there is room, what is chosen, what that means.
// `inner` is what a user puts at the right of the words.
Rectangle {
    id: panel

    property string title: ""
    property string device: ""
    property string meaning: ""
    property var fact: ({})
    property string picture: ""
    property bool sound: false
    property bool chosen: true
    // A low strip has the level beside the words, everything else has it above them.
    property bool strip: false
    property string deviceName: "device"
    default property alias inner: place.data
    readonly property int edge: Theme.px(Theme.compact ? 10 : 14)

    radius: Theme.radius
    color: Theme.surface
    Accessible.role: Accessible.Grouping
    Accessible.name: title + ": " + (fact.words ?? "")

    LivePicture {
        id: picture

        x: panel.edge
        y: panel.edge
        width: parent.width - 2 * x
        height: Math.max(0, parent.height - told.height - y - panel.edge)
        visible: !panel.sound
        atTop: panel.meaning !== ""
        picture: panel.picture
        empty: !panel.chosen
        shape: panel.chosen ? "unknown" : "off"
        words: panel.chosen ? qsTr("no picture") : qsTr("Nothing is chosen")
    }

    Meters {
        visible: panel.sound
        x: panel.strip ? told.width + 2 * panel.edge : 0
        y: panel.strip ? 0 : panel.edge
        width: panel.strip ? parent.width - x - place.width - panel.edge : parent.width
        height: panel.strip ? parent.height : Math.max(0, told.y - y)
        bare: true
        barHeight: panel.strip ? Theme.px(Theme.compact ? 18 : 26) : Math.max(Theme.px(16), Math.min(Theme.px(64), (height - Theme.px(80)) / 2))
    }

    Item {
        id: told

        x: panel.edge
        y: panel.strip ? 0 : !panel.sound && picture.atTop ? picture.y + picture.shownBottom + panel.edge : parent.height - height
        width: panel.strip ? panel.width * 0.3 : panel.width - x - place.width - 2 * panel.edge
        height: panel.strip ? panel.height : Theme.px(panel.meaning === "" ? (Theme.compact ? 84 : 92) : (Theme.compact ? 138 : 152))

        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            spacing: Theme.px(2)

            Item {
                width: parent.width
                height: Theme.px(30)

                Mark {
                    id: mark

                    anchors.verticalCenter: parent.verticalCenter
                    shape: panel.fact.shape ?? "unknown"
                }

                Label {
                    anchors.left: mark.right
                    anchors.leftMargin: Theme.px(10)
                    anchors.right: parent.right
                    height: parent.height
                    verticalAlignment: Text.AlignVCenter
                    text: panel.title
                    font.pixelSize: Theme.large
                    font.weight: Font.DemiBold
                }
            }

            Label {
                objectName: panel.deviceName
                width: parent.width
                free: true
                text: panel.device
                font.weight: Font.DemiBold
            }

            Label {
                width: parent.width
                text: panel.fact.words ?? ""
                color: Theme.quiet
                font.pixelSize: Theme.small
            }

            Label {
                width: parent.width
                height: Theme.px(54)
                visible: panel.meaning !== ""
                topPadding: Theme.px(6)
                text: panel.meaning
                color: Theme.quiet
                wrapMode: Text.WordWrap
            }
        }
    }

    Item {
        id: place

        anchors.right: parent.right
        anchors.rightMargin: panel.edge
        y: told.y
        width: childrenRect.width
        height: told.height
    }
}
