import QtQuick
import ".."

// Everything that wants attention, above the tiles and never over them: that the screen is stale, the
// alarm that loses most, the others small, then hints.
Column {
    id: area

    readonly property var fresh: box.alarms.filter(one => !one.seen)
    readonly property var worst: fresh.length > 0 ? fresh[0] : null
    readonly property var others: box.alarms.filter(one => worst === null || one.key !== worst.key)
    readonly property var hint: box.hints.length > 0 ? box.hints[0] : null

    Banner {
        width: parent.width
        visible: box.stage.face === "gone" || box.stage.face === "stale"
        shape: "warn"
        ground: Theme.amberGround
        edge: Theme.amber
        title: box.stage.title
        words: box.stage.text
    }

    Banner {
        objectName: "alarm"
        width: parent.width
        visible: area.worst !== null
        shape: (area.worst?.level ?? "") === "critical" ? "bad" : "warn"
        ground: shape === "bad" ? Theme.redGround : Theme.amberGround
        edge: shape === "bad" ? Theme.red : Theme.amber
        title: area.worst?.title ?? ""
        words: area.worst?.text ?? ""
        action: area.worst?.button.label ?? ""
        hold: area.worst?.button.hold ?? false
        second: qsTr("Seen")
        onActed: box.press(area.worst.button.kind, area.worst.button.target)
        onSeconded: box.acknowledge(area.worst.key)
    }

    Flow {
        id: small

        x: Theme.margin
        width: parent.width - 2 * x
        visible: area.others.length > 0
        topPadding: Theme.px(6)
        spacing: Theme.px(8)

        Repeater {
            model: area.others.slice(0, 4)

            Rectangle {
                id: chip

                required property var modelData

                width: Math.min(small.width / 2 - Theme.px(8), words.implicitWidth + Theme.px(48))
                height: Theme.px(34)
                radius: Theme.px(10)
                color: modelData.level === "critical" ? Theme.redQuiet : Theme.amberGround
                Accessible.role: Accessible.AlertMessage
                Accessible.name: modelData.title

                Mark {
                    x: Theme.px(10)
                    anchors.verticalCenter: parent.verticalCenter
                    shape: chip.modelData.level === "critical" ? "bad" : "warn"
                    size: Theme.px(16)
                }

                Label {
                    id: words

                    x: Theme.px(34)
                    width: parent.width - x - Theme.px(10)
                    anchors.verticalCenter: parent.verticalCenter
                    text: chip.modelData.title
                    font.pixelSize: Theme.small
                    Accessible.ignored: true
                }
            }
        }

        Label {
            visible: area.others.length > 4
            height: Theme.px(34)
            verticalAlignment: Text.AlignVCenter
            text: qsTr("and %1 more").arg(area.others.length - 4)
            color: Theme.quiet
            font.pixelSize: Theme.small
        }
    }

    Banner {
        objectName: "hint"
        width: parent.width
        visible: area.hint !== null && area.worst === null
        shape: "unknown"
        ground: Theme.blueGround
        edge: Theme.blue
        words: area.hint?.text ?? ""
        action: area.hint?.button.label ?? ""
        onActed: box.press(area.hint.button.kind, area.hint.button.target)
    }

    Banner {
        objectName: "notice"
        width: parent.width
        visible: box.notice !== ""
        shape: "unknown"
        ground: Theme.raised
        edge: Theme.line
        words: box.notice
    }
}
