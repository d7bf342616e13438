import QtQuick
import ".."
import "../parts"

// What the buttons of the box do. Choose a deed here, press its button there, and say that this is the one.
Rectangle {
    id: page

    property bool active: false
    property string wish: ""
    readonly property string face: box.buttonBox.face
    readonly property bool listed: face === "choose" || face === "gone"
    readonly property bool listening: face === "asking" || face === "waiting"

    radius: Theme.radius
    color: Theme.surface
    // Whoever goes away waits for no press any more: it is to do its work again.
    onActiveChanged: if (!active)
        box.leaveButton()

    Column {
        id: told

        x: Theme.px(20)
        y: Theme.px(16)
        width: parent.width - 2 * x
        spacing: Theme.px(Theme.compact ? 6 : 10)

        CheckLine {
            width: parent.width
            fact: box.rail.find(one => one.key === "button_box") ?? ({})
        }

        Row {
            width: parent.width
            spacing: Theme.px(14)

            Mark {
                id: mark

                objectName: "button-mark"
                anchors.verticalCenter: title.verticalCenter
                visible: !page.listed || page.face === "gone"
                shape: box.buttonBox.shape
                size: Theme.px(page.listed ? 24 : 36)
            }

            Label {
                id: title

                objectName: "button-title"
                width: parent.width - (mark.visible ? mark.width + parent.spacing : 0)
                height: Theme.px(page.listed ? 30 : 84)
                verticalAlignment: Text.AlignVCenter
                text: box.buttonBox.title
                font.pixelSize: page.listed ? Theme.large : Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.WordWrap
            }
        }

        Label {
            objectName: "button-words"
            width: parent.width
            // As high without words: the list below must not move under a finger.
            height: page.listed ? Theme.px(48) : implicitHeight
            visible: text !== "" || page.listed
            text: box.buttonBox.words
            color: Theme.quiet
            wrapMode: Text.WordWrap
        }
    }

    ChoiceList {
        anchors.top: told.bottom
        anchors.topMargin: Theme.px(12)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(12)
        x: Theme.px(20)
        width: parent.width - 2 * x
        visible: page.listed
        enabled: page.face === "choose" && !box.locked
        choices: box.buttonBox.deeds
        onPicked: choice => box.teachButton(choice.target)
    }

    // Each has its place, there or not.
    Item {
        id: acts

        readonly property real each: (width - 2 * Theme.gap) / 3

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(20)
        x: Theme.px(20)
        width: parent.width - 2 * x
        height: Theme.touch

        TouchButton {
            objectName: "button-leave"
            width: acts.each
            visible: page.listening || ["silent", "learned", "refused", "done"].includes(page.face)
            label: page.face === "done" ? qsTr("Back") : qsTr("Cancel")
            onTouched: box.leaveButton()
        }

        TouchButton {
            objectName: "button-again"
            x: acts.each + Theme.gap
            width: acts.each
            visible: ["silent", "learned", "refused"].includes(page.face)
            enabled: !box.locked
            label: page.face === "learned" ? qsTr("Press another") : qsTr("Try again")
            onTouched: box.teachAgain()
        }

        TouchButton {
            objectName: "button-save"
            x: 2 * (acts.each + Theme.gap)
            width: acts.each
            visible: page.face === "learned"
            enabled: !box.locked
            ground: Theme.line
            label: qsTr("Use this button")
            onTouched: box.saveButton()
        }
    }
}
