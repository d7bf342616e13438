"""Gathers every text that people read into the languages' .po files: `scripts/translate`.

A text that is gone is taken out, a new one is added without a translation. Exit code 1 when some have none.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from stagebox.messages.languages import FOLDER

ROOT = Path(__file__).resolve().parents[2]
Keywords = dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None]
PYTHON: Keywords = {"msg": None, "translate": None, "_translate": None, "CountedWords": (1, 2)}
QML: Keywords = {"qsTr": None}
WIDTH = 110
DATED = ("POT-Creation", "PO-Revision", "Last-Translator", "Language-Team", "Report-Msgid", "Generated-By")

Text = str | tuple[str, ...]


def gathered(root: Path = ROOT) -> dict[Text, list[str]]:
    """Every text of the code, with what a translator should know of it; those that count with both forms."""
    found: dict[Text, list[str]] = {}
    for method, keywords, paths in (
        ("python", PYTHON, sorted((root / "stagebox").rglob("*.py"))),
        ("javascript", QML, sorted((root / "ui").rglob("*.qml"))),
    ):
        for path in paths:
            for text, notes in _texts(method, keywords, path):
                known = found.setdefault(text, [])
                known += [note for note in notes if note not in known]
    return found


def _texts(method: str, keywords: Keywords, path: Path) -> Iterator[tuple[Text, list[str]]]:
    with path.open("rb") as file:
        for _, text, notes, _ in extract(method, file, keywords):
            if isinstance(text, tuple) and method == "javascript":
                yield text[0], [text[1]]
            elif text:
                yield text, list(notes)


def updated(known: Catalog, texts: dict[Text, list[str]]) -> Catalog:
    """The catalogue with these texts alone: those that it knew keep their translation."""
    made = Catalog(locale=known.locale, header_comment=known.header_comment, fuzzy=False)
    made.mime_headers = [("Plural-Forms", known.plural_forms)]  # Babel's own differ: French for millions
    for text, notes in texts.items():
        before = known.get(text)
        made.add(text, before.string if before is not None else "", auto_comments=notes)
    return made


def untold(catalog: Catalog) -> list[str]:
    """The texts that have no translation, or not all forms of it."""
    lacking = []
    for message in catalog:
        told = message.string if isinstance(message.string, list | tuple) else (message.string,)
        if message.id and not (told and all(told)):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def read(path: Path) -> Catalog:
    """The catalogue of a .po file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def written(catalog: Catalog) -> bytes:
    """A .po file: no dates and no names in it, so that it changes only where a text does."""
    out = BytesIO()
    write_po(out, catalog, width=WIDTH, no_location=True, ignore_obsolete=True)
    lines = out.getvalue().splitlines(keepends=True)
    dated = tuple(f'"{name}'.encode() for name in DATED)
    return b"".join(line for line in lines if not line.startswith(dated))


def main() -> int:
    """Bring each language up to date, and tell what is not translated."""
    texts, lacking = gathered(), 0
    for path in sorted(FOLDER.glob("*.po")):
        catalog = updated(read(path), texts)
        path.write_bytes(written(catalog))
        for english in untold(catalog):
            print(f"{path.stem}: {english}")
            lacking += 1
    print(f"{len(texts)} texts, {lacking} translations lacking")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
