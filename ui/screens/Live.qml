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

        // The record control keeps its size; in a squeeze the meters give some, then the stream's panel goes:
        // the rail says its state too.
        readonly property real room: live.height - 2 * Theme.gap
        readonly property real recordLeast: Theme.mainTouch + Theme.px(Theme.compact ? 94 : 116)
        readonly property real meterHeight: Theme.px(Theme.compact ? (live.height < Theme.px(560) ? 84 : 106) : live.height < Theme.px(560) ? 126 : 146)
        readonly property real streamHeight: stream.visible ? stream.height + spacing : 0

        RecordPanel {
            objectName: "record"
            width: parent.width
            height: side.room - side.meterHeight - side.spacing - side.streamHeight
        }

        StreamPanel {
            id: stream

            objectName: "stream"
            visible: box.stream.known && side.recordLeast + side.meterHeight + height + 2 * side.spacing <= side.room
            width: parent.width
        }

        Meters {
            objectName: "meters"
            width: parent.width
            height: side.meterHeight
        }
    }
}
