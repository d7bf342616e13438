import QtQuick
import ".."
import "../parts"

// The room at a glance: scenes, record control, stream, sound.
Item {
    id: live

    signal nameAsked

    readonly property int columns: box.tiles.length > 6 ? 4 : 3
    readonly property int lines: Math.max(2, Math.ceil(box.tiles.length / columns))
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

        // All keep their places in every state; where there is no room for the stream's panel, the rail says its state.
        readonly property real room: live.height - 2 * Theme.gap
        readonly property real recordLeast: Theme.mainTouch + Theme.px(Theme.compact ? 94 : 116)
        readonly property real meterHeight: Theme.px(Theme.compact ? 80 : 126)
        readonly property bool streamFits: recordLeast + meterHeight + stream.height + 2 * spacing <= room

        RecordPanel {
            objectName: "record"
            onNameAsked: live.nameAsked()
            width: parent.width
            height: side.room - side.meterHeight - side.spacing - (side.streamFits ? stream.height + side.spacing : 0)
        }

        Item {
            width: parent.width
            height: stream.height
            visible: side.streamFits

            StreamPanel {
                id: stream

                objectName: "stream"
                visible: box.stream.known
                width: parent.width
            }
        }

        Meters {
            objectName: "meters"
            width: parent.width
            height: side.meterHeight
        }
    }
}
