"""The screen in another language, also in one that no one speaks: 40 % longer than English."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from stagebox import resources
from stagebox.kiosk.seen import Translate
from stagebox.kiosk.window import load_language


class Pseudo(QTranslator):
    """Makes each text 40 % longer, with accents, and leaves its places for figures alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def translate(self, context: str, text: str, disambiguation: str = "", n: int = -1) -> str:
        """The longer text. Keyboard rows are letters, not words."""
        del context, n
        if disambiguation or "keyboard" in (disambiguation or ""):
            return text
        return longer(text)

    def isEmpty(self) -> bool:  # noqa: N802  (Qt's name)
        return False


def longer(text: str) -> str:
    """The text with every third letter doubled and a tail, 40 % longer in all."""
    more = round(len(text) * 0.4)
    tail = ("ěšč řžý áíé ůúň ďťó " * 20)[:more].strip()
    return f"{text} {tail}" if " " in text and more > 3 else text + tail.replace(" ", "")


@contextmanager
def speaking(language: str) -> Iterator[tuple[Translate, str]]:
    """Install a language for the time of the block: its translate function and code."""
    if language == "pseudo":
        translator: QTranslator | None = Pseudo()
        assert translator is not None
        QCoreApplication.installTranslator(translator)
        code = "xx"
        translate: Translate = QCoreApplication.translate
    else:
        loaded = load_language(resources.folder("ui"), language)
        translator, code, translate = loaded.translator, loaded.code, loaded.translate
    try:
        yield translate, code
    finally:
        if translator is not None:
            QCoreApplication.removeTranslator(translator)
