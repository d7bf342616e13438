import QtQuick
import ".."
import "../parts"

// Today's talks by the schedule; one that is touched can be called otherwise, and tells what its speaker allows.
Item {
    id: page

    objectName: "planned-talks"

    // The talk that is open, by its key; empty for the list.
    property string open: ""
    readonly property var talk: box.planned.rows.find(one => one.key === open) ?? null
    readonly property bool typing: names.visible
    // One of the recordings of no talk is being chosen for the talk that is open.
    property bool giving: false

    function home() {
        open = "";
        giving = false;
        names.visible = false;
    }

    Label {
        anchors.centerIn: parent
        width: parent.width * 0.7
        visible: box.planned.words !== ""
        text: box.planned.words
        font.pixelSize: Theme.title
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
    }

    Flickable {
        anchors.fill: parent
        visible: page.talk === null
        contentHeight: list.height + Theme.gap
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: list

            x: Theme.margin
            width: parent.width - 2 * x
            spacing: Theme.px(8)

            Repeater {
                model: box.planned.rows.length

                PlannedCard {
                    required property int index

                    objectName: "planned-" + index
                    width: list.width
                    fact: box.planned.rows[index] ?? ({})
                    onOpened: key => page.open = key
                }
            }
        }
    }

    Rectangle {
        x: Theme.margin
        width: parent.width - 2 * x
        height: parent.height - Theme.gap
        visible: page.talk !== null
        radius: Theme.radius
        color: Theme.surface

        Label {
            id: title

            objectName: "planned-title"
            x: Theme.px(20)
            y: Theme.px(8)
            width: parent.width - 2 * x
            free: true
            text: page.talk?.title ?? ""
            font.pixelSize: Theme.large
            font.weight: Font.Bold
        }

        Label {
            id: when

            anchors.top: title.bottom
            x: Theme.px(20)
            width: parent.width - 2 * x
            free: true
            text: page.talk?.subtitle ?? ""
            color: Theme.quiet
            font.pixelSize: Theme.small
        }

        Column {
            id: questions

            readonly property int each: Math.max(64, Math.min(Theme.px(80), (acts.y - when.y - when.height - Theme.px(20)) / 3 - spacing))

            anchors.top: when.bottom
            anchors.topMargin: Theme.px(8)
            x: Theme.px(20)
            width: parent.width - 2 * x
            spacing: Theme.px(6)

            Repeater {
                model: page.talk?.questions ?? []

                Row {
                    id: question

                    required property var modelData

                    width: questions.width
                    spacing: Theme.px(10)

                    Label {
                        width: parent.width * 0.34
                        height: questions.each
                        verticalAlignment: Text.AlignVCenter
                        text: question.modelData.name
                        font.weight: Font.DemiBold
                        wrapMode: Text.WordWrap
                    }

                    Repeater {
                        model: question.modelData.answers

                        TouchButton {
                            required property var modelData

                            objectName: question.modelData.key + "-" + modelData.value
                            width: (question.width * 0.66 - 3 * question.spacing) / 3
                            height: questions.each
                            label: modelData.label
                            chosen: modelData.chosen
                            ground: modelData.asked ? Theme.blueGround : !modelData.chosen ? Theme.raised : modelData.value === "yes" ? Theme.greenGround : modelData.value === "no" ? Theme.redGround : Theme.line
                            Accessible.role: Accessible.RadioButton
                            Accessible.checked: modelData.chosen
                            about: page.open
                            onTouched: box.answerFor(under, question.modelData.key, modelData.value)
                        }
                    }
                }
            }
        }

        Rectangle {
            anchors.top: when.bottom
            anchors.topMargin: Theme.px(8)
            anchors.bottom: parent.bottom
            width: parent.width
            objectName: "give-sheet"
            visible: page.giving
            z: 1
            radius: Theme.radius
            color: Theme.surface
            Accessible.role: Accessible.Dialog
            Accessible.name: which.text

            // What lies under it must not be touched through it.
            Touch {}

            Label {
                id: which

                x: Theme.px(20)
                width: parent.width - 2 * x
                height: Theme.px(30)
                text: qsTr("Which recording is this talk?")
            }

            ChoiceList {
                anchors.top: which.bottom
                anchors.bottom: notGiven.top
                anchors.bottomMargin: Theme.px(8)
                x: Theme.px(20)
                width: parent.width - 2 * x
                choices: box.planned.recordings
                onPicked: choice => {
                    box.giveTalk(choice.target, page.open);
                    page.giving = false;
                }
            }

            TouchButton {
                id: notGiven

                objectName: "give-cancel"
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.px(Theme.compact ? 6 : 14)
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(20)
                width: acts.each
                label: qsTr("Cancel")
                onTouched: page.giving = false
            }
        }

        Row {
            id: acts

            readonly property real each: (width - 3 * spacing) / 4

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(Theme.compact ? 6 : 14)
            x: Theme.px(20)
            width: parent.width - 2 * x
            spacing: Theme.px(10)

            TouchButton {
                objectName: "planned-names"
                width: acts.each
                label: qsTr("Title and speaker")
                ground: Theme.line
                onTouched: names.open(page.talk.title, page.talk.speaker)
            }

            TouchButton {
                objectName: "planned-back"
                width: acts.each
                label: qsTr("As the schedule says")
                ground: Theme.line
                about: page.open
                onTouched: box.takeBack(under)
            }

            TouchButton {
                readonly property bool recorded: (page.talk?.session ?? "") !== ""

                objectName: recorded ? "planned-report" : "planned-give"
                width: acts.each
                enabled: recorded || box.planned.recordings.length > 0
                label: recorded ? qsTr("Its report") : qsTr("Choose its recording")
                ground: Theme.line
                onTouched: {
                    if (recorded)
                        box.openReport(page.talk.session);
                    else
                        page.giving = true;
                }
            }

            TouchButton {
                objectName: "planned-done"
                width: acts.each
                label: qsTr("Done")
                ground: Theme.blue
                ink: Theme.onBright
                onTouched: page.open = ""
            }
        }
    }

    TextSheet {
        id: names

        // Whose names are typed, also when the list changes meanwhile.
        property string key: ""

        objectName: "planned-sheet"
        anchors.fill: parent
        anchors.topMargin: -Theme.gap
        firstLabel: qsTr("Title of the talk")
        secondLabel: qsTr("Speaker")
        onVisibleChanged: if (visible)
            key = page.open
        onFinished: (first, second) => box.editTalk(key, first, second)
    }
}
