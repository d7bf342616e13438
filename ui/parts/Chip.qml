import QtQuick
import ".."

// A verdict: a shape and a word on its own ground.
Rectangle {
    id: chip

    property string shape: "unknown"
    property string words: ""

    width: Theme.px(150)
    height: Theme.px(50)
    radius: Theme.px(10)
    color: Theme.shapeGround(shape)

    Mark {
        id: mark

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
