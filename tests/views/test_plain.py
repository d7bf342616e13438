"""No sentence that can reach the touch screen names a settings key, a command, or a way into OBS."""

import ast
from pathlib import Path

import pytest

from stagebox.messages.code_catalogue import entries, on_screen, template
from stagebox.messages.passing import SENTENCES
from stagebox.model.report import Code
from stagebox.model.said import Said
from stagebox.views import finding_words
from stagebox.views.view import in_english
from tests.messages.plain import is_plain

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "words",
    [
        "Set sources.mic in stagebox.toml.",
        "Run `stagebox provision`.",
        "Run “stagebox provision”, which puts it back.",
        "Look at OBS's own window for a question it asks.",
        "Choose the right microphone in OBS.",
        "Unmute it in OBS's audio mixer.",
        "Give stagebox the right to write there, or set another recording.folder.",
        "See the log.",
        "Correct button_box.",
        "Correct the file.",
        "Correct the name, or leave it out.",
        "Correct this key.",
    ],
)
def test_what_wants_a_keyboard_is_known(words: str) -> None:
    assert not is_plain(words)


@pytest.mark.parametrize(
    "words",
    [
        "The microphone is muted in OBS.",
        "OBS records silence, but the room is not silent.",
        "stagebox starts the source again. If nothing moves, touch reset.",
        "The recording's file is gone: /media/talks/recordings/a.flv.",
        "Its device is gone (/dev/video0).",
        "Touch “Build the scenes again”.",
        "Mr. Obs is speaking about health.",
    ],
)
def test_facts_and_touches_are_left_alone(words: str) -> None:
    assert is_plain(words)


def test_the_screens_own_words_are_all_plain() -> None:
    for words in (finding_words.finding_advice(code, in_english, still_here=True) for code in Code):
        assert is_plain(words), words


def sentences_in(folder: str) -> list[tuple[str, str]]:
    """Every text of a room that is no docstring, with the file that it stands in."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(path.read_text())
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else None
            if isinstance(text, str) and " " in text:
                found.append((path.name, text))
    return found


OF_A_TERMINAL = {"Copy the password from OBS (Tools, WebSocket Server Settings) into obs.password_file."}
"""For who joins an OBS of their own; the screen has other words for it, see the next test."""


@pytest.mark.parametrize("folder", ["stagebox/health", "stagebox/kiosk"])
def test_no_rule_and_no_screen_says_what_only_a_terminal_can_do(folder: str) -> None:
    for file, words in sentences_in(folder):
        assert words in OF_A_TERMINAL or is_plain(words), f"{file}: {words}"


@pytest.mark.parametrize("code", SENTENCES)
def test_what_is_said_in_passing_can_be_done_at_the_screen(code: str) -> None:
    words = template(on_screen(Said(code=code)).code)
    assert words is not None
    for one in (words, getattr(words, "many", words)):
        assert is_plain(one), f"{code} needs a {code}.screen"


def test_what_a_report_says_can_be_done_at_the_screen() -> None:
    for code, known in entries().items():
        for key in known.after.says if known.after is not None else ():
            for which in ("", ".remedy"):
                words = template(on_screen(Said(code=f"{code}+{key}{which}")).code) or ""
                assert is_plain(words), f"{code}+{key}"
