import QtQuick
import ".."

// One talk: what it was, how long, where it is good and where not, and what to do.
Rectangle {
    id: card

    required property var fact
    readonly property string shape: fact.shape ?? "unknown"

    height: Math.max(Theme.px(104), words.height + Theme.px(32))
    radius: Theme.radius
    color: Theme.surface
    Accessible.role: Accessible.ListItem
    Accessible.name: (fact.title ?? "") + ", " + (fact.verdict ?? "")
    Accessible.description: (fact.summary ?? "") + " " + (fact.advice ?? "")

    Column {
        id: names

        x: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width * 0.36
        spacing: Theme.px(4)

        Label {
            width: parent.width
            free: true
            text: card.fact.title ?? ""
            font.pixelSize: Theme.px(20)
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            free: true
            text: card.fact.subtitle ?? ""
            color: Theme.quiet
            font.pixelSize: Theme.px(16)
            Accessible.ignored: true
        }
    }

    Column {
        id: words

        anchors.left: names.right
        anchors.leftMargin: Theme.gap
        anchors.right: chip.left
        anchors.rightMargin: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(6)

        Rectangle {
            id: line

            width: parent.width
            height: Theme.px(18)
            radius: Theme.px(4)
            color: Theme.raised
            clip: true

            Rectangle {
                width: parent.width * (card.fact.share ?? 0)
                height: parent.height
                radius: parent.radius
                color: card.shape === "busy" ? "#27557f" : card.shape === "bad" ? "#5d2523" : card.shape === "unknown" ? Theme.line : "#2d6f51"
            }

            Repeater {
                model: card.fact.marks ?? []

                Rectangle {
                    required property var modelData

                    x: Math.min(line.width - width, line.width * modelData.start)
                    width: Math.max(Theme.px(4), line.width * (modelData.end - modelData.start))
                    height: modelData.level === "note" ? line.height / 2 : line.height
                    y: line.height - height
                    color: modelData.level === "critical" ? Theme.red : modelData.level === "warning" ? Theme.amber : Theme.quiet
                }
            }
        }

        Label {
            width: parent.width
            text: card.fact.summary ?? ""
            color: Theme.quiet
            fontSizeMode: Text.FixedSize
            font.pixelSize: Theme.small
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }

        Label {
            width: parent.width
            visible: text !== ""
            text: card.fact.advice ?? ""
            color: Theme.amber
            fontSizeMode: Text.FixedSize
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }
    }

    Rectangle {
        id: chip

        anchors.right: parent.right
        anchors.rightMargin: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(150)
        height: Theme.px(50)
        radius: Theme.px(10)
        color: ({
                fine: Theme.greenGround,
                warn: Theme.amberGround,
                bad: Theme.redGround,
                busy: Theme.blueGround
            })[card.shape] ?? Theme.raised

        Mark {
            id: mark

            x: Theme.px(14)
            anchors.verticalCenter: parent.verticalCenter
            shape: card.shape
            size: Theme.px(18)
        }

        Label {
            anchors.left: mark.right
            anchors.leftMargin: Theme.px(8)
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(8)
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: card.fact.verdict ?? ""
            color: Theme.text
            font.weight: Font.Bold
            wrapMode: Text.WordWrap
            Accessible.ignored: true
        }
    }
}
