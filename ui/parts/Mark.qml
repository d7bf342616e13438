import QtQuick
import ".."

// A state as a shape: tick, diamond, triangle, ring.
Image {
    property string shape: "unknown"
    property int size: Theme.px(20)

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: Qt.resolvedUrl("../images/" + shape + ".svg")
    Accessible.ignored: true
}
