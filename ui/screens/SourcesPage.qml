import QtQuick
import ".."
import "../parts"

// Slides, camera and microphone: what each is, live, and a list to choose another from.
Item {
    id: page

    property bool active: false
    property string choosing: ""
    readonly property real third: (width - 2 * Theme.gap) / 3
    readonly property var roles: [
        {
            key: "slides",
            title: qsTr("Slides"),
            question: qsTr("Which device shows the slides?"),
            air: qsTr("This is on air: whoever watches will see the picture change.")
        },
        {
            key: "camera",
            title: qsTr("Camera"),
            question: qsTr("Which device is the camera?"),
            air: qsTr("This is on air: whoever watches will see the picture change.")
        },
        {
            key: "mic",
            title: qsTr("Microphone"),
            question: qsTr("Which device is the microphone?"),
            air: qsTr("This is on air: the sound of the recording will change.")
        }
    ]
    readonly property var role: roles.find(one => one.key === choosing) ?? roles[0]

    function fact(key: string): var {
        return box.rail.find(one => one.key === key) ?? ({});
    }

    function source(key: string): var {
        return box.setUp.sources.find(one => one.key === key) ?? ({
                name: "",
                asked: false,
                none_words: "",
                choices: []
            });
    }

    function show() {
        if (active)
            box.showPictures(choosing === "mic" ? [] : choosing !== "" ? ["source/" + choosing] : ["source/slides", "source/camera"], 480);
    }

    onActiveChanged: {
        if (!active)
            choosing = "";
        show();
    }
    onChoosingChanged: show()

    Row {
        visible: page.choosing === ""
        spacing: Theme.gap

        Repeater {
            model: page.roles

            SourceCard {
                id: card

                required property var modelData
                readonly property var source: page.source(modelData.key)

                objectName: "source-" + modelData.key
                width: page.third
                height: page.height
                title: modelData.title
                fact: page.fact(modelData.key)
                sound: modelData.key === "mic"
                picture: sound ? "" : "source/" + modelData.key
                foot: Theme.touch + device.height + Theme.px(44)

                Label {
                    id: device

                    objectName: "device-" + card.modelData.key
                    anchors.left: change.left
                    anchors.right: change.right
                    y: card.pictureBottom + Theme.px(10)
                    height: Theme.px(Theme.compact ? 40 : 48)
                    verticalAlignment: Text.AlignVCenter
                    free: true
                    maximumLineCount: 2
                    wrapMode: Text.Wrap
                    text: card.source.asked ? qsTr("asked…") : card.source.name
                    font.weight: Font.DemiBold
                }

                TouchButton {
                    id: change

                    objectName: "change-" + card.modelData.key
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(20)
                    x: Theme.px(20)
                    width: parent.width - 2 * x
                    enabled: box.setUp.ready
                    label: qsTr("Choose…")
                    ground: Theme.line
                    Accessible.name: qsTr("Choose: %1").arg(card.modelData.title)
                    onTouched: {
                        page.choosing = card.modelData.key;
                        box.lookForDevices();
                    }
                }
            }
        }
    }

    Chooser {
        anchors.fill: parent
        visible: page.choosing !== ""
        title: page.role.question
        choices: page.source(page.role.key).choices
        faceShape: box.setUp.face === "looking" ? "busy" : box.setUp.face === "obs" ? "bad" : "warn"
        faceWords: box.setUp.face_words !== "" ? box.setUp.face_words : page.source(page.role.key).none_words
        onAir: box.setUp.on_air
        onAirWords: page.role.air
        enabled: box.setUp.ready
        onPicked: choice => box.chooseDevice(page.role.key, choice.kind, choice.target, box.setUp.on_air)
        onLookAgain: box.lookForDevices()
        onClosed: page.choosing = ""

        beside: SourceCard {
            anchors.fill: parent
            title: page.role.title
            fact: page.fact(page.role.key)
            sound: page.role.key === "mic"
            picture: sound ? "" : "source/" + page.role.key
        }
    }
}
