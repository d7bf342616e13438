import QtQuick
import ".."
import "../parts"

// What is connected, with its live picture and level.
Item {
    id: page

    property bool active: false
    readonly property real third: (width - 2 * Theme.gap) / 3

    function fact(key: string): var {
        return box.rail.find(one => one.key === key) ?? ({});
    }

    onActiveChanged: if (active)
        box.showPictures(["source/slides", "source/camera"], 480)

    Row {
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
                width: page.third
                height: page.height
                title: modelData.title
                fact: page.fact(modelData.key)
                picture: "source/" + modelData.key
            }
        }

        Meters {
            width: page.third
            height: Theme.px(Theme.compact ? 100 : 146)
        }
    }
}
