import QtQuick
import ".."

// A list to choose from, with what is chosen beside it. `beside` is an item on the left.
Item {
    id: chooser

    property string title: ""
    property var choices: []
    property string faceShape: "busy"
    property string faceWords: ""
    property bool onAir: false
    property string onAirWords: ""
    property alias beside: place.data
    property string moreLabel: ""
    property var waiting: null
    signal picked(var choice)
    signal lookAgain
    signal more
    signal closed

    onVisibleChanged: waiting = null

    Item {
        id: place

        width: (parent.width - Theme.gap) * 0.5
        height: parent.height
    }

    Item {
        id: right

        anchors.left: place.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        height: parent.height

        Label {
            id: heading

            width: parent.width
            height: Theme.px(Theme.compact ? 26 : 34)
            verticalAlignment: Text.AlignVCenter
            text: chooser.title
            font.pixelSize: Theme.large
            font.weight: Font.DemiBold
        }

        // Keeps its place when there is nothing to say: the list below must not move under a finger.
        Row {
            id: face

            anchors.top: heading.bottom
            width: parent.width
            height: Theme.px(52)
            spacing: Theme.px(12)

            Mark {
                anchors.verticalCenter: parent.verticalCenter
                visible: chooser.faceWords !== ""
                shape: chooser.faceShape
            }

            Label {
                width: parent.width - Theme.px(32)
                height: parent.height
                verticalAlignment: Text.AlignVCenter
                text: chooser.faceWords
                color: Theme.quiet
                wrapMode: Text.WordWrap
            }
        }

        ChoiceList {
            anchors.top: face.bottom
            anchors.topMargin: Theme.px(8)
            anchors.bottom: foot.top
            anchors.bottomMargin: Theme.px(12)
            width: parent.width
            choices: chooser.choices
            waiting: chooser.waiting
            onPicked: choice => {
                if (choice.chosen && !choice.asked)
                    return;
                if (chooser.onAir)
                    chooser.waiting = choice;
                else
                    chooser.picked(choice);
            }
        }

        Item {
            id: foot

            anchors.bottom: parent.bottom
            width: parent.width
            height: chooser.waiting ? Theme.touch + warning.height + Theme.px(10) : Theme.touch

            Label {
                id: warning

                objectName: "choose-words"
                visible: chooser.waiting !== null
                width: parent.width
                height: Theme.px(56)
                verticalAlignment: Text.AlignVCenter
                text: chooser.waiting === null ? "" : qsTr("Change to “%1”?").arg(chooser.waiting.name) + " " + chooser.onAirWords
                color: Theme.amber
                wrapMode: Text.WordWrap
            }

            Row {
                anchors.bottom: parent.bottom
                width: parent.width
                spacing: Theme.px(12)

                readonly property int number: chooser.waiting === null && chooser.moreLabel !== "" ? 3 : 2
                readonly property real each: (width - (number - 1) * spacing) / number

                TouchButton {
                    objectName: "choose-now"
                    visible: chooser.waiting !== null
                    width: parent.each
                    label: qsTr("Change it now")
                    ground: Theme.amber
                    ink: Theme.onBright
                    onTouched: {
                        const choice = chooser.waiting;
                        chooser.waiting = null;
                        chooser.picked(choice);
                    }
                }

                TouchButton {
                    objectName: "choose-not"
                    visible: chooser.waiting !== null
                    width: parent.each
                    label: qsTr("Leave it")
                    onTouched: chooser.waiting = null
                }

                TouchButton {
                    objectName: "look-again"
                    visible: chooser.waiting === null
                    width: parent.each
                    label: qsTr("Look again")
                    onTouched: chooser.lookAgain()
                }

                TouchButton {
                    objectName: "choose-other"
                    visible: chooser.waiting === null && chooser.moreLabel !== ""
                    width: parent.each
                    label: chooser.moreLabel
                    onTouched: chooser.more()
                }

                TouchButton {
                    objectName: "choose-done"
                    visible: chooser.waiting === null
                    width: parent.each
                    label: qsTr("Done")
                    ground: Theme.blue
                    ink: Theme.onBright
                    onTouched: chooser.closed()
                }
            }
        }
    }
}
