import QtQuick
import ".."
import "../parts"

// The room at a glance: scenes, record control, stream, sound.
Item {
    id: live

    readonly property int columns: box.tiles.length > 6 ? 4 : 3
    readonly property int lines: Math.max(1, Math.ceil(box.tiles.length / columns))
    readonly property real sideWidth: Theme.px(348)
    readonly property real tileWidth: (width - sideWidth - 2 * Theme.margin - columns * Theme.gap) / columns
    readonly property real tileHeight: (height - (lines + 1) * Theme.gap) / lines

    function showPictures() {
        if (visible)
            box.showPictures(box.tiles.map(one => one.picture), Math.min(640, Math.round(tileWidth)));
    }

    readonly property string pictureNames: box.tiles.map(one => one.picture).join("\n")

    onVisibleChanged: showPictures()
    onPictureNamesChanged: showPictures()
    onTileWidthChanged: showPictures()
    Component.onCompleted: showPictures()

    Grid {
        x: Theme.margin
        y: Theme.gap
        columns: live.columns
        spacing: Theme.gap

        Repeater {
            model: box.tiles.length

            Tile {
                required property int index

                objectName: "tile-" + (fact.scene ?? "")
                fact: box.tiles[index] ?? ({})
                width: live.tileWidth
                height: live.tileHeight
            }
        }
    }

    Column {
        id: side

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: Theme.gap
        width: live.sideWidth
        spacing: Theme.px(Theme.compact ? 8 : 16)

        readonly property real room: live.height - 2 * Theme.gap - spacing * (stream.visible ? 2 : 1)
        readonly property real meterHeight: Theme.px(Theme.compact ? 84 : 146)
        readonly property real streamHeight: stream.visible ? Theme.px(Theme.compact ? 44 : 64) : 0

        RecordPanel {
            objectName: "record"
            width: parent.width
            height: side.room - side.meterHeight - side.streamHeight
        }

        Rectangle {
            id: stream

            visible: box.stream.known && live.height > Theme.px(Theme.compact ? 480 : 540)
            width: parent.width
            height: side.streamHeight
            radius: Theme.radius
            color: Theme.surface
            Accessible.role: Accessible.Indicator
            Accessible.name: qsTr("Stream: %1").arg(box.stream.words)

            Mark {
                id: streamMark

                x: Theme.px(20)
                anchors.verticalCenter: parent.verticalCenter
                shape: box.stream.on ? "fine" : "off"
            }

            Label {
                anchors.left: streamMark.right
                anchors.leftMargin: Theme.px(10)
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width * 0.45
                text: qsTr("Stream")
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }

            Label {
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(20)
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width * 0.35
                horizontalAlignment: Text.AlignRight
                text: box.stream.words
                color: Theme.quiet
                Accessible.ignored: true
            }
        }

        Meters {
            objectName: "meters"
            width: parent.width
            height: side.meterHeight
        }
    }
}
