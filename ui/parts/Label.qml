import QtQuick
import ".."

// All text. It shrinks a little before it is cut; `free` text (titles that people type) may be cut.
Text {
    property bool free: false

    color: Theme.text
    font.family: fontFamily
    font.pixelSize: Theme.body
    font.features: {
        "tnum": 1
    }
    textFormat: Text.PlainText
    elide: Text.ElideRight
    fontSizeMode: free ? Text.FixedSize : Text.Fit
    minimumPixelSize: Math.max(10, Math.round(font.pixelSize * 0.62))
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
