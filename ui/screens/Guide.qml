import QtQuick
import ".."
import "../parts"

// A first start, step by step: what is there, live; what to touch; and what follows from leaving it out.
// The buttons keep their places in every step.
Item {
    id: guide

    objectName: "guide"

    readonly property var fact: box.guide
    readonly property string step: fact.step
    readonly property bool forRole: ["slides", "camera", "mic"].includes(step)
    readonly property bool typing: names.visible || path.visible
    readonly property var source: box.setUp.sources.find(one => one.key === step) ?? ({
            name: "",
            choices: []
        })
    // A choice that viewers would see or hear waits for a second touch.
    property var waiting: null
    readonly property string wantedPicture: visible ? fact.picture : ""

    onStepChanged: waiting = null
    onVisibleChanged: {
        waiting = null;
        if (!visible)
            home();
        look();
    }
    onWantedPictureChanged: look()
    Component.onCompleted: look()

    // Back to the step that is on show.
    function home() {
        names.visible = false;
        path.visible = false;
    }

    function look() {
        if (visible)
            box.showPictures(wantedPicture === "" ? [] : [wantedPicture], 640);
    }

    function pick(choice: var) {
        if (choice.chosen && !choice.asked)
            return;
        if (step === "folder")
            box.setFolder(choice.target);
        else if (box.setUp.on_air && source.choices.some(one => one.chosen && one.kind !== "none"))
            waiting = choice;
        else if (choice.kind === "none")
            box.guideSkip();
        else
            box.chooseDevice(step, choice.kind, choice.target, box.setUp.on_air);
    }

    StepRow {
        id: steps

        x: Theme.margin
        y: Theme.px(Theme.compact ? 8 : 12)
        width: parent.width - 2 * x
        steps: guide.fact.steps
    }

    Item {
        id: body

        x: Theme.margin
        anchors.top: steps.bottom
        anchors.topMargin: Theme.px(Theme.compact ? 8 : 12)
        anchors.bottom: foot.top
        anchors.bottomMargin: Theme.px(Theme.compact ? 8 : 12)
        width: parent.width - 2 * x

        Rectangle {
            id: stage

            width: guide.step === "check" ? parent.width : Math.min(parent.width * 0.6, (parent.height - 2 * Theme.px(10)) * 16 / 9 + 2 * Theme.px(10))
            height: parent.height
            radius: Theme.radius
            color: Theme.surface

            LivePicture {
                anchors.fill: parent
                anchors.margins: Theme.px(10)
                visible: guide.fact.picture !== "" || guide.step === "slides" || guide.step === "camera"
                picture: guide.fact.picture
                empty: guide.fact.picture === ""
                shape: guide.fact.shape
                words: guide.fact.picture === "" ? guide.fact.words : qsTr("picture is coming")
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width
                visible: guide.step === "mic"
                spacing: Theme.px(10)

                Meters {
                    width: parent.width
                    height: Theme.px(Theme.compact ? 190 : 250)
                    bare: true
                    barHeight: Theme.px(Theme.compact ? 40 : 56)
                }
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                x: Theme.px(24)
                width: parent.width - 2 * x
                visible: guide.step === "folder"
                spacing: Theme.px(14)

                Label {
                    width: parent.width
                    text: qsTr("Now in use")
                    color: Theme.quiet
                }

                Label {
                    objectName: "guide-folder"
                    width: parent.width
                    height: Theme.px(Theme.compact ? 64 : 84)
                    free: true
                    text: box.setUp.folder
                    font.pixelSize: Theme.large
                    font.weight: Font.DemiBold
                    maximumLineCount: 2
                    wrapMode: Text.Wrap
                }

                Repeater {
                    model: box.setUp.folder_words.split(" · ")

                    Label {
                        required property string modelData
                        required property int index

                        width: stage.width - 2 * Theme.px(24)
                        text: modelData
                        color: index === 0 ? Theme.text : Theme.quiet
                        font.pixelSize: index === 0 ? Theme.px(Theme.compact ? 40 : 52) : Theme.title
                        font.weight: index === 0 ? Font.Bold : Font.Normal
                    }
                }
            }

            Loader {
                anchors.fill: parent
                active: guide.step === "check"
                sourceComponent: CheckPaper {}
            }
        }

        Item {
            id: side

            anchors.left: stage.right
            anchors.leftMargin: Theme.gap
            anchors.right: parent.right
            height: parent.height
            visible: guide.step !== "check"

            Label {
                id: question

                objectName: "guide-question"
                width: parent.width
                height: Theme.px(Theme.compact ? 30 : 40)
                verticalAlignment: Text.AlignVCenter
                text: guide.fact.question
                font.pixelSize: Theme.px(24)
                font.weight: Font.Bold
            }

            // Keeps its place when there is little to say: the list below must not move under a finger.
            Row {
                id: told

                anchors.top: question.bottom
                width: parent.width
                height: Theme.px(Theme.compact ? 52 : 60)
                spacing: Theme.px(12)

                Mark {
                    anchors.verticalCenter: parent.verticalCenter
                    shape: guide.waiting !== null ? "warn" : guide.fact.shape
                }

                Label {
                    objectName: "guide-words"
                    width: parent.width - Theme.px(32)
                    height: parent.height
                    verticalAlignment: Text.AlignVCenter
                    text: guide.waiting === null ? guide.fact.words : guide.step === "mic" ? qsTr("This is on air: the sound of the recording will change.") : qsTr("This is on air: viewers will see the picture change.")
                    color: guide.waiting !== null ? Theme.amber : Theme.quiet
                    wrapMode: Text.WordWrap
                }
            }

            ChoiceList {
                anchors.top: told.bottom
                anchors.topMargin: Theme.px(6)
                anchors.bottom: more.top
                anchors.bottomMargin: Theme.px(8)
                width: parent.width
                visible: guide.forRole || guide.step === "folder"
                enabled: box.setUp.ready && !(guide.step === "folder" && box.setUp.folder_locked)
                waiting: guide.waiting
                choices: guide.step === "folder" ? box.setUp.places : guide.forRole ? guide.source.choices : []
                onPicked: choice => guide.pick(choice)
            }

            Column {
                anchors.top: told.bottom
                anchors.topMargin: Theme.px(12)
                width: parent.width
                visible: guide.step === "room"
                spacing: Theme.px(6)

                Label {
                    objectName: "guide-room"
                    width: parent.width
                    free: true
                    text: box.setUp.room
                    font.pixelSize: Theme.title
                    font.weight: Font.Bold
                }

                Label {
                    width: parent.width
                    free: true
                    text: box.setUp.title
                    color: Theme.quiet
                    font.pixelSize: Theme.large
                }
            }

            Row {
                id: more

                anchors.bottom: parent.bottom
                width: parent.width
                spacing: Theme.px(12)

                TouchButton {
                    objectName: "guide-look"
                    visible: guide.forRole
                    width: parent.width
                    enabled: box.setUp.ready
                    label: qsTr("Look again")
                    onTouched: box.lookForDevices()
                }

                TouchButton {
                    objectName: "guide-names"
                    visible: guide.step === "room"
                    width: parent.width
                    enabled: box.setUp.ready
                    label: qsTr("Change the names")
                    ground: Theme.line
                    onTouched: names.open(box.setUp.title, box.setUp.room)
                }

                TouchButton {
                    objectName: "guide-type-folder"
                    visible: guide.step === "folder"
                    width: parent.width
                    enabled: box.setUp.ready && !box.setUp.folder_locked
                    label: qsTr("Type a folder")
                    onTouched: path.open(box.setUp.folder, "")
                }
            }
        }
    }

    Row {
        id: foot

        readonly property real room: width - 3 * spacing

        x: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(Theme.compact ? 8 : 14)
        width: parent.width - 2 * x
        spacing: Theme.px(12)

        RecordKey {
            width: foot.room * 0.26
        }

        TouchButton {
            objectName: "guide-later"
            width: foot.room * 0.12
            height: next.height
            label: qsTr("Later")
            Accessible.description: qsTr("You can open the guide again in Set-up.")
            onTouched: box.showScreen("live")
        }

        // Empty or not, it keeps its place.
        Item {
            width: foot.room * 0.28
            height: next.height

            DeedButton {
                objectName: "guide-skip"
                anchors.fill: parent
                visible: guide.waiting !== null || guide.fact.skip.label !== ""
                label: guide.waiting !== null ? qsTr("Leave it") : guide.fact.skip.label
                detail: guide.waiting !== null ? "" : guide.fact.skip.detail
                named: guide.step === "room"
                ground: Theme.line
                onTouched: {
                    if (guide.waiting !== null)
                        guide.waiting = null;
                    else
                        box.guideSkip();
                }
            }

            DeedButton {
                objectName: "guide-check-again"
                anchors.fill: parent
                visible: guide.step === "check" && guide.fact.face === "done"
                enabled: box.setUp.check.ready
                label: qsTr("Check again")
                ground: Theme.line
                onTouched: box.runCheck()
            }
        }

        DeedButton {
            id: next

            objectName: "guide-next"
            width: foot.room * 0.34
            enabled: guide.waiting !== null || guide.fact.next.enabled
            label: guide.waiting !== null ? qsTr("Change it now") : guide.fact.next.label
            detail: guide.waiting !== null ? guide.waiting.name : guide.fact.next.detail
            named: guide.forRole || guide.step === "room"
            ground: guide.waiting !== null ? Theme.amber : Theme.blue
            ink: Theme.onBright
            quietInk: Theme.onBright
            onTouched: {
                if (guide.waiting === null) {
                    box.guideNext();
                    return;
                }
                const choice = guide.waiting;
                guide.waiting = null;
                box.chooseDevice(guide.step, choice.kind, choice.target, true);
            }
        }
    }

    TextSheet {
        id: names

        objectName: "guide-names-sheet"
        anchors.fill: parent
        z: 1
        firstLabel: qsTr("Name of the event")
        secondLabel: qsTr("Name of this room")
        firstMost: 120
        secondMost: 60
        onFinished: (event, room) => {
            if (event.trim() !== "" && room.trim() !== "" && (event !== box.setUp.title || room !== box.setUp.room))
                box.setEvent(event, room);
        }
    }

    TextSheet {
        id: path

        objectName: "guide-folder-sheet"
        anchors.fill: parent
        z: 1
        firstLabel: qsTr("Folder: its whole path, such as /media/talks")
        firstMost: 500
        onFinished: folder => {
            if (folder.trim() !== "" && folder !== box.setUp.folder)
                box.setFolder(folder);
        }
    }
}
