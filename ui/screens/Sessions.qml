import QtQuick
import ".."
import "../parts"

// The talks, newest first: length, verdict, what to do now.
Item {
    id: screen

    objectName: "sessions-screen"

    // Today's talks by the schedule instead of what was recorded.
    property bool planned: false
    readonly property bool plan: planned && box.planned.used
    // One of them is open: it has all of the room.
    readonly property bool opened: plan && ((talks.item as PlannedTalks)?.talk ?? null) !== null
    readonly property bool typing: message.visible || visible && plan && ((talks.item as PlannedTalks)?.typing ?? false)
    readonly property bool listed: visible && box.report.id === ""
    readonly property string pictureNames: box.sessions.rows.map(one => one.picture).join("\n")

    function showPictures() {
        if (listed)
            box.showPictures(box.sessions.rows.map(one => one.picture).filter(one => one !== ""), 320);
    }

    onListedChanged: showPictures()
    onPictureNamesChanged: showPictures()

    Report {
        anchors.fill: parent
        visible: box.report.id !== ""
    }

    Label {
        id: title

        visible: box.report.id === "" && !screen.opened

        x: Theme.margin
        y: box.planned.used ? Theme.px(Theme.compact ? 4 : 10) : Theme.px(14)
        height: box.planned.used ? Theme.touch : Theme.px(38)
        verticalAlignment: Text.AlignVCenter
        width: Math.min(implicitWidth, parent.width * 0.5)
        free: true
        text: qsTr("Talks in %1").arg(box.sessions.title)
        font.pixelSize: Theme.title
        font.weight: Font.Bold
    }

    Label {
        visible: title.visible
        anchors.left: title.right
        anchors.leftMargin: Theme.px(18)
        anchors.right: ways.visible ? ways.left : parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: title.verticalCenter
        height: title.height
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.WordWrap
        text: screen.plan ? box.planned.summary : box.sessions.summary
        color: Theme.quiet
    }

    Row {
        id: ways

        visible: title.visible && box.planned.used
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: title.verticalCenter
        spacing: Theme.px(8)

        Repeater {
            model: [
                {
                    name: "recorded",
                    label: qsTr("Recordings"),
                    plan: false
                },
                {
                    name: "planned",
                    label: qsTr("Schedule"),
                    plan: true
                }
            ]

            TouchButton {
                required property var modelData

                objectName: "list-" + modelData.name
                width: Theme.px(140)
                label: modelData.label
                chosen: screen.plan === modelData.plan
                ground: chosen ? Theme.line : Theme.raised
                ink: chosen ? Theme.text : Theme.quiet
                textSize: Theme.px(17)
                Accessible.role: Accessible.PageTab
                onTouched: {
                    screen.planned = modelData.plan;
                    (talks.item as PlannedTalks)?.home();
                }
            }
        }

        TouchButton {
            objectName: "message"
            width: Theme.px(170)
            label: box.speaker.message === "" ? qsTr("Tell the speaker") : qsTr("Told the speaker")
            ground: box.speaker.message === "" ? Theme.raised : Theme.blueGround
            textSize: Theme.px(17)
            Accessible.description: box.speaker.message
            onTouched: message.open(box.speaker.message, "")
        }
    }

    Loader {
        id: talks

        visible: box.report.id === "" && screen.plan
        active: false
        anchors.top: screen.opened ? parent.top : title.bottom
        anchors.topMargin: screen.opened ? Theme.gap : Theme.px(8)
        anchors.bottom: parent.bottom
        width: parent.width
        onVisibleChanged: if (visible)
            active = true
        sourceComponent: PlannedTalks {}
    }

    Column {
        visible: title.visible && !screen.plan && box.sessions.rows.length === 0
        anchors.centerIn: parent
        width: parent.width * 0.7
        spacing: Theme.px(8)

        Mark {
            anchors.horizontalCenter: parent.horizontalCenter
            shape: box.sessions.known ? "unknown" : "busy"
            size: Theme.px(44)
        }

        Label {
            width: parent.width
            text: box.sessions.known ? qsTr("Nothing was recorded yet") : qsTr("The talks are being read")
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
        }

        Label {
            width: parent.width
            visible: box.sessions.known
            text: qsTr("Each talk that you record appears here with its verdict.")
            color: Theme.quiet
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
        }
    }

    Flickable {
        visible: title.visible && !screen.plan
        anchors.top: title.bottom
        anchors.topMargin: Theme.px(8)
        anchors.bottom: parent.bottom
        width: parent.width
        contentHeight: list.height + Theme.gap
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: list

            x: Theme.margin
            width: parent.width - 2 * x
            spacing: Theme.px(12)

            Repeater {
                model: box.sessions.rows.length

                SessionCard {
                    required property int index

                    objectName: "session-" + index
                    width: list.width
                    fact: box.sessions.rows[index] ?? ({})
                    onOpened: id => box.openReport(id)
                }
            }
        }
    }

    TextSheet {
        id: message

        objectName: "message-sheet"
        anchors.fill: parent
        firstLabel: qsTr("The speaker sees this. Leave it empty to clear it.")
        firstMost: 120
        onFinished: first => box.showMessage(first)
    }
}
