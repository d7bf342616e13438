import QtQuick
import ".."

// Everything that wants attention, above the tiles and never over them: that the screen is stale, the
// alarm that loses most, the others small, then hints. Where there is no room for more than one banner (a low
// screen), or for none (a low screen on which somebody types), they become small too.
Column {
    id: area

    property bool typing: false
    // The guide is about what is not chosen: it need not be said above it.
    property bool guiding: false
    readonly property var alarms: guiding ? box.alarms.filter(one => !one.key.startsWith("source_unset/")) : box.alarms
    readonly property bool stale: box.stage.face === "gone" || box.stage.face === "stale"
    readonly property int banners: (stale ? 1 : 0) + (worst !== null || hint !== null ? 1 : 0) + (box.notice !== "" ? 1 : 0)
    readonly property bool small: typing && (Theme.compact || banners > 1)
    readonly property bool saysSmall: small || (Theme.compact && worst !== null)
    readonly property var chips: said("stale", stale ? box.stage.title : "").concat(small ? alarms : others, said("said", box.notice))
    readonly property int most: !saysSmall ? 4 : width > Theme.px(1100) ? 3 : 2
    readonly property var fresh: alarms.filter(one => !one.seen)
    readonly property var worst: fresh.length > 0 ? fresh[0] : null
    readonly property var others: alarms.filter(one => worst === null || one.key !== worst.key)
    readonly property var hint: box.hints.find(one => !(guiding && one.key === "unset")) ?? null

    function said(level: string, title: string): var {
        return saysSmall && title !== "" ? [
            {
                level: level,
                title: title
            }
        ] : [];
    }

    Banner {
        width: parent.width
        visible: area.stale && !area.saysSmall
        shape: "warn"
        ground: Theme.amberGround
        edge: Theme.amber
        title: box.stage.title
        words: box.stage.text
    }

    Banner {
        objectName: "alarm"
        width: parent.width
        visible: area.worst !== null && !area.small
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
        id: row

        x: Theme.margin
        width: parent.width - 2 * x
        visible: area.chips.length > 0
        topPadding: Theme.px(6)
        spacing: Theme.px(8)

        Repeater {
            model: area.chips.slice(0, area.most)

            Rectangle {
                id: chip

                required property var modelData

                width: Math.min((row.width - (area.saysSmall ? Theme.px(110) : 0)) / (area.saysSmall ? area.most : 2) - Theme.px(8), words.implicitWidth + Theme.px(48))
                height: Theme.px(area.saysSmall ? 50 : 34)
                radius: Theme.px(10)
                color: modelData.level === "critical" ? Theme.redQuiet : modelData.level === "said" ? Theme.raised : Theme.amberGround
                Accessible.role: Accessible.AlertMessage
                Accessible.name: modelData.title

                Mark {
                    x: Theme.px(10)
                    anchors.verticalCenter: parent.verticalCenter
                    shape: ({
                            critical: "bad",
                            said: "info"
                        })[chip.modelData.level] ?? "warn"
                    size: Theme.px(16)
                }

                Label {
                    id: words

                    x: Theme.px(34)
                    width: parent.width - x - Theme.px(10)
                    anchors.verticalCenter: parent.verticalCenter
                    text: chip.modelData.title
                    font.pixelSize: Theme.small
                    wrapMode: area.saysSmall ? Text.WordWrap : Text.NoWrap
                    maximumLineCount: area.saysSmall ? 2 : 1
                    Accessible.ignored: true
                }
            }
        }

        Label {
            visible: area.chips.length > area.most
            height: Theme.px(area.saysSmall ? 50 : 34)
            verticalAlignment: Text.AlignVCenter
            text: qsTr("and %1 more").arg(area.chips.length - area.most)
            color: Theme.quiet
            font.pixelSize: Theme.small
        }
    }

    Banner {
        objectName: "hint"
        width: parent.width
        visible: area.hint !== null && area.worst === null && !area.small
        shape: "info"
        ground: Theme.blueGround
        edge: Theme.blue
        words: area.hint?.text ?? ""
        action: area.hint?.button.label ?? ""
        onActed: box.press(area.hint.button.kind, area.hint.button.target)
    }

    Banner {
        objectName: "notice"
        width: parent.width
        visible: box.notice !== "" && !area.saysSmall
        shape: "info"
        ground: Theme.raised
        edge: Theme.line
        words: box.notice
    }
}
