import QtQuick
import ".."
import "../parts"

// Before the first talk: a column of pages, gone through from top to bottom.
Item {
    id: screen

    objectName: "setup-pages"

    // A new page is a file beside this one and a line here. It gets `active`: whether it is on show.
    readonly property var pages: [
        {
            key: "sources",
            title: qsTr("Sources"),
            file: "SourcesPage.qml"
        },
        {
            key: "room",
            title: qsTr("Room and disk"),
            file: "RoomPage.qml"
        },
        {
            key: "schedule",
            title: qsTr("Schedule"),
            file: "SchedulePage.qml"
        },
        {
            key: "stream",
            title: qsTr("Stream"),
            file: "StreamPage.qml"
        },
        {
            key: "buttons",
            title: qsTr("Button box"),
            file: "ButtonBoxPage.qml"
        },
        {
            key: "check",
            title: qsTr("Check"),
            file: "CheckPage.qml"
        }
    ]
    property string page: "sources"
    // What on that page is to be opened, when somebody was sent here for it.
    property string wish: ""
    // Whether the keyboard of the page on show is open.
    readonly property bool typing: visible && (place.item?.typing ?? false)

    // What is on show, as a button names it that leads there.
    readonly property string at: ["setup", page, place.item?.opened ?? ""].filter(one => one !== "").join("/")

    // Back to what the page shows at first: its lists and keyboards close.
    function home() {
        wish = "";
        place.item?.home?.();
    }

    onVisibleChanged: if (!visible)
        wish = ""

    Connections {
        target: box

        function onWent(page: string, what: string) {
            screen.wish = "";
            screen.page = page;
            screen.wish = what;
        }
    }

    Column {
        id: ways

        readonly property int places: screen.pages.length + 1

        // All of them are on the screen: on a low one they have all of its height.
        readonly property int edge: Theme.compact ? 1 : Theme.gap
        readonly property real each: Math.min(Theme.px(88), Math.max(64, Math.floor((screen.height - 2 * edge + spacing) / places - spacing)))

        x: Theme.margin
        y: edge
        width: Theme.px(160)
        spacing: Math.max(0, Math.min(Theme.px(8), Math.floor((screen.height - 2 * edge - places * 64) / (places - 1))))

        Repeater {
            model: screen.pages

            TouchButton {
                required property var modelData

                objectName: "page-" + modelData.key
                width: ways.width
                height: ways.each
                label: modelData.title
                chosen: screen.page === modelData.key
                ground: chosen ? Theme.line : Theme.raised
                ink: chosen ? Theme.text : Theme.quiet
                textSize: Theme.px(17)
                Accessible.role: Accessible.PageTab
                onTouched: {
                    screen.wish = "";
                    if (screen.page === modelData.key)
                        screen.home();
                    screen.page = modelData.key;
                }
            }
        }

        TouchButton {
            objectName: "page-guide"
            width: ways.width
            height: ways.each
            label: qsTr("Step by step")
            ground: Theme.blueGround
            textSize: Theme.px(17)
            onTouched: box.openGuide()
        }
    }

    Item {
        id: place

        property var item: null

        anchors.left: ways.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: Theme.gap
        height: parent.height - 2 * y

        Repeater {
            model: screen.pages

            Loader {
                id: loader

                required property var modelData
                readonly property bool shown: screen.page === modelData.key
                readonly property bool due: shown && screen.visible

                anchors.fill: parent
                visible: shown
                // A page is made when somebody first goes there: the screen is to be up soon.
                active: false
                onDueChanged: if (due)
                    active = true
                source: modelData.file
                onShownChanged: if (shown)
                    place.item = item
                onLoaded: {
                    item.wish = Qt.binding(() => loader.shown ? screen.wish : "");
                    item.active = Qt.binding(() => loader.shown && screen.visible);
                    if (shown)
                        place.item = item;
                }
            }
        }
    }
}
