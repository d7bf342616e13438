"""Every code has its entry, every sentence its facts, and nothing of it asks for what a screen has not."""

import ast
import string
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

import pytest

from stagebox.messages.code_catalogue import (
    ON_SCREEN,
    REMEDY,
    check_entries,
    check_title,
    entries,
    entry,
    loss_rank,
    role_name,
    say,
    say_check,
    say_live,
    short,
    template,
    worded,
)
from stagebox.messages.common import TOLD_BY, WORDS
from stagebox.messages.entry import LEAST, NO_PICTURE, NO_SOUND, SOON, SPOILT, AlarmWords, CodeEntry
from stagebox.model.report import LIVE_ONLY, Code
from stagebox.model.said import said_of
from tests.messages.plain import is_plain

PACKAGE = Path(__file__).parents[2] / "stagebox"
LIVE = [(code, key, words) for code, one in entries().items() for key, words in one.live.items()]
CHECKS = [
    (f"check/{name}.{key}", words) for name, one in check_entries().items() for key, words in one.says.items()
]
RANKED = [(f"{code}/{role}", rank) for code, one in entries().items() for role, rank in one.rank.items()]


def names(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def facts(words: str) -> dict[str, str | float]:
    return {
        name: 4.5 if name.endswith(("_s", "_bytes")) or name == "n" else "a fact" for name in names(words)
    }


def test_every_code_has_an_entry_and_a_short_word() -> None:
    assert list(entries()) == list(Code)
    assert all(one.short for one in entries().values())


def test_what_recordings_have_is_documented_and_what_only_alarms_have_is_not() -> None:
    for code, one in entries().items():
        assert (one.after is None) == (code in LIVE_ONLY), code


@pytest.mark.parametrize(("code", "key", "words"), LIVE, ids=str)
def test_an_alarms_sentences_are_filled_and_their_remedies_fit_the_screen(
    code: Code, key: str, words: AlarmWords
) -> None:
    given = facts(words.message) | facts(words.remedy) | facts(words.on_screen)
    message, remedy = say_live(code, key, **given)
    assert message
    assert "{" not in message + remedy
    assert is_plain(words.on_screen or words.remedy), f"{code}.{key} needs an on_screen"
    assert is_plain(words.message), f"{code}.{key}"
    assert template(f"{code}.{key}.{ON_SCREEN}") == (words.on_screen or words.remedy)


@pytest.mark.parametrize(("code", "words"), CHECKS, ids=str)
def test_what_the_doctor_says_is_filled_and_its_remedy_fits_the_screen(code: str, words: AlarmWords) -> None:
    given = facts(words.message) | facts(words.remedy) | facts(words.on_screen)
    for which in ("", f".{REMEDY}", f".{ON_SCREEN}"):
        assert "{" not in say(f"{code}{which}", **given)
    assert is_plain(words.message)
    assert is_plain(words.on_screen or words.remedy), f"{code} needs an on_screen"


def test_each_check_has_one_name_and_stands_in_one_file() -> None:
    named = [check for one in check_entries().values() for check in one.titles]
    assert len(set(named)) == len(named)
    assert check_title("mic") == "Microphone"
    assert check_title("of_tomorrow") == ""
    assert say_check("camera", "seen")[0].said.code == "check/picture.seen"


def test_what_a_report_says_is_known_by_its_key() -> None:
    for code, one in entries().items():
        for key, words in one.after.says.items() if one.after is not None else ():
            given = facts(words.message) | facts(words.remedy)
            for which in ("", f".{REMEDY}", f".{ON_SCREEN}"):
                assert say(f"{code}+{key}{which}", **given), f"{code}+{key}{which}"


def test_a_sentence_keeps_what_it_is_made_of() -> None:
    made = say("disk_low.minutes", n=3)
    assert made == "The disk has room for only 3 minutes of recording."
    assert (said_of(made).code, said_of(made).facts) == ("disk_low.minutes", {"n": 3})
    assert say("disk_low.minutes", n=1) == "The disk has room for only 1 minute of recording."


def test_what_is_not_in_the_catalogue_is_refused_and_named() -> None:
    for code in ("nothing", "black.nothing", "nothing.slides", "black+nothing"):
        assert template(code) is None
        with pytest.raises(KeyError, match="nothing"):
            say(code)
    with pytest.raises(KeyError, match="n"):
        say("disk_low.minutes")


def test_what_is_not_known_here_is_told_by_its_name() -> None:
    assert entry("of_tomorrow") is None
    assert short("of_tomorrow") == "of tomorrow"
    assert role_name("second_screen") == "Second screen"
    assert loss_rank("warning", "of_tomorrow", "mic") == (1, LEAST)


def rank(named: str, level: str = "warning") -> tuple[int, int]:
    code, _, role = named.partition("/")
    return loss_rank(level, code, role)


def within(low: int, high: int) -> list[str]:
    found = [named for named, place in RANKED if low <= place < high]
    assert found
    return found


SOUNDS, OTHERS = within(NO_SOUND, NO_PICTURE), within(NO_PICTURE, SOON)


@pytest.mark.parametrize(("sound", "other"), [*product(SOUNDS, OTHERS)])
def test_no_sound_comes_before_the_picture_and_before_a_slow_computer(sound: str, other: str) -> None:
    for level in ("warning", "critical"):
        assert rank(sound, "warning") < rank(other, level)


@pytest.mark.parametrize("sound", within(NO_SOUND, NO_PICTURE))
def test_a_talk_that_is_not_recorded_comes_before_all(sound: str) -> None:
    assert all(rank(nothing, "critical") < rank(sound, "critical") for nothing in within(0, NO_SOUND))


def test_what_is_only_noted_comes_last() -> None:
    assert rank("silent/mic", "note") > rank("stream_slow/stream", "warning")


def test_each_place_in_the_order_is_taken_once() -> None:
    places = [place for _, place in RANKED]
    assert len(set(places)) == len(places)
    assert set(TOLD_BY) | set(chain(*TOLD_BY.values())) <= {str(code) for code in Code}


def test_shared_words_fit_the_screen() -> None:
    assert all(is_plain(one.on_screen or one.remedy) for one in WORDS.values())


def test_english_may_know_more_than_the_code() -> None:
    made = worded("start_refused", "OBS refused: 500, disk full.", reason="500")
    assert made == "OBS refused: 500, disk full."
    assert said_of(made).code == "start_refused"


def test_a_picture_is_one_of_the_worst() -> None:
    assert isinstance(entry("black"), CodeEntry)
    assert NO_PICTURE <= loss_rank("warning", "black", "slides")[1] < SPOILT


TO_THE_LOG = {"obs/link.py", "obs/meters.py", "serve/watchdog.py"}
"""What a lost request or a service manager is told: no person reads it."""


def sentences(node: ast.AST) -> Iterator[str]:
    """What reads like a sentence below a node, but for docstrings, errors that are raised, and the log."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant | ast.JoinedStr):
            words = ast.unparse(child).strip("f'\"")
            reads = words[:1].isupper() and " " in words and words.endswith((".", "!", "?"))
            if reads and not words.startswith(("SELECT", "DELETE")):
                yield words
            continue
        called = ast.unparse(child.func) if isinstance(child, ast.Call) else ""
        documents = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        logs = called.split(".")[0] in ("log", "_log") or called.endswith(("Error", "__init__"))
        if not (documents or logs or isinstance(child, ast.Raise)):
            yield from sentences(child)


@pytest.mark.parametrize("room", ["engine", "health", "obs", "serve"])
def test_no_sentence_for_people_is_made_beside_the_catalogue(room: str) -> None:
    paths = sorted((PACKAGE / room).rglob("*.py"))
    assert paths
    for path in paths:
        if str(path.relative_to(PACKAGE)) not in TO_THE_LOG:
            assert not list(sentences(ast.parse(path.read_text()))), path
