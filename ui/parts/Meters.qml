import QtQuick
import ".."

// Sound: level, held peak, clip latch, on a dBFS scale from -60 to 0.
Rectangle {
    id: meters

    readonly property var fact: box.meters
    readonly property int floorDb: -60
    // Where a card has named the microphone already.
    property bool bare: false
    property int barHeight: Theme.px(Theme.compact ? 16 : 20)
    // Nothing is chosen that could be heard: a touch goes to where one is.
    readonly property bool unset: box.setUp.ready && (box.setUp.sources.find(one => one.key === "mic")?.choices.some(one => one.chosen && one.kind === "none") ?? false)
    // A title card without sound is on program: the rail says so.
    readonly property var mic: box.rail.find(one => one.key === "mic") ?? null
    readonly property string off: !unset && !fact.known && mic?.shape === "off" ? mic.words : ""
    // Said for a while; then the level is said again, and the light beside the bar tells of it.
    readonly property bool clipped: fact.known && fact.too_loud

    function share(db: real): real {
        return Math.max(0, Math.min(1, (db - floorDb) / -floorDb));
    }

    radius: Theme.radius
    color: Theme.surface
    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Microphone level")
    Accessible.description: level.text

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.px(20)
        width: parent.width - 2 * x
        spacing: Theme.px(Theme.compact ? 4 : 8)

        Item {
            width: parent.width
            height: Theme.px(Theme.compact ? 26 : 30)

            Label {
                visible: !meters.bare
                width: parent.width * 0.48
                height: parent.height
                verticalAlignment: Text.AlignVCenter
                text: qsTr("Microphone")
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }

            Label {
                id: level

                anchors.right: parent.right
                objectName: "level"
                width: parent.width * 0.5
                height: parent.height
                verticalAlignment: Text.AlignVCenter
                horizontalAlignment: Text.AlignRight
                text: meters.unset ? qsTr("not chosen") : meters.off !== "" ? meters.off : !meters.fact.known ? qsTr("not known") : meters.clipped ? qsTr("too loud!") : meters.fact.told_dbfs <= meters.floorDb ? qsTr("quiet") : qsTr("%1 dBFS").arg(Math.round(meters.fact.told_dbfs)).replace("-", "−")
                color: meters.clipped ? Theme.red : Theme.quiet
                font.pixelSize: Theme.far
                Accessible.ignored: true
            }
        }

        Repeater {
            model: meters.fact.known ? meters.fact.channels.length : 2

            Row {
                id: channel

                required property int index
                readonly property var fact: meters.fact.channels[index] ?? ({
                        level_dbfs: -60,
                        peak_dbfs: -60,
                        clipped: false
                    })

                width: parent.width
                spacing: Theme.px(8)

                Label {
                    width: Theme.px(18)
                    anchors.verticalCenter: bar.verticalCenter
                    text: ["L", "R"][channel.index] ?? ""
                    color: Theme.quiet
                    font.pixelSize: Theme.small
                    Accessible.ignored: true
                }

                Rectangle {
                    id: bar

                    width: parent.width - Theme.px(26) - clipLight.width - Theme.px(8)
                    height: meters.barHeight
                    radius: Theme.px(4)
                    color: Theme.ground
                    clip: true

                    // The loud end of the scale is marked also when nothing sounds.
                    Rectangle {
                        x: bar.width * meters.share(-20)
                        width: bar.width * (meters.share(-9) - meters.share(-20))
                        height: parent.height
                        color: Theme.scaleHigh
                    }
                    Rectangle {
                        x: bar.width * meters.share(-9)
                        width: bar.width - x
                        height: parent.height
                        color: Theme.scaleLoud
                    }
                    Rectangle {
                        width: bar.width * meters.share(Math.min(-20, channel.fact.level_dbfs))
                        height: parent.height
                        color: Theme.levelGood
                    }
                    Rectangle {
                        visible: channel.fact.level_dbfs > -20
                        x: bar.width * meters.share(-20)
                        width: bar.width * meters.share(Math.min(-9, channel.fact.level_dbfs)) - x
                        height: parent.height
                        color: Theme.levelHigh
                    }
                    Rectangle {
                        visible: channel.fact.level_dbfs > -9
                        x: bar.width * meters.share(-9)
                        width: bar.width * meters.share(channel.fact.level_dbfs) - x
                        height: parent.height
                        color: Theme.red
                    }
                    Rectangle {
                        visible: meters.fact.known && channel.fact.peak_dbfs > -59
                        x: Math.min(bar.width - width, bar.width * meters.share(channel.fact.peak_dbfs))
                        width: Theme.px(3)
                        height: parent.height
                        color: Theme.text
                    }
                }

                Rectangle {
                    id: clipLight

                    width: Theme.px(20)
                    height: bar.height
                    radius: Theme.px(4)
                    color: channel.fact.clipped ? Theme.red : Theme.scaleLoud

                    Label {
                        anchors.centerIn: parent
                        visible: channel.fact.clipped
                        text: "!"
                        color: Theme.onBright
                        font.pixelSize: Theme.small
                        font.weight: Font.Bold
                        Accessible.ignored: true
                    }
                }
            }
        }

        Item {
            visible: meters.height >= Theme.px(100)
            width: parent.width
            height: Theme.px(16)

            Repeater {
                model: [-60, -40, -20, -9, 0]

                Label {
                    required property int modelData

                    x: Theme.px(26) + (parent.width - Theme.px(54)) * meters.share(modelData) - (modelData === -60 ? 0 : modelData === 0 ? width : width / 2)
                    text: String(modelData).replace("-", "−")
                    color: Theme.quiet
                    font.pixelSize: Theme.px(13)
                    fontSizeMode: Text.FixedSize
                    Accessible.ignored: true
                }
            }
        }
    }

    Touch {
        onTapped: {
            if (meters.unset && !box.locked && box.screen === "live")
                box.goTo("setup/sources/mic");
            else
                box.resetClips();
        }
    }
}
