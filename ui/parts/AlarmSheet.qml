import QtQuick
import ".."

// All that needs a look, each in full with what helps. Takes the place of the page; opened and closed by a touch.
Rectangle {
    id: sheet

    property var alarms: []
    signal closed
    signal led(var button)

    color: Theme.ground
    Accessible.role: Accessible.Dialog
    Accessible.name: heading.text

    // What lies under the sheet must not be touched through it.
    Touch {}

    Label {
        id: heading

        x: Theme.margin
        y: Theme.px(8)
        width: close.x - 2 * x
        height: Theme.touch
        verticalAlignment: Text.AlignVCenter
        text: sheet.alarms.length > 0 ? qsTr("What needs a look") : qsTr("Nothing needs a look any more")
        font.pixelSize: Theme.large
        font.weight: Font.Bold
    }

    TouchButton {
        id: close

        objectName: "alarms-close"
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: Theme.px(8)
        width: Theme.px(140)
        label: qsTr("Close")
        ground: Theme.line
        onTouched: sheet.closed()
    }

    Flickable {
        anchors.top: close.bottom
        anchors.topMargin: Theme.px(8)
        anchors.bottom: parent.bottom
        width: parent.width
        contentHeight: list.height + Theme.gap
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: list

            width: parent.width
            spacing: Theme.px(6)

            Repeater {
                model: sheet.alarms.length

                Banner {
                    required property int index
                    readonly property var fact: sheet.alarms[index] ?? ({
                            key: "",
                            level: "warning",
                            title: "",
                            text: "",
                            seen: true,
                            button: {
                                kind: "",
                                target: "",
                                label: "",
                                hold: false,
                                asked: false
                            }
                        })

                    objectName: "opened-" + fact.key
                    width: list.width
                    shape: fact.level === "critical" ? "bad" : "warn"
                    ground: fact.seen ? Theme.surface : shape === "bad" ? Theme.redGround : Theme.amberGround
                    edge: shape === "bad" ? Theme.red : Theme.amber
                    title: fact.title
                    words: fact.text
                    button: fact.button
                    key: fact.seen ? "" : fact.key
                    onActed: button => {
                        if (button.kind === "screen")
                            sheet.led(button);
                        else
                            box.press(button.kind, button.target);
                    }
                    onSeconded: key => box.acknowledge(key)
                }
            }
        }
    }
}
