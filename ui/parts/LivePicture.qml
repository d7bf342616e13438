import QtQuick
import ".."

// A live picture as large as its place allows, in its own shape: nothing is cut off, and no bars are left.
// Where there is none, words stand in its place.
Item {
    id: live

    property string picture: ""
    property string words: qsTr("no picture")
    property string shape: "unknown"
    property bool empty: false
    property bool atTop: false
    readonly property string url: empty ? "" : box.pictureUrls[picture] ?? ""
    // What was last known: between two pictures nothing jumps.
    property real ratio: 16 / 9
    readonly property real shownBottom: frame.y + frame.height

    Rectangle {
        id: frame

        anchors.horizontalCenter: parent.horizontalCenter
        y: live.atTop ? 0 : Math.round((parent.height - height) / 2)
        width: Math.min(parent.width, Math.round(parent.height * live.ratio))
        height: Math.min(parent.height, Math.round(width / live.ratio))
        color: Theme.ground

        Image {
            anchors.fill: parent
            visible: live.url !== ""
            source: live.url
            cache: false
            onStatusChanged: if (status === Image.Ready && implicitHeight > 1)
                live.ratio = Math.max(0.5, Math.min(3, implicitWidth / implicitHeight))
            Accessible.ignored: true
        }

        Column {
            anchors.centerIn: parent
            width: parent.width - Theme.px(24)
            visible: live.url === ""
            spacing: Theme.px(8)

            Mark {
                anchors.horizontalCenter: parent.horizontalCenter
                shape: live.shape
                size: Theme.px(frame.height > Theme.px(160) ? 36 : 24)
            }

            Label {
                width: parent.width
                text: live.words
                color: Theme.quiet
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
                maximumLineCount: 3
            }
        }
    }
}
