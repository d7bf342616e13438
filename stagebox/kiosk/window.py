"""The window: Qt application, fonts, language, QML. Made of parts so that tests can drive each."""

import os
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QSize,
    Qt,
    QTranslator,
    QUrl,
)
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication
from PySide6.QtQuick import QQuickView

from stagebox.kiosk.compiled import translator_of
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.pictures import LiveImages
from stagebox.messages.languages import Language, language
from stagebox.model.errors import StorageError

GROUND = "#0e1115"
FIRST_WORD = ("anywhere", "Open")


def software_needed(dri: Path = Path("/dev/dri")) -> bool:
    """Whether there is no GPU to draw with: no render node, and nobody chose a backend."""
    if "QT_QUICK_BACKEND" in os.environ or os.name != "posix":
        return False
    return not any(dri.glob("render*")) if dri.is_dir() else True


def make_application() -> QGuiApplication:
    """The Qt application.

    Qt's own warnings go to standard error. A message handler in Python must not be: QML's loader thread
    would wait in it for Python's lock, which the loading thread holds.
    """
    if software_needed():
        os.environ["QT_QUICK_BACKEND"] = "software"
    QCoreApplication.setApplicationName("stagebox kiosk")
    return QGuiApplication(["stagebox-kiosk"])


def load_language(code: str) -> tuple[Language, QTranslator]:
    """A language ("auto" is the computer's), and Qt's translator of it, which is installed."""
    words = language(code)
    known = {english: told for english, told in words.words.items() if isinstance(told, str) and told}
    translator = translator_of(known)
    QCoreApplication.installTranslator(translator)
    # The first call asks Python whether it has a method of its own there, and keeps the answer. From QML's
    # loader thread it would wait for Python's lock for ever, which this thread holds while it loads.
    QCoreApplication.translate(*FIRST_WORD)
    return words, translator


def choose_font() -> str:
    """Inter, or what the system has instead."""
    families = set(QFontDatabase.families())
    return next((one for one in ("Inter", "Noto Sans", "DejaVu Sans") if one in families), "sans-serif")


class Kiosk:
    """The window with its QML: made and loaded, not yet shown. `page` is what it shows, a file of `ui`.

    Raises StorageError when the QML cannot be loaded.
    """

    def __init__(self, ui: Path, box: KioskController, size: QSize | None, page: str = "Main.qml") -> None:
        self.box = box
        self.view = QQuickView()
        self.view.setTitle("stagebox")
        self.view.setColor(QColor(GROUND))
        self.view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        engine = self.view.engine()
        engine.addImageProvider("live", LiveImages(box.pictures))
        context = engine.rootContext()
        context.setContextProperty("box", box)
        context.setContextProperty("fontFamily", choose_font())
        self._size = size
        if size is not None:
            self.view.resize(size)
        self.view.setSource(QUrl.fromLocalFile(str(ui / page)))
        if self.view.status() != QQuickView.Status.Ready:
            words = "; ".join(error.toString() for error in self.view.errors())
            raise StorageError(f"The screen cannot be drawn: {words}", "Install stagebox again.")

    def show(self, *, second: bool = False) -> None:
        """Show it: in a window of the size given, or over the whole screen without a cursor.

        `second`: over the last of several screens.
        """
        if second:
            self.view.setScreen(QGuiApplication.screens()[-1])
        if self._size is None:
            self.view.setCursor(Qt.CursorShape.BlankCursor)
            # A window manager makes it the whole screen; on a bare X there is none.
            self.view.setGeometry(self.view.screen().geometry())
            self.view.showFullScreen()
        else:
            self.view.show()

    def close(self) -> None:
        """Take the window down."""
        self.view.close()
        self.view.setSource(QUrl())
