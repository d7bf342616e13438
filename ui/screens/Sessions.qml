import QtQuick
import ".."
import "../parts"

// The talks, newest first: length, verdict, what to do now.
Item {
    id: screen

    onVisibleChanged: if (visible)
        box.showPictures([], 320)

    Label {
        id: title

        x: Theme.margin
        y: Theme.px(14)
        height: Theme.px(38)
        verticalAlignment: Text.AlignVCenter
        width: Math.min(implicitWidth, parent.width * 0.5)
        free: true
        text: qsTr("Talks in %1").arg(box.sessions.title)
        font.pixelSize: Theme.title
        font.weight: Font.Bold
    }

    Label {
        anchors.left: title.right
        anchors.leftMargin: Theme.px(18)
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: title.verticalCenter
        text: box.sessions.summary
        color: Theme.quiet
    }

    Column {
        visible: box.sessions.rows.length === 0
        anchors.centerIn: parent
        width: parent.width * 0.7
        spacing: Theme.px(8)

        Mark {
            anchors.horizontalCenter: parent.horizontalCenter
            shape: "unknown"
            size: Theme.px(44)
        }

        Label {
            width: parent.width
            text: qsTr("Nothing was recorded yet")
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
        }

        Label {
            width: parent.width
            text: qsTr("Each talk that you record appears here with its verdict.")
            color: Theme.quiet
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
        }
    }

    Flickable {
        anchors.top: title.bottom
        anchors.topMargin: Theme.px(8)
        anchors.bottom: parent.bottom
        width: parent.width
        contentHeight: list.height + Theme.gap
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: list

            x: Theme.margin
            width: parent.width - 2 * x
            spacing: Theme.px(12)

            Repeater {
                model: box.sessions.rows.length

                SessionCard {
                    required property int index

                    objectName: "session-" + index
                    width: list.width
                    fact: box.sessions.rows[index] ?? ({})
                }
            }
        }
    }
}
