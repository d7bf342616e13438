import QtQuick
import ".."
import "../parts"

// A test recording, and a checklist.
Item {
    id: page

    property bool active: false
    readonly property real half: (width - Theme.gap) / 2

    Rectangle {
        width: page.half
        height: parent.height
        radius: Theme.radius
        color: Theme.surface

        Flickable {
            anchors.fill: parent
            anchors.margins: Theme.px(16)
            contentHeight: list.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            Column {
                id: list

                width: parent.width
                spacing: Theme.px(Theme.compact ? 4 : 10)

                Label {
                    width: parent.width
                    text: qsTr("Before the first talk")
                    font.weight: Font.DemiBold
                }

                Repeater {
                    model: box.rail.length

                    CheckLine {
                        required property int index

                        width: list.width
                        fact: box.rail[index] ?? ({})
                    }
                }
            }
        }
    }

    Rectangle {
        anchors.right: parent.right
        width: page.half
        height: parent.height
        radius: Theme.radius
        color: Theme.surface

        TouchButton {
            id: trial

            objectName: "trial"
            x: Theme.px(20)
            y: x
            width: parent.width - 2 * x
            height: Theme.mainTouch
            enabled: box.trial.ready
            label: qsTr("Test recording")
            ground: Theme.line
            onTouched: box.testRecording()

            Rectangle {
                anchors.left: parent.left
                anchors.bottom: parent.bottom
                width: parent.width * box.trial.share
                height: Theme.px(6)
                radius: height / 2
                color: Theme.blue
            }
        }

        Mark {
            id: verdictMark

            anchors.left: trial.left
            anchors.verticalCenter: verdict.verticalCenter
            shape: box.trial.shape
            size: Theme.px(18)
        }

        Label {
            id: verdict

            anchors.left: verdictMark.right
            anchors.leftMargin: Theme.px(8)
            anchors.right: trial.right
            anchors.top: trial.bottom
            anchors.topMargin: Theme.px(8)
            height: Theme.px(Theme.compact ? 36 : 40)
            verticalAlignment: Text.AlignVCenter
            text: box.trial.words
            color: Theme.quiet
            font.pixelSize: Theme.small
            wrapMode: Text.WordWrap
        }
    }
}
