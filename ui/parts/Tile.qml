import QtQuick
import ".."

// A scene: what it shows, its name, whether it is on program or was asked for.
Rectangle {
    id: tile

    required property var fact

    radius: Theme.radius
    enabled: fact.enabled ?? false
    color: tap.pressed ? Theme.pressed : Theme.surface
    border.width: fact.program || fact.asked || activeFocus ? Math.max(3, Theme.px(4)) : 0
    border.color: fact.program ? Theme.red : Theme.blue
    activeFocusOnTab: enabled

    Accessible.role: Accessible.Button
    Accessible.name: fact.label ?? ""
    Accessible.description: fact.program ? qsTr("on program") : fact.asked ? qsTr("asked for") : fact.note ?? ""
    Accessible.focusable: true
    Accessible.onPressAction: box.switchScene(tile.fact.scene)
    Keys.onSpacePressed: box.switchScene(tile.fact.scene)
    Keys.onReturnPressed: box.switchScene(tile.fact.scene)

    Item {
        id: screen

        x: Theme.px(5)
        y: Theme.px(5)
        width: parent.width - 2 * x
        height: Math.min(Math.round(width * 9 / 16), parent.height - y - foot.least)
        clip: true

        LivePicture {
            anchors.fill: parent
            opacity: tile.fact.enabled ? 1 : 0.35
            picture: tile.fact.picture ?? ""
            empty: tile.fact.empty ?? false
            shape: tile.fact.empty ? "off" : "unknown"
            words: tile.fact.empty ? tile.fact.missing : tile.fact.enabled ? qsTr("picture is coming") : qsTr("no picture")
        }

        Rectangle {
            visible: (tile.fact.note ?? "") !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.px(8)
            width: Math.min(parent.width - Theme.px(12), note.implicitWidth + Theme.px(44))
            height: Theme.px(32)
            radius: Theme.px(8)
            color: tile.fact.grave ? Theme.redGround : Theme.amberGround

            Mark {
                x: Theme.px(8)
                anchors.verticalCenter: parent.verticalCenter
                shape: tile.fact.grave ? "bad" : "warn"
                size: Theme.px(18)
            }

            Label {
                id: note

                x: Theme.px(34)
                width: parent.width - x - Theme.px(8)
                anchors.verticalCenter: parent.verticalCenter
                text: tile.fact.note ?? ""
                font.pixelSize: Theme.small
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
        }
    }

    Item {
        id: foot

        readonly property int least: Theme.px(Theme.compact ? 46 : 56)

        anchors.top: screen.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        Label {
            anchors.left: parent.left
            anchors.leftMargin: Theme.px(14)
            anchors.right: chip.visible ? chip.left : parent.right
            anchors.rightMargin: Theme.px(8)
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: lacks.visible ? -Theme.px(12) : 0
            text: tile.fact.label ?? ""
            color: tile.fact.enabled ? Theme.text : Theme.quiet
            font.pixelSize: Theme.far
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }

        Label {
            id: lacks

            x: Theme.px(14)
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(Theme.compact ? 4 : 10)
            width: parent.width - x - Theme.px(8)
            visible: text !== "" && !(tile.fact.empty ?? false) && foot.height >= Theme.px(68)
            text: tile.fact.missing ?? ""
            color: Theme.quiet
            font.pixelSize: Theme.small
            Accessible.ignored: true
        }

        Rectangle {
            id: chip

            anchors.right: parent.right
            anchors.rightMargin: Theme.px(12)
            anchors.verticalCenter: parent.verticalCenter
            visible: (tile.fact.program ?? false) || (tile.fact.asked ?? false)
            width: Math.min(parent.width * 0.5, chipWords.implicitWidth + Theme.px(16))
            height: Theme.px(28)
            radius: Theme.px(8)
            color: tile.fact.program ? Theme.red : Theme.blue

            Label {
                id: chipWords

                anchors.fill: parent
                anchors.margins: Theme.px(4)
                text: tile.fact.program ? qsTr("PROGRAM") : qsTr("ASKED")
                color: Theme.onBright
                font.pixelSize: Theme.px(14)
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                Accessible.ignored: true
            }
        }
    }

    Touch {
        id: tap

        onTapped: box.switchScene(tile.fact.scene)
    }
}
