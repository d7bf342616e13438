import QtQuick
import ".."

// The doctor's checklist, line by line, with the touch that mends what is not good.
Rectangle {
    id: paper

    readonly property var check: box.setUp.check

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
            shape: paper.check.shape
            size: Theme.px(24)
        }

        Label {
            objectName: "check-words"
            width: parent.width - Theme.px(36)
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: paper.check.words
            color: paper.check.speak ? Theme.amber : Theme.text
            font.pixelSize: Theme.large
            font.weight: Font.DemiBold
            wrapMode: Text.WordWrap
        }
    }

    // Whoever speaks sees whether it is heard.
    Meters {
        id: hearing

        visible: paper.check.speak
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.px(Theme.compact ? 104 : 126)
        bare: true
    }

    Flickable {
        id: flick

        anchors.top: heading.bottom
        anchors.bottom: hearing.visible ? hearing.top : parent.bottom
        anchors.bottomMargin: Theme.px(12)
        x: Theme.px(20)
        width: parent.width - 2 * x
        contentHeight: list.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        // While it runs, the newest line is in sight.
        onContentHeightChanged: if (paper.check.running)
            contentY = Math.max(0, contentHeight - height)

        Column {
            id: list

            width: parent.width - Theme.px(12)
            spacing: Theme.px(Theme.compact ? 8 : 12)

            Repeater {
                model: paper.check.rows.length

                CheckResult {
                    required property int index

                    objectName: "check-" + index
                    width: list.width
                    line: paper.check.rows[index] ?? ({
                            shape: "unknown",
                            title: "",
                            words: "",
                            remedy: "",
                            button: {
                                kind: "",
                                target: "",
                                label: ""
                            }
                        })
                }
            }

            Label {
                visible: paper.check.rows.length === 0
                width: parent.width
                height: Theme.px(130)
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
