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

    Row {
        x: Theme.margin
        y: Theme.gap
        width: parent.width - 2 * x
        height: parent.height - 2 * y
        spacing: Theme.gap

        SourceCard {
            objectName: "source-slides"
            width: (parent.width - 2 * parent.spacing) / 3
            height: parent.height
            title: qsTr("Slides")
            fact: screen.fact("slides")
            picture: "source/slides"
        }

        SourceCard {
            objectName: "source-camera"
            width: (parent.width - 2 * parent.spacing) / 3
            height: parent.height
            title: qsTr("Camera")
            fact: screen.fact("camera")
            picture: "source/camera"
        }

        Column {
            width: (parent.width - 2 * parent.spacing) / 3
            spacing: Theme.gap

            Meters {
                width: parent.width
                height: Theme.px(Theme.compact ? 84 : 146)
            }

            Rectangle {
                width: parent.width
                height: screen.height - 3 * Theme.gap - Theme.px(Theme.compact ? 84 : 146)
                radius: Theme.radius
                color: Theme.surface

                Column {
                    x: Theme.px(20)
                    y: Theme.px(16)
                    width: parent.width - 2 * x
                    spacing: Theme.px(10)

                    Label {
                        width: parent.width
                        text: qsTr("Before the first talk")
                        font.weight: Font.DemiBold
                    }

                    Repeater {
                        model: box.rail.length

                        CheckLine {
                            required property int index

                            width: parent.width
                            fact: box.rail[index] ?? ({})
                        }
                    }
                }
            }
        }
    }
}
