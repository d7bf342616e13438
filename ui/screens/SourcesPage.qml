import QtQuick
import ".."
import "../parts"

// Slides and camera as large as there is room, the microphone's level under them, and a list to choose others from.
Item {
    id: page

    property bool active: false
    // Which role's list is to be opened, when somebody was sent here for it.
    property string wish: ""
    property string choosing: ""
    // What of the page is open, in the words with which somebody is sent there.
    readonly property string opened: choosing
    readonly property real half: (width - Theme.gap) / 2
    readonly property real low: Math.max(Theme.px(Theme.compact ? 92 : 124), Math.min(Theme.px(190), height - Theme.gap - half * 9 / 16 - Theme.px(96)))
    readonly property var roles: [
        {
            key: "slides",
            title: qsTr("Slides"),
            question: qsTr("Which device shows the slides?"),
            air: qsTr("This is on air: viewers will see the picture change."),
            meaning: qsTr("Seen in the scenes Screen and Both."),
            without: qsTr("Nothing is chosen: the scenes Screen and Both have no slides.")
        },
        {
            key: "camera",
            title: qsTr("Camera"),
            question: qsTr("Which device is the camera?"),
            air: qsTr("This is on air: viewers will see the picture change."),
            meaning: qsTr("Seen in the scenes Speaker and Both."),
            without: qsTr("Nothing is chosen: the recording does not show the speaker.")
        },
        {
            key: "mic",
            title: qsTr("Microphone"),
            question: qsTr("Which device is the microphone?"),
            air: qsTr("This is on air: the sound of the recording will change."),
            meaning: qsTr("The sound of the recording. Speak: the level should move."),
            without: qsTr("Nothing is chosen: the recording has no sound.")
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

    function isChosen(key: string): bool {
        return source(key).choices.some(one => one.chosen && one.kind !== "none");
    }

    function show() {
        if (active)
            box.showPictures(choosing === "mic" ? [] : choosing !== "" ? ["source/" + choosing] : ["source/slides", "source/camera"], 640);
    }

    function choose(key: string) {
        choosing = key;
        box.lookForDevices();
    }

    function follow() {
        if (active && roles.some(one => one.key === wish))
            choose(wish);
    }

    // Back to the overview.
    function home() {
        choosing = "";
    }

    onActiveChanged: {
        if (!active)
            choosing = "";
        show();
        follow();
    }
    onWishChanged: follow()
    onChoosingChanged: show()

    Repeater {
        model: page.roles

        SourcePanel {
            id: card

            required property var modelData
            required property int index
            readonly property var source: page.source(modelData.key)

            objectName: "source-" + modelData.key
            visible: page.choosing === ""
            x: index === 1 ? page.half + Theme.gap : 0
            y: sound ? page.height - height : 0
            width: sound ? page.width : page.half
            height: sound ? page.low : page.height - page.low - Theme.gap
            title: modelData.title
            fact: page.fact(modelData.key)
            sound: modelData.key === "mic"
            strip: sound
            chosen: page.isChosen(modelData.key)
            picture: sound ? "" : "source/" + modelData.key
            deviceName: "device-" + modelData.key
            device: source.asked ? qsTr("asked…") : source.name

            TouchButton {
                objectName: "change-" + card.modelData.key
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.px(150)
                enabled: box.setUp.ready
                label: qsTr("Choose…")
                ground: card.chosen ? Theme.line : Theme.blue
                ink: card.chosen ? Theme.text : Theme.onBright
                Accessible.name: qsTr("Choose: %1").arg(card.modelData.title)
                onTouched: page.choose(card.modelData.key)
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

        beside: SourcePanel {
            anchors.fill: parent
            title: page.role.title
            fact: page.fact(page.role.key)
            sound: page.role.key === "mic"
            chosen: page.isChosen(page.role.key)
            picture: sound ? "" : "source/" + page.role.key
            device: page.source(page.role.key).asked ? qsTr("asked…") : page.source(page.role.key).name
            meaning: chosen ? page.role.meaning : page.role.without
        }
    }
}
