pragma Singleton

import QtQuick

// The one place for colours, sizes and type. Contrasts keep WCAG AA: 4.5:1 for text, 3:1 for large text and shapes.
QtObject {
    // Set by Main.qml: everything scales with the screen.
    property real screenWidth: 1366
    property real screenHeight: 768

    readonly property real unit: Math.max(0.8, Math.min(screenWidth / 1366, screenHeight / 768))
    readonly property bool compact: screenHeight < 680

    readonly property color ground: "#0e1115"
    readonly property color surface: "#161b21"
    readonly property color raised: "#1f262e"
    readonly property color pressed: "#2c3641"
    readonly property color line: "#2d3640"
    readonly property color edge: "#66737f"
    readonly property color text: "#f3f6f8"
    readonly property color quiet: "#9fabb7"
    readonly property color red: "#ff5a52"
    readonly property color green: "#44d492"
    readonly property color amber: "#ffb52e"
    readonly property color blue: "#63b3ff"
    readonly property color redGround: "#4a1412"
    readonly property color redQuiet: "#351f20"
    readonly property color amberGround: "#45300a"
    readonly property color greenGround: "#143824"
    readonly property color blueGround: "#14304d"
    readonly property color onBright: "#0e1115"
    readonly property color veil: "#330e1115"
    readonly property color still: "#000000"
    readonly property color redInk: "#ffb9b4"
    readonly property color levelGood: "#2c9d6b"
    readonly property color levelHigh: "#c98a1c"
    readonly property color scaleHigh: "#241f14"
    readonly property color scaleLoud: "#2a1416"
    readonly property color barGood: "#2d8a60"
    readonly property color barBusy: "#2f6ea8"
    readonly property color barBad: "#8a3734"

    readonly property int grid: px(8)
    readonly property int gap: px(compact ? 12 : 16)
    readonly property int margin: px(compact ? 16 : 24)
    readonly property int radius: px(14)
    // Room for what wants attention, on every screen and always.
    readonly property int strip: px(compact ? 100 : 96)
    readonly property int touch: Math.max(64, px(64))
    readonly property int mainTouch: Math.max(120, px(104))

    readonly property int tiny: Math.max(12, px(13))
    readonly property int small: Math.max(13, px(15))
    readonly property int body: px(18)
    readonly property int large: px(21)
    // Read from three metres: a capital of 4.8 mm on a screen of 15.6 inches.
    readonly property int far: px(26)
    readonly property int title: px(28)
    readonly property int huge: px(58)

    function px(number: real): int {
        return Math.round(number * unit);
    }

    function time(level: string): color {
        return {
            amber: amber,
            red: red
        }[level] ?? text;
    }

    function shapeGround(shape: string): color {
        return {
            fine: greenGround,
            warn: amberGround,
            bad: redGround,
            busy: blueGround
        }[shape] ?? raised;
    }
}
