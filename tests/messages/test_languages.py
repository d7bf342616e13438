"""Every language has every text of the code, with the same places for figures, and Qt reads it."""

import re
import string
from pathlib import Path

import pytest

from stagebox.messages import languages
from stagebox.messages.languages import ENGLISH, FOLDER, Language, codes, language
from stagebox.model.said import Said
from tests.messages import gathering

TRANSLATED = [code for code in codes() if code != "en"]


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_language_has_every_text_of_the_code_and_no_other(code: str) -> None:
    path = FOLDER / f"{code}.po"
    catalog = gathering.read(path)
    fresh = gathering.updated(catalog, gathering.gathered())
    assert gathering.written(fresh) == path.read_bytes(), "run scripts/translate"
    assert gathering.untold(catalog) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_same_places_for_figures(code: str) -> None:
    for message in gathering.read(FOLDER / f"{code}.po"):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        told = message.string if isinstance(message.string, list | tuple) else (message.string,)
        for one in filter(None, told):
            assert _places(one) == _places(ids[-1]), message.id


def test_a_line_of_french_never_begins_with_its_mark() -> None:
    broken = re.compile("« | [:;?!»]")
    for message in gathering.read(FOLDER / "fr.po"):
        told = message.string if isinstance(message.string, list | tuple) else (message.string,)
        assert not message.id or not any(broken.search(one) for one in told), message.id


def _places(words: str) -> tuple[set[str], set[str]]:
    names = {name for _, name, _, _ in string.Formatter().parse(words) if name}
    return names, set(re.findall(r"%[1-9]", words))


def test_an_unknown_language_is_english_and_an_unknown_sentence_is_quoted() -> None:
    assert language("tlh") is ENGLISH
    assert language("cs").told(Said(code="of.tomorrow", words="As it came.")) == "As it came."
    assert language("cs").told(Said(code="disk_low.minutes", words="A fact lacks.")) == "A fact lacks."


def test_several_are_counted_as_the_language_counts() -> None:
    told = [language("cs").told(Said(code="disk_low.minutes", facts={"n": n})) for n in (1, 3, 7)]
    assert ["minutu" in told[0], "minuty" in told[1], "minut " in told[2]] == [True] * 3


def test_who_has_read_a_language_is_known(tmp_path: Path) -> None:
    path = tmp_path / "xx.po"
    path.write_text(
        f'# {languages.UNREAD}.\nmsgid ""\nmsgstr "Language: cs\\n"\n\nmsgid "Open"\nmsgstr ""\n', "utf-8"
    )
    told = languages.read(path)
    assert not told.native
    assert told("Open") == "Open"
    assert language("cs").native
    assert Language("en")("Open") == "Open"
