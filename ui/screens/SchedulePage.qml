import QtQuick
import ".."
import "../parts"

// The event's schedule: which one is used and how old it is, and on the right what could be used instead.
Item {
    id: page

    objectName: "schedule-page"

    property bool active: false
    property string wish: ""
    // What the right half is for: "" the ways, "room" or "files" to choose from, "list" a list that is typed.
    property string mode: ""
    readonly property var fact: box.schedule
    readonly property bool typing: address.visible || line.visible
    // What of the page is open, in the words with which somebody is sent there.
    readonly property string opened: mode === "room" && !typing ? "room" : ""

    function follow() {
        if (active && wish === "room")
            mode = "room";
    }

    function home() {
        mode = "";
        address.visible = false;
        line.visible = false;
    }

    onWishChanged: follow()
    onActiveChanged: {
        if (active)
            box.showPictures([], 480);
        else
            home();
        follow();
    }

    Rectangle {
        id: card

        width: (parent.width - Theme.gap) * 0.5
        height: parent.height
        radius: Theme.radius
        color: Theme.surface

        Column {
            x: Theme.px(20)
            y: Theme.px(Theme.compact ? 10 : 20)
            width: parent.width - 2 * x
            spacing: Theme.px(Theme.compact ? 6 : 10)

            Row {
                width: parent.width
                spacing: Theme.px(12)

                Mark {
                    id: mark

                    anchors.verticalCenter: parent.verticalCenter
                    shape: page.fact.shape
                    size: Theme.px(26)
                }

                Label {
                    objectName: "schedule-title"
                    width: parent.width - mark.width - parent.spacing
                    free: true
                    text: page.fact.title === "" ? page.fact.source : page.fact.title
                    font.pixelSize: Theme.title
                    font.weight: Font.DemiBold
                }
            }

            Label {
                width: parent.width
                visible: page.fact.used
                free: true
                text: page.fact.source
                color: Theme.quiet
                elide: Text.ElideMiddle
            }

            Label {
                objectName: "schedule-words"
                width: parent.width
                height: Theme.px(Theme.compact ? 92 : 130)
                text: page.fact.words
                color: page.fact.shape === "warn" || page.fact.shape === "bad" ? Theme.amber : Theme.quiet
                wrapMode: Text.WordWrap
            }
        }

        Column {
            x: Theme.px(20)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(Theme.compact ? 10 : 16)
            width: parent.width - 2 * x
            spacing: Theme.px(Theme.compact ? 6 : 10)

            Label {
                width: parent.width
                visible: page.fact.used
                text: qsTr("This room in the schedule")
                color: Theme.quiet
                font.pixelSize: Theme.small
            }

            Label {
                objectName: "schedule-room"
                width: parent.width
                visible: page.fact.used
                free: true
                text: page.fact.room === "" ? "–" : page.fact.room
                font.pixelSize: Theme.large
                font.weight: Font.DemiBold
            }

            ChoiceRow {
                objectName: "schedule-auto"
                width: parent.width
                enabled: page.fact.ready && page.fact.used
                choice: ({
                        kind: "auto",
                        target: "",
                        name: qsTr("Recording starts by itself"),
                        note: page.fact.auto_start ? qsTr("on") : qsTr("off"),
                        chosen: page.fact.auto_start,
                        asked: false
                    })
                onTouched: box.startByItself(!page.fact.auto_start)
            }
        }
    }

    Column {
        id: ways

        anchors.left: card.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        visible: page.mode === ""
        spacing: Theme.px(Theme.compact ? 8 : 12)

        Repeater {
            model: [
                {
                    name: "room",
                    label: qsTr("Choose the room"),
                    on: page.fact.used
                },
                {
                    name: "address",
                    label: qsTr("Type an address"),
                    on: true
                },
                {
                    name: "files",
                    label: qsTr("From a USB stick"),
                    on: true
                },
                {
                    name: "list",
                    label: qsTr("Type a list of talks"),
                    on: true
                },
                {
                    name: "again",
                    label: qsTr("Look again"),
                    on: page.fact.used && !page.fact.asked
                }
            ]

            TouchButton {
                required property var modelData

                objectName: "schedule-" + modelData.name
                width: ways.width
                height: Math.max(64, Math.min(Theme.px(84), (page.height - 4 * ways.spacing) / 5))
                enabled: page.fact.ready && modelData.on
                label: modelData.label
                ground: Theme.line
                onTouched: {
                    if (modelData.name === "again") {
                        box.askSchedule();
                    } else if (modelData.name === "address") {
                        address.open("", "");
                    } else {
                        page.mode = modelData.name;
                        if (modelData.name === "files")
                            box.lookForDevices();
                    }
                }
            }
        }
    }

    Chooser {
        anchors.fill: parent
        visible: page.mode === "room" || page.mode === "files"
        enabled: page.fact.ready
        title: page.mode === "room" ? qsTr("Which room is this?") : qsTr("Which file is the schedule?")
        choices: page.mode === "room" ? page.fact.rooms : page.fact.files
        faceShape: page.fact.asked ? "busy" : "unknown"
        faceWords: page.fact.asked ? qsTr("asked…") : page.mode === "files" && page.fact.files.length < 2 ? qsTr("No schedule file (.xml, .json, .ics or .csv) was found on a plugged-in disk.") : ""
        onPicked: choice => page.mode === "room" ? box.chooseRoom(choice.target) : box.useSchedule(choice.target)
        onLookAgain: page.mode === "room" ? box.askSchedule() : box.lookForDevices()
        onClosed: page.mode = ""
    }

    Item {
        id: list

        anchors.left: card.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        height: parent.height
        visible: page.mode === "list"

        Label {
            id: heading

            width: parent.width
            height: Theme.px(Theme.compact ? 44 : 56)
            verticalAlignment: Text.AlignVCenter
            text: qsTr("One line for each talk: time, title, speaker. All are today's.")
            color: Theme.quiet
            wrapMode: Text.WordWrap
        }

        Flickable {
            anchors.top: heading.bottom
            anchors.bottom: acts.top
            anchors.bottomMargin: Theme.px(8)
            width: parent.width
            contentHeight: typed.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            Column {
                id: typed

                width: parent.width
                spacing: Theme.px(6)

                Repeater {
                    model: page.fact.typed

                    Rectangle {
                        id: row

                        required property var modelData
                        required property int index

                        width: typed.width
                        height: Theme.touch
                        radius: Theme.radius
                        color: Theme.surface
                        Accessible.role: Accessible.ListItem
                        Accessible.name: modelData.words
                        Accessible.description: modelData.why

                        Column {
                            x: Theme.px(14)
                            anchors.verticalCenter: parent.verticalCenter
                            width: parent.width - x - drop.width

                            Label {
                                width: parent.width
                                free: true
                                text: row.modelData.words
                                Accessible.ignored: true
                            }

                            Label {
                                width: parent.width
                                visible: text !== ""
                                text: row.modelData.why
                                color: Theme.amber
                                font.pixelSize: Theme.small
                                Accessible.ignored: true
                            }
                        }

                        TouchButton {
                            id: drop

                            objectName: "typed-drop-" + row.index
                            anchors.right: parent.right
                            width: Theme.touch
                            height: Theme.touch
                            label: "✕"
                            ground: "transparent"
                            ink: Theme.quiet
                            Accessible.name: qsTr("Clear: %1").arg(row.modelData.words)
                            onTouched: box.dropTalk(row.index)
                        }
                    }
                }
            }
        }

        Row {
            id: acts

            anchors.bottom: parent.bottom
            width: parent.width
            spacing: Theme.px(12)

            readonly property real each: (width - 2 * spacing) / 3

            TouchButton {
                objectName: "typed-add"
                width: acts.each
                label: qsTr("Add a talk")
                ground: Theme.line
                onTouched: line.open("", "")
            }

            TouchButton {
                objectName: "typed-use"
                width: acts.each
                enabled: page.fact.ready && page.fact.typed_ready
                label: qsTr("Use this list")
                ground: Theme.blue
                ink: Theme.onBright
                onTouched: {
                    box.useTyped();
                    page.mode = "";
                }
            }

            TouchButton {
                objectName: "typed-done"
                width: acts.each
                label: qsTr("Done")
                onTouched: page.mode = ""
            }
        }
    }

    TextSheet {
        id: address

        objectName: "address-sheet"
        anchors.fill: parent
        plain: true
        firstLabel: qsTr("The schedule's address, such as https://…")
        firstMost: 2000
        onFinished: first => box.useSchedule(first)
    }

    TextSheet {
        id: line

        objectName: "line-sheet"
        anchors.fill: parent
        firstLabel: qsTr("Time and title, such as 10:00 Opening")
        firstMost: 220
        secondLabel: qsTr("Speaker")
        onFinished: (first, second) => box.typeTalk(first, second)
    }
}
