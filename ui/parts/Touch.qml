import QtQuick

// A finger on its parent. Down and up within it is a touch, however long it lasts: people hold what they are unsure of,
// and on a busy computer a short touch arrives as a long one.
TapHandler {
    gesturePolicy: TapHandler.ReleaseWithinBounds
    longPressThreshold: 0
}
