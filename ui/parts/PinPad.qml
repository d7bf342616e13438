import QtQuick
import ".."

// The PIN of the lock.
Rectangle {
    id: pad

    property string typed: ""
    property string trouble: ""

    function open() {
        typed = "";
        trouble = "";
        visible = true;
    }

    visible: false
    color: Theme.ground
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("PIN to unlock")

    Touch {}

    Column {
        anchors.centerIn: parent
        spacing: Theme.px(8)

        Label {
            width: grid.width
            text: pad.trouble === "" ? qsTr("PIN to unlock") : pad.trouble
            color: pad.trouble === "" ? Theme.text : Theme.amber
            font.pixelSize: Theme.large
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
        }

        Label {
            width: grid.width
            text: pad.typed === "" ? "–" : "●".repeat(pad.typed.length)
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
            Accessible.name: qsTr("%1 digits typed").arg(pad.typed.length)
        }

        Grid {
            id: grid

            columns: 3
            spacing: Theme.px(8)

            Repeater {
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "cancel", "0", "ok"]

                TouchButton {
                    required property string modelData

                    objectName: "pin-" + modelData
                    width: Theme.px(150)
                    height: Theme.touch
                    label: modelData === "cancel" ? qsTr("Cancel") : modelData === "ok" ? qsTr("Unlock") : modelData
                    textSize: Theme.large
                    onTouched: {
                        if (modelData === "cancel") {
                            pad.visible = false;
                        } else if (modelData === "ok") {
                            pad.trouble = box.unlock(pad.typed);
                            pad.typed = "";
                            pad.visible = box.locked;
                        } else if (pad.typed.length < 12) {
                            pad.typed += modelData;
                        }
                    }
                }
            }
        }
    }
}
