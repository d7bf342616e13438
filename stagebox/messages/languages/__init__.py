"""The languages: one .po file each, read when somebody asks for it."""

import locale
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from stagebox.messages.common import ROLES
from stagebox.messages.entry import CountedWords
from stagebox.model import figures
from stagebox.model.said import Fact, Said

FOLDER = Path(__file__).parent
UNREAD = "Not yet read by a native speaker"
"""Stands in the head of a file whose words nobody has read whose language it is."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its two-letter code. `words` are its words by the English ones, several where one counts.

    `native`: somebody whose language it is has read them.
    """

    code: str
    words: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    plural: Any = None
    native: bool = True

    def __call__(self, english: str) -> str:
        """The words in this language, or as they are."""
        known = self.words.get(english)
        return known if isinstance(known, str) and known else english

    def filled(self, english: str, facts: Mapping[str, Fact]) -> str:
        """The sentence with its facts in it. Raises KeyError for a fact that is missing."""
        filled: str = self._counted(english, facts).format_map(_ToldFacts(self, facts))
        return filled

    def told(self, said: Said) -> str:
        """The sentence for who reads this language.

        One that is not known here, of a newer or an older stagebox, is told in the words that came with it.
        """
        from stagebox.messages.code_catalogue import template

        english = template(said.code)
        if english is None:
            return said.words
        try:
            return self.filled(english, said.facts)
        except (KeyError, IndexError, ValueError):
            return said.words

    def _counted(self, english: str, facts: Mapping[str, Fact]) -> str:
        if not isinstance(english, CountedWords):
            return self(english)
        number = facts["n"]
        count = int(number) if isinstance(number, int | float) else 1
        known = self.words.get(english)
        if isinstance(known, tuple) and self.plural is not None:
            return known[int(self.plural(count))]
        return english if count == 1 else english.many


class _ToldFacts(dict[str, Any]):
    def __init__(self, language: Language, facts: Mapping[str, Fact]) -> None:
        super().__init__(facts)
        self._language = language

    def __getitem__(self, name: str) -> Any:
        fact = super().__getitem__(name)
        if isinstance(fact, Said):
            return self._language.told(fact)
        if name == "role":
            return self._language(ROLES.get(str(fact), str(fact)))
        if isinstance(fact, str):
            return fact
        if name.endswith("_s"):
            return figures.lasting(fact)
        if name.endswith("_bytes"):
            return figures.room_words(fact)
        return fact


ENGLISH = Language("en")


def codes() -> tuple[str, ...]:
    """The two-letter codes of all languages, English first."""
    return ("en", *sorted(path.stem for path in FOLDER.glob("*.po")))


@cache
def language(code: str) -> Language:
    """A language by its code; "auto" is the computer's. What is not known is English."""
    if code == "auto":
        code = (locale.getlocale()[0] or "en")[:2]
    path = FOLDER / f"{code}.po"
    if code == "en" or not path.is_file():
        return ENGLISH
    return read(path)


def read(path: Path) -> Language:
    """The language of a .po file. Raises OSError, and ValueError for a file that is none."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalog = read_po(file, locale=path.stem)
    words: dict[str, str | tuple[str, ...]] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        english = message.id[0] if isinstance(message.id, list | tuple) else message.id
        told = message.string
        words[english] = tuple(told) if isinstance(told, list | tuple) else told or ""
    return Language(path.stem, words, _plural_of(catalog), UNREAD not in catalog.header_comment)


def _plural_of(catalog: Any) -> Any:
    from gettext import c2py

    return c2py(catalog.plural_expr)
