import QtQuick
import ".."

// What wants attention, in room of its own that is there also when nothing does: no control moves when something
// comes or goes, and its own controls keep their places too. The alarm that loses most has the room; the others are
// named under it, and a touch opens them all. Where the record control is out of sight, whether it records is said here.
Rectangle {
    id: area

    // The guide is about what is not chosen: it need not be said above it.
    property bool guiding: false
    property bool recordHidden: false
    // Where the screen is. A button that leads there would do nothing.
    property string at: ""
    readonly property var alarms: guiding ? box.alarms.filter(one => !one.key.startsWith("source_unset/")) : box.alarms
    readonly property bool stale: box.stage.face === "gone" || box.stage.face === "stale"
    readonly property var worst: alarms.find(one => !one.seen) ?? null
    readonly property var hint: box.hints.find(one => !(guiding && one.key === "unset")) ?? null
    readonly property var others: stale ? alarms : alarms.filter(one => worst === null || one.key !== worst.key)
    readonly property string face: stale ? "stale" : worst !== null ? "alarm" : hint !== null ? "hint" : others.length > 0 ? "seen" : box.notice !== "" ? "notice" : "calm"
    // A talk can do without these. Without slides, a camera or a microphone there may be no alarm, but all is not well.
    readonly property var mayBeOff: ["stream", "button_box"]
    readonly property bool well: face === "calm" && box.hints.length + box.alarms.length === 0 && box.rail.length > 0 && box.rail.every(one => one.shape === "fine" || (one.shape === "off" && mayBeOff.includes(one.key)))
    readonly property var button: face === "alarm" ? worst.button : face === "hint" ? hint.button : ({
            kind: "",
            target: "",
            label: "",
            hold: false,
            asked: false
        })
    readonly property bool critical: face === "alarm" && worst.level === "critical"
    signal opened
    // A button goes to another screen.
    signal led(var button)

    height: Theme.strip
    color: critical ? Theme.redGround : face === "alarm" || face === "stale" ? Theme.amberGround : face === "hint" ? Theme.blueGround : face === "calm" ? Theme.ground : Theme.surface

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        color: area.critical ? Theme.red : area.face === "alarm" || area.face === "stale" ? Theme.amber : area.face === "hint" ? Theme.blue : Theme.line
    }

    RecordBadge {
        id: badge

        objectName: "record-badge"
        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        // Where nobody can tell, and nothing was being recorded, there is nothing to show.
        visible: area.recordHidden && box.record.light !== "off" && !(box.record.light === "unknown" && box.record.elapsed === "0:00:00")
    }

    Item {
        id: said

        objectName: area.face
        anchors.left: badge.visible ? badge.right : parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: more.visible ? more.left : action.visible || hold.visible ? action.left : seen.visible ? seen.left : parent.right
        anchors.rightMargin: Theme.px(16)
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        Accessible.role: area.face === "calm" ? Accessible.StaticText : Accessible.AlertMessage
        Accessible.name: title.text !== "" ? title.text : words.text !== "" ? words.text : also.text
        Accessible.description: title.text === "" ? "" : words.text

        Mark {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            visible: area.face !== "calm" || area.well
            shape: ({
                    stale: "warn",
                    alarm: area.critical ? "bad" : "warn",
                    seen: "warn",
                    calm: "fine"
                })[area.face] ?? "info"
            size: Theme.px(area.face === "alarm" || area.face === "stale" ? 38 : 26)
        }

        Column {
            id: texts

            readonly property real room: area.height - 2 * Theme.px(5)

            anchors.left: mark.visible ? mark.right : parent.left
            anchors.leftMargin: mark.visible ? Theme.px(16) : 0
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter

            Label {
                id: title

                width: parent.width
                height: Theme.px(27)
                visible: text !== ""
                verticalAlignment: Text.AlignVCenter
                text: area.stale ? box.stage.title : area.face === "alarm" ? area.worst.title : ""
                font.pixelSize: Theme.large
                font.weight: Font.Bold
                Accessible.ignored: true
            }

            Label {
                id: words

                objectName: box.notice !== "" ? "notice" : "said"
                width: parent.width
                height: Math.min(implicitHeight, texts.room - (title.visible ? title.height : 0) - (also.visible ? also.height : 0))
                visible: text !== ""
                // What a touch came to is said over what to do, for as long as it is new.
                text: box.notice !== "" ? box.notice : area.stale ? box.stage.text : area.face === "alarm" ? area.worst.text : area.face === "hint" ? area.hint.text : area.well ? qsTr("All is well") : area.face === "calm" ? qsTr("No alarm") : ""
                color: area.face === "calm" ? Theme.quiet : Theme.text
                font.pixelSize: Theme.px(Theme.compact ? 16 : 17)
                verticalAlignment: Text.AlignVCenter
                wrapMode: Text.WordWrap
                maximumLineCount: title.visible && also.visible ? 2 : 3
                Accessible.ignored: true
            }

            Label {
                id: also

                objectName: "alarms-also"
                width: parent.width
                height: title.visible || words.visible ? Theme.px(22) : Theme.px(44)
                visible: area.others.length > 0
                free: true
                verticalAlignment: Text.AlignVCenter
                text: area.others.map(one => one.title).join("  ·  ")
                color: Theme.amber
                font.pixelSize: Theme.small
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
        }
    }

    // Each has its place, there or not: seen on the right, what helps beside it, then the others.
    TouchButton {
        id: more

        objectName: "alarms-more"
        anchors.right: action.left
        anchors.rightMargin: Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(Theme.touch, Theme.px(96))
        height: Theme.touch
        visible: area.others.length > 0 && !box.locked
        label: area.face === "seen" || area.stale ? qsTr("Open") : qsTr("and %1 more").arg(area.others.length)
        textSize: Theme.px(16)
        onTouched: area.opened()
    }

    TouchButton {
        id: action

        objectName: "banner-action"
        anchors.right: seen.left
        anchors.rightMargin: Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(230)
        height: Theme.touch
        visible: area.button.label !== "" && !area.button.hold && !box.locked
        enabled: !area.button.asked && !(area.button.kind === "screen" && area.button.target === area.at)
        label: area.button.label
        ground: Theme.text
        ink: Theme.onBright
        about: area.button
        onTouched: {
            if (under.kind === "screen")
                area.led(under);
            else
                box.press(under.kind, under.target);
        }
    }

    HoldButton {
        id: hold

        objectName: "banner-hold"
        anchors.fill: action
        visible: area.button.label !== "" && area.button.hold && !box.locked
        enabled: !area.button.asked
        label: area.button.label
        textSize: Theme.body
        about: area.button
        onHeld: box.press(under.kind, under.target)
    }

    TouchButton {
        id: seen

        objectName: "banner-seen"
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(Theme.touch, Theme.px(112))
        height: Theme.touch
        visible: area.face === "alarm" && !box.locked
        label: qsTr("Seen")
        ground: "transparent"
        border.width: 2
        border.color: activeFocus ? Theme.blue : Theme.quiet
        about: area.worst?.key ?? ""
        onTouched: box.acknowledge(under)
    }
}
