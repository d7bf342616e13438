import QtQuick
import ".."

// Each part of the appliance: a shape, a name, words.
Rectangle {
    id: rail

    height: Theme.px(Theme.compact ? 84 : 92)
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.line
    }

    Row {
        anchors.fill: parent

        Repeater {
            model: box.rail.length

            Item {
                id: part

                required property int index
                readonly property var fact: box.rail[index] ?? ({})

                width: rail.width / Math.max(1, box.rail.length)
                height: rail.height
                Accessible.role: Accessible.Indicator
                Accessible.name: (fact.name ?? "") + ": " + (fact.words ?? "")

                Rectangle {
                    visible: part.index > 0
                    width: 1
                    height: parent.height
                    color: Theme.line
                }

                Mark {
                    id: shape

                    x: Theme.px(14)
                    anchors.verticalCenter: name.verticalCenter
                    shape: part.fact.shape ?? "unknown"
                }

                Label {
                    id: name

                    anchors.left: shape.right
                    anchors.leftMargin: Theme.px(8)
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.px(6)
                    y: Theme.px(Theme.compact ? 6 : 17)
                    height: Theme.px(Theme.compact ? 32 : 26)
                    verticalAlignment: Text.AlignVCenter
                    text: part.fact.name ?? ""
                    font.pixelSize: Theme.px(16)
                    font.weight: Font.DemiBold
                    wrapMode: Text.WordWrap
                    maximumLineCount: 2
                    Accessible.ignored: true
                }

                Label {
                    x: Theme.px(14)
                    anchors.top: name.bottom
                    anchors.topMargin: Theme.px(2)
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(4)
                    width: parent.width - x - Theme.px(6)
                    text: part.fact.words ?? ""
                    color: Theme.quiet
                    font.pixelSize: Theme.small
                    wrapMode: Text.WordWrap
                    maximumLineCount: 2
                    Accessible.ignored: true
                }
            }
        }
    }
}
