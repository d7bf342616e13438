import QtQuick
import ".."

// A talk as a bar, what was found in it as marks: the graver, the higher.
Rectangle {
    id: line

    property string shape: "unknown"
    property real share: 1
    property var marks: []

    height: Theme.px(18)
    radius: Theme.px(4)
    color: Theme.raised
    clip: true

    Rectangle {
        width: parent.width * line.share
        height: parent.height
        radius: parent.radius
        color: ({
                busy: Theme.barBusy,
                bad: Theme.barBad,
                unknown: Theme.line
            })[line.shape] ?? Theme.barGood
    }

    Repeater {
        model: line.marks

        Rectangle {
            required property var modelData

            x: Math.min(line.width - width, line.width * modelData.start)
            width: Math.max(Theme.px(4), line.width * (modelData.end - modelData.start))
            height: line.height * (modelData.level === "critical" ? 1 : modelData.level === "warning" ? 0.7 : 0.4)
            y: line.height - height
            color: modelData.level === "critical" ? Theme.red : modelData.level === "warning" ? Theme.amber : Theme.quiet
        }
    }
}
