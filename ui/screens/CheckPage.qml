import QtQuick
import ".."
import "../parts"

// The doctor's checklist, and a test recording.
Item {
    id: page

    property bool active: false
    readonly property var check: box.setUp.check

    onActiveChanged: if (active)
        box.showPictures([], 480)

    Rectangle {
        id: paper

        width: (parent.width - Theme.gap) * 0.62
        height: parent.height
        radius: Theme.radius
        color: Theme.surface

        Row {
            id: heading

            x: Theme.px(20)
            width: parent.width - 2 * x
            height: Theme.px(Theme.compact ? 48 : 60)
            spacing: Theme.px(12)

            Mark {
                anchors.verticalCenter: parent.verticalCenter
                shape: page.check.shape
                size: Theme.px(24)
            }

            Label {
                objectName: "check-words"
                width: parent.width - Theme.px(36)
                height: parent.height
                verticalAlignment: Text.AlignVCenter
                text: page.check.words
                color: page.check.speak ? Theme.amber : Theme.text
                font.pixelSize: Theme.large
                font.weight: Font.DemiBold
                wrapMode: Text.WordWrap
            }
        }

        Flickable {
            id: flick

            anchors.top: heading.bottom
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(12)
            x: Theme.px(20)
            width: parent.width - 2 * x
            contentHeight: list.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            // While it runs, the newest line is in sight.
            onContentHeightChanged: if (page.check.running)
                contentY = Math.max(0, contentHeight - height)

            Column {
                id: list

                width: parent.width - Theme.px(12)
                spacing: Theme.px(Theme.compact ? 8 : 12)

                Repeater {
                    model: page.check.rows.length

                    CheckResult {
                        required property int index

                        objectName: "check-" + index
                        width: list.width
                        line: page.check.rows[index] ?? ({
                                shape: "unknown",
                                title: "",
                                words: "",
                                remedy: ""
                            })
                    }
                }

                Label {
                    visible: page.check.rows.length === 0
                    width: parent.width
                    height: Theme.px(110)
                    text: qsTr("The check looks at programs, folders, disk, OBS, slides, camera and microphone, and makes a short test recording. It takes about half a minute.")
                    color: Theme.quiet
                    wrapMode: Text.WordWrap
                }
            }
        }

        Rectangle {
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(12)
            visible: flick.contentHeight > flick.height + 1
            width: Theme.px(6)
            radius: width / 2
            color: Theme.quiet
            y: flick.y + flick.visibleArea.yPosition * flick.height
            height: flick.visibleArea.heightRatio * flick.height
        }
    }

    Column {
        id: acts

        // Banners above may leave less than the buttons' full height.
        readonly property int tall: Math.max(64, Math.min(Theme.mainTouch, (page.height - verdict.height - 2 * spacing) / 2))

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

        TouchButton {
            objectName: "trial"
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

        Row {
            id: verdict

            width: parent.width
            spacing: Theme.px(10)

            Mark {
                anchors.verticalCenter: parent.verticalCenter
                shape: box.trial.shape
            }

            Label {
                objectName: "trial-words"
                width: parent.width - Theme.px(30)
                height: Theme.px(Theme.compact ? 56 : 80)
                verticalAlignment: Text.AlignVCenter
                text: box.trial.words
                color: Theme.quiet
                wrapMode: Text.WordWrap
            }
        }
    }
}
