import QtQuick
import ".."
import "../parts"

// One talk's report: what to do now, what was found, the talk in pictures and sound.
Item {
    id: page

    readonly property var fact: box.report
    readonly property bool ready: fact.face === "ready"
    readonly property real inner: width - 2 * Theme.margin
    readonly property string pictureNames: fact.stills.map(one => one.picture).join("\n")

    function showPictures() {
        if (visible)
            box.showPictures(fact.stills.map(one => one.picture), 320);
    }

    onVisibleChanged: showPictures()
    onPictureNamesChanged: showPictures()

    TouchButton {
        id: back

        objectName: "report-back"
        x: Theme.margin
        y: Theme.px(8)
        width: Math.min(implicitWidth, Theme.px(220))
        label: "‹  " + qsTr("All talks")
        onTouched: box.closeReport()
    }

    Column {
        anchors.left: back.right
        anchors.leftMargin: Theme.gap
        anchors.right: chip.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: back.verticalCenter

        Label {
            width: parent.width
            free: true
            text: page.fact.title
            font.pixelSize: Theme.large
            font.weight: Font.Bold
        }

        Label {
            width: parent.width
            free: true
            text: page.fact.subtitle
            color: Theme.quiet
            font.pixelSize: Theme.small
        }
    }

    Chip {
        id: chip

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: back.verticalCenter
        shape: page.fact.shape
        words: page.fact.verdict
        Accessible.role: Accessible.Indicator
        Accessible.name: qsTr("Verdict: %1").arg(page.fact.verdict)
    }

    // What stands here until there is a report.
    Column {
        objectName: "report-words"
        visible: !page.ready
        anchors.centerIn: parent
        width: parent.width * 0.7
        spacing: Theme.px(16)

        Mark {
            anchors.horizontalCenter: parent.horizontalCenter
            shape: page.fact.face === "failed" ? "bad" : "busy"
            size: Theme.px(44)
        }

        Label {
            width: parent.width
            text: page.fact.words
            font.pixelSize: Theme.large
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.FixedSize
            elide: Text.ElideNone
            wrapMode: Text.WordWrap
        }

        Timeline {
            visible: page.fact.face === "busy"
            width: parent.width
            shape: "busy"
            share: page.fact.share
        }

        Label {
            visible: text !== ""
            width: parent.width
            text: page.fact.face === "busy" ? page.fact.summary : page.fact.face === "failed" ? page.fact.advice : ""
            color: Theme.quiet
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
        }
    }

    Flickable {
        objectName: "report-page"
        visible: page.ready
        anchors.top: back.bottom
        anchors.topMargin: Theme.px(8)
        anchors.bottom: parent.bottom
        width: parent.width
        contentHeight: whole.height + Theme.gap
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: whole

            x: Theme.margin
            width: page.inner
            spacing: Theme.px(12)

            Rectangle {
                objectName: "report-advice"
                visible: page.fact.advice !== ""
                width: parent.width
                height: Math.max(Theme.touch, advice.height) + Theme.px(16)
                radius: Theme.radius
                color: page.fact.shape === "bad" ? Theme.redGround : Theme.amberGround
                Accessible.role: Accessible.AlertMessage
                Accessible.name: page.fact.advice

                Mark {
                    id: adviceMark

                    x: Theme.px(16)
                    anchors.verticalCenter: parent.verticalCenter
                    shape: page.fact.shape
                    size: Theme.px(26)
                }

                Label {
                    id: advice

                    anchors.left: adviceMark.right
                    anchors.leftMargin: Theme.px(14)
                    anchors.right: repeatIt.visible ? repeatIt.left : parent.right
                    anchors.rightMargin: Theme.px(16)
                    anchors.verticalCenter: parent.verticalCenter
                    text: page.fact.advice
                    font.weight: Font.DemiBold
                    fontSizeMode: Text.FixedSize
                    elide: Text.ElideNone
                    wrapMode: Text.WordWrap
                    Accessible.ignored: true
                }

                TouchButton {
                    id: repeatIt

                    objectName: "report-repeat"
                    visible: page.fact.repeat.kind !== ""
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.px(8)
                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.min(implicitWidth, Theme.px(280))
                    label: page.fact.repeat.label
                    ground: Theme.text
                    ink: Theme.onBright
                    onTouched: box.press(page.fact.repeat.kind, page.fact.repeat.target)
                }
            }

            Row {
                width: parent.width
                spacing: Theme.gap

                Rectangle {
                    width: parent.width * 0.66
                    height: found.height + Theme.px(28)
                    radius: Theme.radius
                    color: Theme.surface

                    Column {
                        id: found

                        x: Theme.px(20)
                        y: Theme.px(14)
                        width: parent.width - 2 * x
                        spacing: Theme.px(14)

                        Label {
                            width: parent.width
                            text: page.fact.findings.length > 0 ? qsTr("What was found") : qsTr("Nothing was found: all is well")
                            font.weight: Font.DemiBold
                        }

                        Repeater {
                            model: page.fact.findings.length

                            FindingLine {
                                required property int index

                                objectName: "finding-" + index
                                width: found.width
                                fact: page.fact.findings[index] ?? ({})
                            }
                        }
                    }
                }

                Rectangle {
                    width: parent.width - parent.width * 0.66 - parent.spacing
                    height: facts.height + Theme.px(28)
                    radius: Theme.radius
                    color: Theme.surface

                    Column {
                        id: facts

                        x: Theme.px(20)
                        y: Theme.px(14)
                        width: parent.width - 2 * x
                        spacing: Theme.px(6)

                        Repeater {
                            model: page.fact.facts.length

                            Column {
                                id: line

                                required property int index
                                readonly property var fact: page.fact.facts[index] ?? ({})

                                width: facts.width

                                Label {
                                    width: parent.width
                                    text: line.fact.name ?? ""
                                    color: Theme.quiet
                                    font.pixelSize: Theme.small
                                }

                                Label {
                                    width: parent.width
                                    free: true
                                    text: line.fact.words ?? ""
                                    wrapMode: Text.Wrap
                                }
                            }
                        }
                    }
                }
            }

            Rectangle {
                width: parent.width
                height: drawings.height + Theme.px(24)
                radius: Theme.radius
                color: Theme.surface
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("The talk in pictures and sound, with what was found in it")

                Column {
                    id: drawings

                    x: Theme.px(12)
                    y: Theme.px(12)
                    width: parent.width - 2 * x
                    spacing: Theme.px(6)

                    Row {
                        id: strip

                        visible: page.fact.stills.length > 0
                        spacing: Theme.px(4)

                        Repeater {
                            model: page.fact.stills.length

                            Still {
                                required property int index
                                readonly property var fact: page.fact.stills[index] ?? ({})

                                objectName: "still-" + index
                                width: (drawings.width - 11 * strip.spacing) / 12
                                height: width * 9 / 16
                                url: box.pictureUrls[fact.picture ?? ""] ?? ""
                                words: fact.words ?? ""
                            }
                        }
                    }

                    Item {
                        id: wave

                        visible: page.fact.wave.length > 0
                        width: parent.width
                        height: Theme.px(Theme.compact ? 44 : 64)

                        Repeater {
                            model: page.fact.wave

                            Rectangle {
                                required property int index
                                required property real modelData

                                x: index * wave.width / page.fact.wave.length
                                width: Math.max(1, wave.width / page.fact.wave.length - 1)
                                height: Math.max(2, wave.height * modelData)
                                y: (wave.height - height) / 2
                                color: Theme.barGood
                            }
                        }
                    }

                    Timeline {
                        objectName: "report-timeline"
                        width: parent.width
                        shape: page.fact.shape
                        marks: page.fact.marks
                    }

                    Item {
                        width: parent.width
                        height: Theme.px(20)

                        Repeater {
                            model: page.fact.axis.length

                            Label {
                                required property int index

                                x: (parent.width - width) * index / Math.max(1, page.fact.axis.length - 1)
                                text: page.fact.axis[index] ?? ""
                                color: Theme.quiet
                                font.pixelSize: Theme.tiny
                                fontSizeMode: Text.FixedSize
                                Accessible.ignored: true
                            }
                        }
                    }
                }
            }
        }
    }
}
