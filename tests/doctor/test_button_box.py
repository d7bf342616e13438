"""The checklist's line on the button box: with a stagebox that runs, and at the ports themselves."""

from collections.abc import Callable
from typing import Any

import pytest

from stagebox.devices.buttonbox.codec import Hello
from stagebox.devices.buttonbox.finder import PortCandidate
from stagebox.doctor import button_box
from stagebox.doctor.button_box import at_the_ports, through_stagebox
from stagebox.doctor.result import CheckLevel
from stagebox.model.errors import StageboxError
from stagebox.model.settings import ButtonBoxSettings

PORT = "/dev/serial/by-id/usb-box"


def hello(box: str = "left", buttons: int = 6) -> Hello:
    return Hello(box=box, buttons=buttons, lamps=buttons, nonce=1, box_ms=0, seq=1)


def asked(answer: Hello | StageboxError) -> Callable[[str, float], Hello]:
    def ask(path: str, timeout_s: float) -> Hello:
        assert path.startswith("/dev/")
        assert timeout_s > 0
        if isinstance(answer, StageboxError):
            raise answer
        return answer

    return ask


def settings(*boxes: str, **buttons: str) -> ButtonBoxSettings:
    return ButtonBoxSettings(boxes=boxes, buttons={key.lstrip("b"): words for key, words in buttons.items()})


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> None:
    """One board is plugged in."""
    monkeypatch.setattr(button_box, "candidates", lambda boxes: (PortCandidate("/dev/ttyACM0"),))


def test_none_that_is_wanted_is_good() -> None:
    found = at_the_ports(settings(), asked(hello()))
    assert (found.level, found.summary) == (CheckLevel.GOOD, "None is set up.")


def test_a_box_that_answers_is_good() -> None:
    found = at_the_ports(settings(PORT, b6="mark"), asked(hello()))
    assert (found.level, found.summary) == (CheckLevel.GOOD, "It answers: left.")
    assert found.evidence == {"left": {"buttons": 6, "lamps": 6}}


def test_a_port_that_somebody_uses_is_said_with_its_cure() -> None:
    busy = StageboxError(f"The button box at {PORT} cannot be reached: in use.", "See the monitor.")
    found = at_the_ports(settings(PORT), asked(busy))
    assert (found.level, found.summary, found.remedy) == (CheckLevel.LOOK, busy.what, "See the monitor.")


def test_a_box_that_is_gone_is_named_with_the_one_that_is_there(board: None) -> None:
    found = at_the_ports(settings("right"), asked(hello("left")))
    assert found.level is CheckLevel.LOOK
    assert found.summary == "The button box “right” is not there, but another one is: left."
    assert found.remedy


def test_a_board_that_is_no_box_says_nothing_for_itself(board: None) -> None:
    found = at_the_ports(settings("left"), asked(StageboxError("Nobody answers.", "Look.")))
    assert found.summary == "The button box “left” is not there."


def test_a_box_with_too_few_buttons_is_to_be_looked_at() -> None:
    found = at_the_ports(settings(PORT, b6="mark"), asked(hello(buttons=4)))
    assert found.level is CheckLevel.LOOK
    assert found.summary == "The settings use button 6, but the button box “left” has only 4."


@pytest.mark.parametrize(
    ("state", "words", "level", "summary"),
    [
        ("fine", "", CheckLevel.GOOD, "It answers: left."),
        ("note", "It is looked for.", CheckLevel.NOTE, "It is looked for."),
        ("warning", "The box is gone.", CheckLevel.LOOK, "The box is gone."),
        ("unknown", "", CheckLevel.LOOK, "It is not known whether the button box works."),
    ],
)
def test_a_stagebox_that_runs_says_it_for_its_boxes(
    state: str, words: str, level: CheckLevel, summary: str
) -> None:
    told: dict[str, Any] = {"state": state, "words": words, "remedy": "", "boxes": [{"box": "left"}]}
    found = through_stagebox({"health": {"button_box": told}})
    assert (found.level, found.summary) == (level, summary)
