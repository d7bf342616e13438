import QtQuick
import ".."

// Letters to touch, for a screen without a keyboard. Types into `target`, a TextInput. Its keys grow with its height.
Column {
    id: keyboard

    property var target: null
    property bool shifted: !plain
    property bool symbols: false
    // For addresses and keys: what their alphabet has, and no capital by itself.
    property bool plain: false
    // Whether another field follows this one.
    property bool goesOn: false
    // Keys that would do nothing take no touch: letters where a field is full, Delete where nothing is before the cursor.
    readonly property bool full: target === null || target.text.length >= target.maximumLength
    readonly property int keyHeight: Math.max(Theme.touch, Math.min(Theme.px(84), (height - 4 * spacing) / 5))
    readonly property var letterRows: [
        qsTr("1234567890", "keyboard row 1: digits, or the letters with accents of your language"),
        qsTr("qwertyuiop", "keyboard row 2"),
        qsTr("asdfghjkl'", "keyboard row 3"),
        qsTr("zxcvbnm,.-", "keyboard row 4")
    ]
    readonly property var symbolRows: plain ? ["1234567890", "_-=@%~*$^|", "[]{}<>,.'\"", "!?:;()/&+#"] : ["1234567890", "áéíóúàèçñø", "äöüßåæłčřž", "!?:;()/&+#"]
    signal done

    function type(character: string) {
        if (target === null)
            return;
        target.insert(target.cursorPosition, character);
        shifted = !plain && character === " " && /[.!?] $/.test(target.text);
    }

    function rub() {
        if (target !== null && target.cursorPosition > 0)
            target.remove(target.cursorPosition - 1, target.cursorPosition);
    }

    spacing: Theme.px(6)

    Repeater {
        model: keyboard.symbols ? keyboard.symbolRows : keyboard.letterRows

        Row {
            id: line

            required property string modelData

            spacing: Theme.px(6)

            Repeater {
                model: line.modelData.split("")

                TouchButton {
                    required property string modelData

                    objectName: "key-" + modelData
                    width: (keyboard.width - (line.modelData.length - 1) * line.spacing) / line.modelData.length
                    height: keyboard.keyHeight
                    radius: Theme.px(10)
                    enabled: !keyboard.full
                    label: keyboard.shifted ? modelData.toUpperCase() : modelData
                    textSize: Theme.large
                    activeFocusOnTab: false
                    onTouched: keyboard.type(label)
                }
            }
        }
    }

    Row {
        id: last

        spacing: Theme.px(6)

        TouchButton {
            objectName: "key-shift"
            width: keyboard.width * 0.14
            height: keyboard.keyHeight
            // Digits and signs have no capitals.
            enabled: !(keyboard.symbols && keyboard.plain)
            label: qsTr("Shift")
            Accessible.checkable: true
            Accessible.checked: keyboard.shifted
            ground: keyboard.shifted ? Theme.pressed : Theme.raised
            activeFocusOnTab: false
            onTouched: keyboard.shifted = !keyboard.shifted
        }

        TouchButton {
            objectName: "key-symbols"
            width: keyboard.width * 0.14
            height: keyboard.keyHeight
            label: keyboard.symbols ? "abc" : "áč!?"
            activeFocusOnTab: false
            onTouched: keyboard.symbols = !keyboard.symbols
        }

        TouchButton {
            objectName: "key-space"
            width: keyboard.width * 0.4 - 2 * last.spacing
            height: keyboard.keyHeight
            enabled: !keyboard.full
            label: qsTr("Space")
            activeFocusOnTab: false
            onTouched: keyboard.type(" ")
        }

        TouchButton {
            objectName: "key-rub"
            width: keyboard.width * 0.14
            height: keyboard.keyHeight
            enabled: keyboard.target !== null && keyboard.target.cursorPosition > 0
            label: qsTr("Delete")
            repeats: true
            activeFocusOnTab: false
            onTouched: keyboard.rub()
        }

        TouchButton {
            objectName: "key-done"
            width: keyboard.width * 0.18 - 2 * last.spacing
            height: keyboard.keyHeight
            label: keyboard.goesOn ? qsTr("Next") : qsTr("Done")
            ground: Theme.blue
            ink: Theme.onBright
            activeFocusOnTab: false
            onTouched: keyboard.done()
        }
    }
}
