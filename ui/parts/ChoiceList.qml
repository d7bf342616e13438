import QtQuick
import ".."

// Things to choose from, as many as there are: the list moves under the finger.
Item {
    id: list

    property var choices: []
    property var waiting: null
    signal picked(var choice)

    Flickable {
        id: flick

        anchors.fill: parent
        contentHeight: column.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: column

            width: parent.width - (flick.contentHeight > flick.height ? Theme.px(16) : 0)
            spacing: Theme.px(8)

            Repeater {
                model: list.choices.length

                ChoiceRow {
                    required property int index

                    objectName: "choice-" + (choice.kind === "none" ? "none" : choice.target === "" ? choice.kind : choice.target)
                    width: column.width
                    choice: list.choices[index] ?? ({
                            kind: "",
                            target: "",
                            name: "",
                            note: "",
                            chosen: false,
                            asked: false
                        })
                    waits: list.waiting !== null && list.waiting.kind === choice.kind && list.waiting.target === choice.target
                    onTouched: list.picked(choice)
                }
            }
        }
    }

    // How much more there is, and where.
    Rectangle {
        anchors.right: parent.right
        visible: flick.contentHeight > flick.height + 1
        width: Theme.px(6)
        radius: width / 2
        color: Theme.quiet
        y: flick.visibleArea.yPosition * flick.height
        height: flick.visibleArea.heightRatio * flick.height
    }
}
