import QtQuick
import ".."

// The record control where something else is on screen: small, always there, and it says what will be missing.
Item {
    id: key

    readonly property var fact: box.record

    height: Theme.touch + Theme.px(Theme.compact ? 0 : 12)

    DeedButton {
        objectName: "guide-record"
        anchors.fill: parent
        visible: key.fact.action === "start"
        label: qsTr("Record now")
        detail: key.fact.missing
        ground: Theme.red
        ink: Theme.onBright
        quietInk: Theme.onBright
        onTouched: box.startRecording()
    }

    HoldButton {
        objectName: "guide-stop"
        anchors.fill: parent
        visible: key.fact.action === "stop" || key.fact.action === "resume"
        label: qsTr("Hold to stop · %1").arg(key.fact.elapsed)
        detail: key.fact.words
        quietInk: Theme.redInk
        textSize: Theme.body
        onHeld: box.stopRecording()
    }

    Rectangle {
        anchors.fill: parent
        visible: key.fact.action === "wait" || key.fact.action === "refuse"
        radius: Theme.radius
        color: Theme.raised
        Accessible.role: Accessible.Indicator
        Accessible.name: key.fact.label

        Label {
            anchors.fill: parent
            anchors.margins: Theme.px(10)
            text: key.fact.label
            color: key.fact.action === "refuse" ? Theme.red : Theme.quiet
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }
    }
}
