"""The screen in another language, also in one that no one speaks: 40 % longer than English."""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from stagebox import resources
from stagebox.kiosk.seen import Translate
from stagebox.kiosk.window import load_language

TAIL = "ěšč řžý áíé ůúň ďťó " * 20


def longer(text: str) -> str:
    """The text made 40 % longer; one word stays one word."""
    more = TAIL[: round(len(text) * 0.4)].strip()
    return f"{text} {more}" if " " in text and len(more) > 3 else text + more.replace(" ", "")


def pseudo_language() -> QTranslator:
    """Compiled like a real one: a translator in Python would deadlock with QML's loader thread."""
    words = ET.parse(resources.folder("ui") / "i18n" / "stagebox_cs.ts")
    for message in words.getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        source = message.findtext("source") or ""
        is_keyboard = "keyboard" in (message.findtext("comment") or "")
        translation.text = source if is_keyboard else longer(source)
    with tempfile.TemporaryDirectory() as folder:
        written, compiled = Path(folder) / "xx.ts", Path(folder) / "xx.qm"
        words.write(written, encoding="utf-8")
        tool = Path(sys.executable).parent / "pyside6-lrelease"
        subprocess.run([str(tool), "-silent", str(written), "-qm", str(compiled)], check=True, timeout=60)
        translator = QTranslator()
        assert translator.load(str(compiled))
    return translator


@contextmanager
def speaking(language: str) -> Iterator[tuple[Translate, str]]:
    """Install a language for the time of the block: its translate function and code."""
    translator: QTranslator | None
    if language == "pseudo":
        translator = pseudo_language()
        QCoreApplication.installTranslator(translator)
        code, translate = "xx", QCoreApplication.translate
    else:
        loaded = load_language(resources.folder("ui"), language)
        translator, code, translate = loaded.translator, loaded.code, loaded.translate
    try:
        yield translate, code
    finally:
        if translator is not None:
            QCoreApplication.removeTranslator(translator)
