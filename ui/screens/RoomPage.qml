import QtQuick
import ".."
import "../parts"

// The names of event and room, and the folder of the recordings with its free space.
Item {
    id: page

    property bool active: false
    property bool choosing: false
    readonly property bool typing: names.visible || path.visible
    readonly property real half: (width - Theme.gap) / 2

    onActiveChanged: {
        if (active) {
            box.showPictures([], 480);
            box.lookForDevices();
        } else {
            choosing = false;
            names.visible = false;
            path.visible = false;
        }
    }

    Row {
        anchors.fill: parent
        visible: !page.choosing
        spacing: Theme.gap

        Repeater {
            model: ["names", "folder"]

            Rectangle {
                id: card

                required property string modelData
                readonly property bool forNames: modelData === "names"

                width: page.half
                height: parent.height
                radius: Theme.radius
                color: Theme.surface

                Column {
                    x: Theme.px(20)
                    y: Theme.px(16)
                    width: parent.width - 2 * x
                    spacing: Theme.px(Theme.compact ? 8 : 14)

                    Label {
                        width: parent.width
                        text: card.forNames ? qsTr("Event and room") : qsTr("Where recordings go")
                        color: Theme.quiet
                    }

                    Label {
                        objectName: "set-" + card.modelData
                        width: parent.width
                        height: Theme.px(Theme.compact ? 60 : 76)
                        verticalAlignment: Text.AlignVCenter
                        free: true
                        text: card.forNames ? box.setUp.room : box.setUp.folder
                        font.pixelSize: card.forNames ? Theme.title : Theme.large
                        font.weight: Font.DemiBold
                        maximumLineCount: 2
                        wrapMode: Text.Wrap
                    }

                    Label {
                        width: parent.width
                        height: Theme.px(30)
                        free: true
                        text: !card.forNames ? box.setUp.folder_words : box.setUp.names_asked ? qsTr("asked…") : box.setUp.title
                    }

                    Label {
                        width: parent.width
                        height: Theme.px(Theme.compact ? 54 : 64)
                        text: card.forNames ? qsTr("On the title cards, and in the names of the recordings from the next one on.") : box.setUp.folder_locked ? qsTr("A talk is being recorded: the folder can be changed when it has ended.") : qsTr("The next recording goes there. What was recorded stays where it is.")
                        color: Theme.quiet
                        font.pixelSize: Theme.small
                        wrapMode: Text.WordWrap
                    }
                }

                TouchButton {
                    objectName: "change-" + card.modelData
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(20)
                    x: Theme.px(20)
                    width: parent.width - 2 * x
                    height: Math.min(Theme.mainTouch, Math.max(64, parent.height * 0.28))
                    enabled: box.setUp.ready && (card.forNames || !box.setUp.folder_locked)
                    label: card.forNames ? qsTr("Change the names") : qsTr("Change the folder")
                    ground: Theme.line
                    onTouched: {
                        if (card.forNames) {
                            names.open(box.setUp.title, box.setUp.room);
                        } else {
                            page.choosing = true;
                            box.lookForDevices();
                        }
                    }
                }
            }
        }
    }

    Chooser {
        anchors.fill: parent
        visible: page.choosing
        title: qsTr("Where shall the next recordings go?")
        choices: box.setUp.places
        faceShape: "busy"
        faceWords: box.setUp.face === "looking" ? box.setUp.face_words : ""
        moreLabel: qsTr("Type a folder")
        enabled: box.setUp.ready
        onPicked: choice => box.setFolder(choice.target)
        onLookAgain: box.lookForDevices()
        onMore: path.open(box.setUp.folder, "")
        onClosed: page.choosing = false

        beside: Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: Theme.surface

            Column {
                x: Theme.px(20)
                y: Theme.px(16)
                width: parent.width - 2 * x
                spacing: Theme.px(12)

                Label {
                    width: parent.width
                    text: qsTr("Now in use")
                    color: Theme.quiet
                }

                Label {
                    width: parent.width
                    height: Theme.px(90)
                    free: true
                    text: box.setUp.folder
                    font.weight: Font.DemiBold
                    maximumLineCount: 3
                    wrapMode: Text.Wrap
                }

                Label {
                    width: parent.width
                    free: true
                    text: box.setUp.folder_words
                }

                Label {
                    width: parent.width
                    height: Theme.px(90)
                    text: qsTr("A folder is taken only when it can be written and has room.")
                    color: Theme.quiet
                    font.pixelSize: Theme.small
                    wrapMode: Text.WordWrap
                }
            }
        }
    }

    TextSheet {
        id: names

        objectName: "names-sheet"
        parent: page.parent.parent.parent
        anchors.fill: parent
        z: 1
        firstLabel: qsTr("Name of the event")
        secondLabel: qsTr("Name of this room")
        firstMost: 120
        secondMost: 60
        onFinished: (event, room) => {
            if (event.trim() !== "" && room.trim() !== "" && (event !== box.setUp.title || room !== box.setUp.room))
                box.setEvent(event, room);
        }
    }

    TextSheet {
        id: path

        objectName: "folder-sheet"
        parent: page.parent.parent.parent
        anchors.fill: parent
        z: 1
        firstLabel: qsTr("Folder, from / on")
        firstMost: 500
        onFinished: folder => {
            if (folder.trim() !== "" && folder !== box.setUp.folder)
                box.setFolder(folder);
        }
    }
}
