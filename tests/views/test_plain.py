"""No sentence that can reach the touch screen names a settings key, a command, or a way into OBS."""

import ast
from pathlib import Path
from typing import Any

import pytest

from stagebox.model.report import Code
from stagebox.views import finding_words
from stagebox.views.plain import is_plain, plain
from stagebox.views.view import in_english
from tests.views.snapshots import NOW, alarm, recording, session, well
from tests.views.test_view import shown

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


def test_the_fact_stays_and_the_command_becomes_a_touch() -> None:
    assert plain("OBS lacks the scenes. Run `stagebox provision`.", "Tell the crew.") == (
        "OBS lacks the scenes. Tell the crew."
    )


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
        assert file == "plain.py" or words in OF_A_TERMINAL or is_plain(words), f"{file}: {words}"


TERMINAL = "It is not so. Set sources.mic in stagebox.toml, or run `stagebox provision`."


@pytest.mark.parametrize(
    "snapshot",
    [
        recording(alarms=[alarm("missing", "mic") | {"message": "It is gone.", "remedy": TERMINAL}]),
        well(notice=TERMINAL),
        well(finished=[session(phase="done", verdict="failed", ended_utc=NOW, summary=TERMINAL)]),
        well(stream=well()["stream"] | {"problem": "No target.", "remedy": TERMINAL}),
        well(
            set_up=well()["set_up"]
            | {
                "checklist": {
                    "utc": NOW,
                    "running": False,
                    "speak_s": 0.0,
                    "lines": [
                        {
                            "check": "mic",
                            "title": "Microphone",
                            "level": "look",
                            "summary": "It is silent.",
                            "remedy": TERMINAL,
                        }
                    ],
                }
            }
        ),
    ],
    ids=["alarm", "notice", "session", "stream", "check"],
)
def test_whatever_serve_says_the_screen_asks_for_no_terminal(snapshot: dict[str, Any]) -> None:
    texts: list[str] = []

    def gather(value: Any) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            for one in value:
                gather(one)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                gather(getattr(value, name))

    gather(shown(snapshot))
    assert not any("stagebox.toml" in one or "provision" in one for one in texts)
