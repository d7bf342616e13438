import QtQuick
import ".."
import "../parts"

// What is connected, with its live picture and level; the names; a checklist.
Item {
    id: screen

    function fact(key: string): var {
        return box.rail.find(one => one.key === key) ?? ({});
    }

    onVisibleChanged: if (visible)
        box.showPictures(["source/slides", "source/camera"], 480)
    Component.onCompleted: if (visible)
        box.showPictures(["source/slides", "source/camera"], 480)

    readonly property real sideWidth: (width - 2 * Theme.margin - 2 * Theme.gap) / 3
    readonly property real lowerHeight: Theme.touch + Theme.px(Theme.compact ? 72 : 84)

    Row {
        id: sources

        x: Theme.margin
        y: Theme.gap
        spacing: Theme.gap

        Repeater {
            model: [
                {
                    key: "slides",
                    title: qsTr("Slides")
                },
                {
                    key: "camera",
                    title: qsTr("Camera")
                }
            ]

            SourceCard {
                required property var modelData

                objectName: "source-" + modelData.key
                width: screen.sideWidth
                height: screen.height - 3 * Theme.gap - screen.lowerHeight
                title: modelData.title
                fact: screen.fact(modelData.key)
                picture: "source/" + modelData.key
            }
        }
    }

    Rectangle {
        id: room

        x: Theme.margin
        anchors.top: sources.bottom
        anchors.topMargin: Theme.gap
        width: 2 * screen.sideWidth + Theme.gap
        height: screen.lowerHeight
        radius: Theme.radius
        color: Theme.surface

        Column {
            x: Theme.px(20)
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width * 0.46 - x
            spacing: Theme.px(8)

            Label {
                width: parent.width
                free: true
                text: box.header.room + " · " + box.header.event
                font.weight: Font.DemiBold
            }

            CheckLine {
                width: parent.width
                fact: screen.fact("disk")
            }

            CheckLine {
                visible: !Theme.compact
                width: parent.width
                fact: screen.fact("obs")
            }
        }

        TouchButton {
            id: trial

            objectName: "trial"
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(20)
            y: (parent.height - height - verdict.height - Theme.px(8)) / 2
            width: parent.width * 0.46
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

    Column {
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: Theme.gap
        width: screen.sideWidth
        spacing: Theme.gap

        Meters {
            id: meters

            width: parent.width
            height: Theme.px(Theme.compact ? 84 : 146)
        }

        Rectangle {
            width: parent.width
            height: screen.height - 3 * Theme.gap - meters.height
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
    }
}
