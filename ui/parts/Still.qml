import QtQuick
import ".."

// A small picture out of a talk, or words in its place.
Rectangle {
    id: still

    property string url: ""
    property string words: ""

    radius: Theme.px(6)
    color: Theme.ground
    clip: true

    Image {
        anchors.fill: parent
        visible: still.url !== ""
        source: still.url
        fillMode: Image.PreserveAspectFit
        cache: false
        Accessible.ignored: true
    }

    Label {
        anchors.fill: parent
        anchors.margins: Theme.px(6)
        visible: still.url === ""
        text: still.words
        color: Theme.quiet
        font.pixelSize: Theme.small
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.WordWrap
        Accessible.ignored: true
    }
}
