import QtQuick
import "parts"
import "screens"

// The whole screen: header, what wants attention, one of three screens, the rail.
Rectangle {
    id: root

    readonly property bool typing: sheet.opened || setUp.typing || guiding.typing || sessions.typing
    // On a low screen keyboard and Set-up need the rail's place too; the guide tells its own states.
    readonly property bool roomy: box.screen !== "guide" && !(Theme.compact && (typing || box.screen === "setup"))

    // Another screen shows also from under a keyboard; in Set-up, its page from under a list.
    function goTo(screen: string) {
        alarmSheet.active = false;
        (sheet.item as TalkSheet)?.leave();
        if (screen === "setup" && box.screen === "setup")
            setUp.home();
        else
            box.showScreen(screen);
    }

    // What a banner leads to is seen: no sheet stays over it. What was typed of a talk is kept.
    function follow(button: var) {
        alarmSheet.active = false;
        (sheet.item as TalkSheet)?.leave();
        setUp.home();
        (guiding.item as Guide)?.home();
        box.press(button.kind, button.target);
    }

    // A second touch puts it away again; what was typed is kept.
    function openTalk() {
        alarmSheet.active = false;
        if (sheet.opened) {
            (sheet.item as TalkSheet).leave();
            return;
        }
        sheet.active = true;
        (sheet.item as TalkSheet).open();
    }

    function closeTalk() {
        (sheet.item as TalkSheet).visible = false;
    }

    function openPin() {
        pinPad.active = true;
        (pinPad.item as PinPad).open();
    }

    function closePin() {
        (pinPad.item as PinPad).visible = false;
    }

    color: Theme.ground
    onWidthChanged: Theme.screenWidth = width
    onHeightChanged: Theme.screenHeight = height

    Header {
        id: header

        width: parent.width
        onTalkTouched: root.openTalk()
        onWayTouched: screen => root.goTo(screen)
        onLocked: alarmSheet.active = false
        onUnlockHeld: {
            if (box.asksPin)
                root.openPin();
            else
                box.unlock("");
        }
    }

    AlarmArea {
        id: attention

        anchors.top: header.bottom
        width: parent.width
        guiding: box.screen === "guide"
        at: root.typing || alarmSheet.opened ? "" : box.screen === "setup" ? setUp.at : box.screen
        recordHidden: root.typing || (box.screen !== "live" && box.screen !== "guide") || alarmSheet.opened
        onOpened: alarmSheet.active = !alarmSheet.active
        onLed: button => root.follow(button)
    }

    Item {
        id: content

        // Neither finger nor key reaches what is locked, or lies under a sheet.
        readonly property bool reachable: !box.locked && !sheet.opened && !pinPad.opened && !alarmSheet.opened

        anchors.top: attention.bottom
        anchors.bottom: root.roomy ? rail.top : parent.bottom
        width: parent.width
        clip: true

        Live {
            anchors.fill: parent
            enabled: content.reachable
            visible: box.screen === "live"
            onNameAsked: root.openTalk()
        }

        // What is not on show at first is made when it is wanted: the screen is to be up soon.
        Loader {
            id: sessions

            readonly property bool due: box.screen === "sessions"
            readonly property bool typing: (item as Sessions)?.typing ?? false

            anchors.fill: parent
            enabled: content.reachable
            visible: due
            active: false
            onDueChanged: if (due)
                active = true
            Component.onCompleted: if (due)
                active = true
            sourceComponent: Sessions {}
        }

        SetUp {
            id: setUp

            anchors.fill: parent
            enabled: content.reachable
            visible: box.screen === "setup"
        }

        Loader {
            id: guiding

            readonly property bool due: box.screen === "guide"
            readonly property bool typing: due && ((item as Guide)?.typing ?? false)

            anchors.fill: parent
            enabled: content.reachable
            visible: due
            active: false
            onDueChanged: if (due)
                active = true
            Component.onCompleted: if (due)
                active = true
            sourceComponent: Guide {}
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

        Loader {
            id: sheet

            readonly property bool opened: (item as Item)?.visible ?? false

            anchors.fill: parent
            active: false
            sourceComponent: TalkSheet {
                objectName: "sheet"
            }
        }

        Loader {
            id: alarmSheet

            readonly property bool opened: active

            anchors.fill: parent
            active: false
            sourceComponent: AlarmSheet {
                objectName: "alarm-sheet"
                alarms: attention.alarms
                onClosed: alarmSheet.active = false
                onLed: button => root.follow(button)
            }
        }
    }

    Rail {
        id: rail

        visible: root.roomy
        anchors.bottom: parent.bottom
        width: parent.width
    }

    Loader {
        id: pinPad

        readonly property bool opened: (item as Item)?.visible ?? false

        anchors.fill: content
        active: false
        sourceComponent: PinPad {
            objectName: "pin-pad"
        }
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
