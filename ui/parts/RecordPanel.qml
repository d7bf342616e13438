import QtQuick
import ".."

// Is it recording, is it proven, how long, and the one control for it.
Rectangle {
    id: panel

    readonly property var fact: box.record
    readonly property bool resumes: fact.action === "resume"
    signal nameAsked

    radius: Theme.radius
    color: Theme.surface

    Item {
        id: topLine

        x: Theme.px(20)
        y: Theme.px(Theme.compact ? 3 : 8)
        width: parent.width - 2 * x
        height: Theme.px(Theme.compact ? 30 : 26)
        visible: !panel.resumes
        Accessible.role: Accessible.Indicator
        Accessible.name: panel.fact.words

        RecordLight {
            id: disc

            objectName: "record-light"
            anchors.verticalCenter: parent.verticalCenter
        }

        Label {
            anchors.left: disc.right
            anchors.leftMargin: Theme.px(10)
            anchors.right: parent.right
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: panel.fact.words
            color: panel.fact.light === "bad" ? Theme.red : Theme.text
            font.weight: Font.DemiBold
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            Accessible.ignored: true
        }
    }

    Label {
        id: elapsed

        anchors.top: topLine.bottom
        x: Theme.px(20)
        height: action.y - y
        width: (leftWords.visible ? parent.width * 0.62 : parent.width) - 2 * x
        verticalAlignment: Text.AlignVCenter
        // Before a talk there is nothing to count, but what the talk would lack.
        visible: !lacks.visible && !askName.visible && !panel.resumes
        text: panel.fact.elapsed
        color: panel.fact.action === "start" ? Theme.quiet : Theme.text
        font.pixelSize: Theme.px(Theme.compact ? 42 : height < Theme.px(72) ? 46 : 54)
        font.weight: Font.Bold
        Accessible.name: qsTr("Recorded: %1").arg(text)
    }

    Item {
        id: lacks

        objectName: "record-missing"
        readonly property bool shown: panel.fact.action === "start" && (panel.fact.missing ?? "") !== ""
        x: Theme.px(20)
        anchors.top: topLine.bottom
        width: parent.width - 2 * x
        height: action.y - y
        visible: shown
        Accessible.role: Accessible.AlertMessage
        Accessible.name: panel.fact.missing ?? ""

        Mark {
            id: lacksMark

            anchors.verticalCenter: parent.verticalCenter
            shape: "warn"
            size: Theme.px(26)
        }

        Label {
            anchors.left: lacksMark.right
            anchors.leftMargin: Theme.px(12)
            anchors.right: parent.right
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: panel.fact.missing ?? ""
            color: Theme.amber
            font.weight: Font.DemiBold
            wrapMode: Text.WordWrap
            maximumLineCount: 3
            Accessible.ignored: true
        }
    }

    // Without holding anybody up: record is one touch all the same.
    TouchButton {
        id: askName

        objectName: "record-name"
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(20)
        y: topLine.y + topLine.height + Math.max(0, (action.y - topLine.y - topLine.height - height) / 2)
        // Where it is said what the talk lacks, that has the room for its words; the header asks for the name as well.
        width: (parent.width - Theme.px(40)) * 0.5
        height: Theme.touch
        visible: (panel.fact.ask ?? "") !== "" && !lacks.shown && !box.locked && action.y - topLine.y - topLine.height >= height
        label: panel.fact.ask ?? ""
        onTouched: panel.nameAsked()
    }

    Label {
        id: leftWords

        objectName: "record-left"
        visible: text !== "" && !lacks.visible && !panel.resumes
        anchors.right: askName.visible ? askName.left : parent.right
        anchors.rightMargin: askName.visible ? Theme.px(10) : Theme.px(20)
        anchors.left: askName.visible ? parent.left : elapsed.right
        anchors.leftMargin: askName.visible ? Theme.px(20) : 0
        anchors.verticalCenter: elapsed.verticalCenter
        text: panel.fact.left
        // A talk's time is for the room, the disk's for who looks closer.
        readonly property bool ofTalk: panel.fact.planned ?? false
        color: ofTalk ? Theme.time(panel.fact.level) : Theme.quiet
        font.pixelSize: ofTalk ? Theme.large : Theme.small
        font.weight: ofTalk ? Font.Bold : Font.Normal
        horizontalAlignment: Text.AlignRight
        wrapMode: Text.WordWrap
        maximumLineCount: 2
    }

    // Above the stop, which keeps its place also while nothing is recorded.
    DeedButton {
        objectName: "record-resume"
        x: Theme.px(20)
        y: Theme.px(10)
        width: parent.width - 2 * x
        height: action.y - y - Theme.px(6)
        visible: panel.resumes
        label: panel.fact.label
        detail: panel.fact.words
        ground: Theme.red
        ink: Theme.onBright
        quietInk: Theme.onBright
        onTouched: box.resumeRecording()
    }

    Item {
        id: action

        x: Theme.px(20)
        width: parent.width - 2 * x
        height: Theme.mainTouch
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(Theme.compact ? 6 : 18)

        Rectangle {
            id: start

            function go() {
                box.startRecording();
            }

            objectName: "record-start"
            anchors.fill: parent
            visible: panel.fact.action === "start"
            radius: Theme.radius
            color: startTap.pressed ? Qt.darker(Theme.red, 1.2) : Theme.red
            border.width: activeFocus ? 4 : 0
            border.color: Theme.blue
            activeFocusOnTab: visible
            Accessible.role: Accessible.Button
            Accessible.name: panel.fact.label
            Accessible.description: panel.fact.detail
            Accessible.focusable: true
            Accessible.onPressAction: start.go()
            Keys.onSpacePressed: start.go()
            Keys.onReturnPressed: start.go()

            Column {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.px(10)
                width: parent.width - 2 * x

                // With the talk's name in it, it takes all the room that there is.
                Label {
                    width: parent.width
                    height: Math.min(implicitHeight, start.height - Theme.px(12) - detail.height)
                    text: panel.fact.label
                    color: Theme.onBright
                    font.pixelSize: Theme.title
                    font.weight: Font.Bold
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                }

                Label {
                    id: detail

                    width: parent.width
                    visible: text !== ""
                    text: panel.fact.detail
                    color: Theme.onBright
                    font.pixelSize: Theme.small
                    font.weight: Font.DemiBold
                    horizontalAlignment: Text.AlignHCenter
                    Accessible.ignored: true
                }
            }

            Touch {
                id: startTap

                onTapped: start.go()
            }
        }

        HoldButton {
            objectName: "record-stop"
            narrow: next.visible
            width: parent.width - (next.visible ? next.width + Theme.px(8) : 0)
            height: parent.height
            visible: panel.fact.action === "stop" || panel.resumes
            label: panel.fact.stopLabel
            detail: panel.resumes ? panel.fact.elapsed : panel.fact.detail
            quietInk: Theme.redInk
            onHeld: box.stopRecording()
        }

        // Held like the stop: it ends a talk too.
        HoldButton {
            id: next

            readonly property var deed: panel.fact.next ?? ({
                    label: "",
                    detail: "",
                    enabled: false
                })

            objectName: "record-next"
            anchors.right: parent.right
            width: Math.round(parent.width * 0.44)
            height: parent.height
            visible: deed.label !== ""
            enabled: deed.enabled
            opacity: enabled ? 1 : 0.6
            label: deed.label
            detail: deed.detail
            freeDetail: true
            narrow: true
            textSize: Theme.body
            fill: Theme.blue
            color: Theme.blueGround
            quietInk: Theme.text
            onHeld: box.nextTalk()
        }

        Rectangle {
            readonly property bool refuses: panel.fact.action === "refuse"

            objectName: refuses ? "record-refuse" : "record-wait"
            anchors.fill: parent
            visible: refuses || panel.fact.action === "wait"
            radius: Theme.radius
            color: Theme.raised
            border.width: 2
            border.color: refuses ? Theme.red : Theme.line
            Accessible.role: refuses ? Accessible.AlertMessage : Accessible.Indicator
            Accessible.name: panel.fact.label
            Accessible.description: panel.fact.detail

            Label {
                anchors.top: parent.top
                anchors.bottom: why.top
                anchors.margins: Theme.px(12)
                anchors.bottomMargin: why.height > 0 ? Theme.px(2) : Theme.px(12)
                x: Theme.px(12)
                width: parent.width - 2 * x
                text: panel.fact.label
                color: parent.refuses ? Theme.red : Theme.quiet
                font.pixelSize: Theme.title
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                wrapMode: Text.WordWrap
                Accessible.ignored: true
            }

            Label {
                id: why

                anchors.bottom: parent.bottom
                anchors.bottomMargin: height > 0 ? Theme.px(10) : 0
                x: Theme.px(12)
                width: parent.width - 2 * x
                height: parent.refuses ? Math.round(parent.height * 0.36) : 0
                visible: parent.refuses
                text: panel.fact.detail
                font.pixelSize: Theme.body
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                wrapMode: Text.WordWrap
                Accessible.ignored: true
            }
        }
    }
}
