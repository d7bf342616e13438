import QtQuick
import ".."

// The guide's steps in a row: where one is, and what is settled. A touch goes to a step.
Row {
    id: row

    property var steps: []
    readonly property real each: (width - (steps.length - 1) * spacing) / Math.max(1, steps.length)

    spacing: Theme.px(8)
    height: Theme.touch

    Repeater {
        model: row.steps.length

        Rectangle {
            id: step

            required property int index
            readonly property var fact: row.steps[index] ?? ({})

            objectName: "step-" + (fact.key ?? "")
            width: row.each
            height: row.height
            radius: Theme.radius
            color: tap.pressed ? Theme.pressed : fact.current ? Theme.line : Theme.surface
            border.width: activeFocus || fact.current ? Math.max(2, Theme.px(2)) : 0
            border.color: Theme.blue
            activeFocusOnTab: enabled && visible

            Accessible.role: Accessible.PageTab
            Accessible.name: (fact.title ?? "") + ": " + (fact.words ?? "")
            Accessible.focusable: true
            Accessible.onPressAction: box.guideTo(step.fact.key)
            Keys.onSpacePressed: box.guideTo(step.fact.key)
            Keys.onReturnPressed: box.guideTo(step.fact.key)

            Mark {
                id: mark

                x: Theme.px(12)
                anchors.verticalCenter: parent.verticalCenter
                shape: step.fact.shape ?? "unknown"
                size: Theme.px(22)
            }

            Column {
                anchors.left: mark.right
                anchors.leftMargin: Theme.px(10)
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(8)
                anchors.verticalCenter: parent.verticalCenter

                Label {
                    width: parent.width
                    text: step.fact.title ?? ""
                    font.weight: Font.DemiBold
                    Accessible.ignored: true
                }

                Label {
                    width: parent.width
                    free: true
                    text: step.fact.words ?? ""
                    color: Theme.quiet
                    font.pixelSize: Theme.tiny
                    Accessible.ignored: true
                }
            }

            Touch {
                id: tap

                onTapped: box.guideTo(step.fact.key)
            }
        }
    }
}
