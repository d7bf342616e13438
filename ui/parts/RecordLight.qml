import QtQuick
import ".."

// Shape as well as colour: a full disc is proven, a hollow one not yet, a triangle is trouble, a ring is not known or off.
Item {
    id: light

    readonly property string fact: box.record.light
    readonly property string shape: fact === "proven" ? "disc" : "hollow disc"
    readonly property bool records: ["proven", "unproven"].includes(fact)

    width: Theme.px(20)
    height: width

    Rectangle {
        visible: light.records
        anchors.fill: parent
        radius: width / 2
        color: light.fact === "proven" ? Theme.red : "transparent"
        border.width: Math.round(width / 4)
        border.color: light.fact === "proven" ? Theme.red : Theme.amber
    }

    Mark {
        visible: !light.records
        anchors.centerIn: parent
        shape: ({
                bad: "bad",
                busy: "busy",
                off: "off"
            })[light.fact] ?? "unknown"
        size: light.width
    }
}
