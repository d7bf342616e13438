import QtQuick
import ".."

// A verdict: a shape and a word on its own ground.
Rectangle {
    id: chip

    property string shape: "unknown"
    property string words: ""
    // Red and a disc are the recording's own.
    property bool running: false

    width: Theme.px(190)
    height: Theme.px(50)
    radius: Theme.px(10)
    color: running ? Theme.redQuiet : Theme.shapeGround(shape)

    Rectangle {
        anchors.centerIn: mark
        visible: chip.running
        width: mark.width
        height: width
        radius: width / 2
        color: Theme.red
    }

    Mark {
        id: mark

        visible: !chip.running

        x: Theme.px(14)
        anchors.verticalCenter: parent.verticalCenter
        shape: chip.shape
        size: Theme.px(18)
    }

    Label {
        anchors.left: mark.right
        anchors.leftMargin: Theme.px(8)
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(8)
        height: parent.height
        verticalAlignment: Text.AlignVCenter
        text: chip.words
        font.weight: Font.Bold
        wrapMode: Text.WordWrap
        Accessible.ignored: true
    }
}
