"""A window like the touch screen's, all in one colour: each pixel that differs is somebody else's."""

import sys

from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QRasterWindow

COLOUR = (255, 0, 255)


class PlainWindow(QRasterWindow):
    """Covers the screen as the kiosk's window does."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name.
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), self.height(), QColor(*COLOUR))
        painter.end()


def main() -> int:
    """Show it until it is ended."""
    application = QGuiApplication(sys.argv)
    window = PlainWindow()
    # Without a window manager nobody else makes it as large as the screen.
    window.setGeometry(application.primaryScreen().geometry())
    window.showFullScreen()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
