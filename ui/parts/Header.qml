import QtQuick
import ".."

// Room, talk, the way to the other screens, time of day.
Rectangle {
    id: header

    signal talkTouched
    signal wayTouched(string screen)
    signal unlockHeld
    signal locked

    height: Theme.touch + Theme.px(8)
    color: Theme.surface

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }

    Column {
        id: place

        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(Theme.px(240), parent.width * 0.2)

        Label {
            width: parent.width
            free: true
            text: box.header.room
            font.pixelSize: Theme.large
            font.weight: Font.Bold
        }

        // An old schedule is said where the event's name is: it matters more.
        Label {
            objectName: "schedule-age"
            width: parent.width
            free: box.header.old === ""
            text: box.header.old === "" ? box.header.event : box.header.old
            color: box.header.old === "" ? Theme.quiet : Theme.amber
            font.pixelSize: Theme.small
        }
    }

    Rectangle {
        id: talk

        objectName: "talk"

        anchors.left: place.right
        anchors.leftMargin: Theme.gap
        anchors.right: ways.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.touch
        radius: Theme.radius
        enabled: !box.locked
        color: talkTap.pressed ? Theme.pressed : "transparent"
        border.width: activeFocus ? 3 : 0
        border.color: Theme.blue
        activeFocusOnTab: enabled
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Title and speaker: %1, %2").arg(box.header.title).arg([box.header.left, box.header.subtitle].filter(one => one !== "").join(", "))
        Accessible.focusable: true
        Accessible.onPressAction: header.talkTouched()
        Keys.onSpacePressed: header.talkTouched()
        Keys.onReturnPressed: header.talkTouched()

        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width

            Label {
                width: parent.width
                free: true
                text: box.header.title
                font.pixelSize: Theme.large
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.px(10)

                Label {
                    id: left

                    objectName: "talk-left"
                    visible: text !== ""
                    width: Math.min(implicitWidth, talk.width)
                    text: box.header.left
                    color: Theme.time(box.header.level)
                    font.pixelSize: Theme.body
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }

                Label {
                    anchors.baseline: left.visible ? left.baseline : undefined
                    width: Math.min(implicitWidth, talk.width - (left.visible ? left.width + parent.spacing : 0))
                    free: true
                    text: box.header.subtitle
                    color: Theme.quiet
                    font.pixelSize: Theme.small
                    Accessible.ignored: true
                }
            }
        }

        Touch {
            id: talkTap

            onTapped: header.talkTouched()
        }
    }

    Row {
        id: ways

        anchors.right: clock.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(8)

        Repeater {
            model: [
                {
                    name: "live",
                    label: qsTr("Live")
                },
                {
                    name: "sessions",
                    label: qsTr("Talks")
                },
                {
                    name: "setup",
                    label: qsTr("Set-up")
                }
            ]

            TouchButton {
                required property var modelData

                objectName: "way-" + modelData.name
                visible: !box.locked
                label: modelData.label
                chosen: box.screen === modelData.name || (modelData.name === "setup" && box.screen === "guide")
                ground: chosen ? Theme.line : Theme.raised
                ink: chosen ? Theme.text : Theme.quiet
                textSize: Theme.px(17)
                width: Theme.px(104)
                height: Theme.touch
                Accessible.role: Accessible.PageTab
                onTouched: header.wayTouched(modelData.name)
            }
        }

        TouchButton {
            objectName: "lock"
            visible: !box.locked
            label: qsTr("Lock the screen")
            iconShape: "lock"
            width: Theme.touch
            height: Theme.touch
            onTouched: {
                header.locked();
                box.lock();
            }
        }

        HoldButton {
            objectName: "unlock"
            visible: box.locked
            // As wide as what it stands for: the talk beside it keeps its place.
            width: 3 * (Theme.px(104) + ways.spacing) + Theme.touch
            height: Theme.touch
            label: qsTr("Locked · hold to unlock")
            textSize: Theme.body
            fill: Theme.blue
            color: Theme.blueGround
            onHeld: header.unlockHeld()
        }
    }

    Label {
        id: clock

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(86)
        text: box.header.clock
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignRight
        Accessible.name: qsTr("Time of day: %1").arg(text)
    }
}
