import QtQuick
import "parts"
import "screens"

// The whole screen: header, what wants attention, one of three screens, the rail.
Rectangle {
    id: root

    readonly property bool typing: sheet.visible || setUp.typing
    // On a low screen the keyboard needs the rail's place too.
    readonly property bool roomy: !(typing && Theme.compact)

    function openTalk() {
        sheet.open();
    }

    function closeTalk() {
        sheet.visible = false;
    }

    function openPin() {
        pinPad.open();
    }

    function closePin() {
        pinPad.visible = false;
    }

    color: Theme.ground
    onWidthChanged: Theme.screenWidth = width
    onHeightChanged: Theme.screenHeight = height

    Header {
        id: header

        width: parent.width
        onTalkTouched: sheet.open()
        onUnlockHeld: {
            if (box.asksPin)
                pinPad.open();
            else
                box.unlock("");
        }
    }

    AlarmArea {
        id: attention

        anchors.top: header.bottom
        width: parent.width
        typing: root.typing
    }

    Item {
        id: content

        // Neither finger nor key reaches what is locked, or lies under a sheet.
        readonly property bool reachable: !box.locked && !sheet.visible && !pinPad.visible

        anchors.top: attention.bottom
        anchors.bottom: root.roomy ? rail.top : parent.bottom
        width: parent.width
        clip: true

        Live {
            anchors.fill: parent
            enabled: content.reachable
            visible: box.screen === "live"
        }

        Sessions {
            anchors.fill: parent
            enabled: content.reachable
            visible: box.screen === "sessions"
        }

        SetUp {
            id: setUp

            anchors.fill: parent
            enabled: content.reachable
            visible: box.screen === "setup"
        }

        // The audience's reach: touches end here while the screen is locked.
        Rectangle {
            anchors.fill: parent
            visible: box.locked
            color: Theme.veil

            MouseArea {
                anchors.fill: parent
            }
        }

        TalkSheet {
            id: sheet

            objectName: "sheet"
            anchors.fill: parent
        }
    }

    Rail {
        id: rail

        visible: root.roomy
        anchors.bottom: parent.bottom
        width: parent.width
    }

    PinPad {
        id: pinPad

        objectName: "pin-pad"
        anchors.fill: content
    }

    // Before the first snapshot there is nothing to show: say so instead of showing empty places.
    Rectangle {
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: box.stage.face === "starting"
        color: Theme.ground

        Column {
            anchors.centerIn: parent
            width: parent.width * 0.7
            spacing: Theme.px(14)

            Mark {
                anchors.horizontalCenter: parent.horizontalCenter
                shape: "busy"
                size: Theme.px(56)
            }

            Label {
                width: parent.width
                text: box.stage.title
                font.pixelSize: Theme.title
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
            }

            Label {
                width: parent.width
                text: box.stage.text
                color: Theme.quiet
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
            }
        }
    }
}
