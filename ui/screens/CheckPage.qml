import QtQuick
import ".."
import "../parts"

// The doctor's checklist, and a test recording.
Item {
    id: page

    property bool active: false
    property string wish: ""
    readonly property var check: box.setUp.check

    onActiveChanged: if (active)
        box.showPictures([], 480)

    CheckPaper {
        id: paper

        width: (parent.width - Theme.gap) * 0.66
        height: parent.height
    }

    Column {
        id: acts

        // Banners above may leave less than the buttons' full height.
        readonly property int tall: Math.max(64, Math.min(Theme.mainTouch, (page.height - Theme.px(Theme.compact ? 80 : 110) - spacing) / 2))

        anchors.left: paper.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        spacing: Theme.gap

        TouchButton {
            objectName: "run-check"
            width: parent.width
            height: acts.tall
            enabled: page.check.ready
            label: qsTr("Run the check")
            textSize: Theme.large
            ground: Theme.blue
            ink: Theme.onBright
            onTouched: box.runCheck()
        }

        Rectangle {
            width: parent.width
            height: page.height - acts.tall - acts.spacing
            radius: Theme.radius
            color: Theme.surface

            Column {
                x: Theme.px(18)
                anchors.top: parent.top
                anchors.bottom: trial.top
                anchors.topMargin: Theme.px(Theme.compact ? 6 : 16)
                width: parent.width - 2 * x
                spacing: Theme.px(8)

                Label {
                    width: parent.width
                    visible: parent.height > Theme.px(150)
                    text: qsTr("A talk of ten seconds")
                    font.pixelSize: Theme.large
                    font.weight: Font.DemiBold
                }

                Row {
                    width: parent.width
                    spacing: Theme.px(10)

                    Mark {
                        anchors.verticalCenter: parent.verticalCenter
                        shape: box.trial.shape
                        size: Theme.px(24)
                    }

                    Label {
                        objectName: "trial-words"
                        width: parent.width - Theme.px(34)
                        height: Theme.px(Theme.compact ? 60 : 84)
                        verticalAlignment: Text.AlignVCenter
                        text: box.trial.words
                        color: Theme.quiet
                        wrapMode: Text.WordWrap
                    }
                }
            }

            TouchButton {
                id: trial

                objectName: "trial"
                anchors.bottom: parent.bottom
                width: parent.width
                height: acts.tall
                enabled: box.trial.ready && !page.check.running
                label: qsTr("Test recording")
                textSize: Theme.large
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
        }
    }
}
