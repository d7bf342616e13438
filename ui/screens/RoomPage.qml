import QtQuick
import ".."
import "../parts"

// The names of event and room, and the folder of the recordings with its free space.
Item {
    id: page

    property bool active: false
    property bool choosing: false
    property string wish: ""
    readonly property bool typing: names.visible || path.visible
    // What of the page is open, in the words with which somebody is sent there.
    readonly property string opened: choosing && !typing ? "folder" : ""
    readonly property real half: (width - Theme.gap) / 2

    function show() {
        if (active)
            box.showPictures(choosing ? [] : ["scene/intro"], 640);
    }

    function follow() {
        if (active && wish === "folder")
            choosing = true;
    }

    // Back to the overview.
    function home() {
        choosing = false;
        names.visible = false;
        path.visible = false;
    }

    onChoosingChanged: show()
    onWishChanged: follow()
    onActiveChanged: {
        show();
        follow();
        if (active) {
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

                // What the names are for: the title card as it is now.
                LivePicture {
                    x: Theme.px(14)
                    y: x
                    width: parent.width - 2 * x
                    height: Math.max(0, words.y - y - Theme.px(8))
                    visible: card.forNames
                    picture: "scene/intro"
                    words: qsTr("picture is coming")
                }

                // The other folders, one touch away.
                ChoiceList {
                    x: Theme.px(20)
                    anchors.top: left.bottom
                    anchors.topMargin: Theme.px(12)
                    anchors.bottom: words.top
                    anchors.bottomMargin: Theme.px(8)
                    width: parent.width - 2 * x
                    visible: !card.forNames && height >= Theme.px(72)
                    enabled: box.setUp.ready
                    choices: box.setUp.places
                    onPicked: choice => {
                        if (box.setUp.folder_on_air)
                            page.choosing = true;
                        else if (!choice.chosen)
                            box.setFolder(choice.target);
                    }
                }

                Column {
                    id: left

                    x: Theme.px(20)
                    y: Theme.px(Theme.compact ? 10 : 20)
                    width: parent.width - 2 * x
                    visible: !card.forNames
                    spacing: Theme.px(Theme.compact ? 0 : 6)

                    Label {
                        width: parent.width
                        text: qsTr("Where recordings go")
                        color: Theme.quiet
                    }

                    // Room and time in one line: there may be no time to tell, and the list below must not move.
                    Row {
                        spacing: Theme.px(14)

                        Repeater {
                            model: box.setUp.folder_words.split(" · ")

                            Label {
                                required property string modelData
                                required property int index

                                objectName: "room-left-" + index
                                height: Theme.px(Theme.compact ? 44 : 56)
                                verticalAlignment: Text.AlignBottom
                                bottomPadding: index === 0 ? 0 : Theme.px(Theme.compact ? 4 : 6)
                                text: modelData
                                color: index === 0 ? Theme.text : Theme.quiet
                                font.pixelSize: index === 0 ? Theme.px(Theme.compact ? 32 : 44) : Theme.large
                                font.weight: index === 0 ? Font.Bold : Font.Normal
                            }
                        }
                    }
                }

                Column {
                    id: words

                    x: Theme.px(20)
                    anchors.bottom: change.top
                    anchors.bottomMargin: Theme.px(8)
                    width: parent.width - 2 * x
                    spacing: Theme.px(2)

                    Label {
                        objectName: "set-" + card.modelData
                        width: parent.width
                        free: true
                        text: card.forNames ? box.setUp.room : box.setUp.folder
                        font.pixelSize: card.forNames ? Theme.title : Theme.large
                        font.weight: Font.DemiBold
                        maximumLineCount: card.forNames ? 1 : 2
                        wrapMode: Text.Wrap
                    }

                    Label {
                        width: parent.width
                        visible: card.forNames
                        free: true
                        text: box.setUp.names_asked ? qsTr("asked…") : box.setUp.title
                    }

                    Label {
                        width: parent.width
                        height: Theme.px(Theme.compact ? 48 : 46)
                        text: card.forNames ? qsTr("On the title cards, and in the names of the recordings from the next one on.") : box.setUp.folder_on_air ? qsTr("A talk is being recorded: in another folder, it goes on in a new part.") : qsTr("The next recording goes there. What was recorded stays where it is.")
                        color: Theme.quiet
                        font.pixelSize: Theme.small
                        wrapMode: Text.WordWrap
                    }
                }

                TouchButton {
                    id: change

                    objectName: "change-" + card.modelData
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(Theme.compact ? 10 : 16)
                    x: Theme.px(20)
                    width: parent.width - 2 * x
                    enabled: box.setUp.ready
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
        title: box.setUp.folder_on_air ? qsTr("Where should the recording go on?") : qsTr("Where should the next recordings go?")
        onAir: box.setUp.folder_on_air
        onAirWords: qsTr("The talk goes on there. About two seconds of it will be missing.")
        choices: box.setUp.places
        faceShape: "busy"
        faceWords: box.setUp.face === "looking" ? box.setUp.face_words : ""
        moreLabel: box.setUp.folder_on_air ? "" : qsTr("Type a folder")
        enabled: box.setUp.ready
        onPicked: choice => {
            if (box.setUp.folder_on_air)
                box.goOnIn(choice.target);
            else
                box.setFolder(choice.target);
        }
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

                Repeater {
                    model: box.setUp.folder_words.split(" · ")

                    Label {
                        required property string modelData
                        required property int index

                        width: parent.width
                        text: modelData
                        color: index === 0 ? Theme.text : Theme.quiet
                        font.pixelSize: index === 0 ? Theme.px(Theme.compact ? 34 : 48) : Theme.title
                        font.weight: index === 0 ? Font.Bold : Font.Normal
                    }
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
                    height: Theme.px(90)
                    text: qsTr("A folder is used only if it has room and stagebox can write to it.")
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
        firstLabel: qsTr("Folder: its whole path, such as /media/talks")
        firstMost: 500
        onFinished: folder => {
            if (folder.trim() !== "" && folder !== box.setUp.folder)
                box.setFolder(folder);
        }
    }
}
