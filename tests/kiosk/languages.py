"""The screen in another language, also in one that no one speaks: 40 % longer than English."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication

from stagebox.kiosk.window import load_language
from stagebox.messages import languages
from stagebox.messages.languages import FOLDER, Language
from tests.messages import gathering

TAIL = "ěšč řžý áíé ůúň ďťó " * 20


def longer(text: str) -> str:
    """The text made 40 % longer; one word stays one word."""
    more = TAIL[: round(len(text) * 0.4)].strip()
    return f"{text} {more}" if " " in text and len(more) > 3 else text + more.replace(" ", "")


def write_pseudo_language(path: Path) -> None:
    """A .po file like a real one, in which everything but the keys of the keyboard is longer."""
    known = gathering.read(FOLDER / "cs.po")
    for message in known:
        keyboard = any("keyboard" in note for note in message.auto_comments)
        change = str if keyboard else longer
        told = message.string
        message.string = (
            tuple(change(one) for one in (message.id[0], message.id[1], message.id[1]))
            if isinstance(told, list | tuple)
            else change(message.id)
        )
    path.write_bytes(gathering.written(known))


@contextmanager
def speaking(code: str) -> Iterator[tuple[Language, str]]:
    """Install a language for the time of the block: it, and its code."""
    with tempfile.TemporaryDirectory() as folder, patch.object(languages, "FOLDER", Path(folder)):
        if code == "pseudo":
            code = "xx"
            write_pseudo_language(Path(folder) / "xx.po")
        elif code != "en":
            (Path(folder) / f"{code}.po").symlink_to(FOLDER / f"{code}.po")
        languages.language.cache_clear()
        loaded, translator = load_language(code)
        try:
            yield loaded, code
        finally:
            QCoreApplication.removeTranslator(translator)
            languages.language.cache_clear()
