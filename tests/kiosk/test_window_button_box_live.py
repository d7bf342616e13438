"""A button is given a scene by touch: real window, real `serve` and OBS, and a box on a real pty."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stagebox.rehearsal.canvas_ladder import SMALLEST
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.simulated_button_box import SimulatedBox
from stagebox.rehearsal.venue import Venue
from tests.kiosk.conftest import Finger

pytestmark = pytest.mark.venue
SOON_S = 20.0

SETTINGS = """
[button_box]
boxes = ["{link}"]
[button_box.buttons]
1 = "scene speaker"  # the left one
"""


@pytest.fixture(scope="module")
def plugged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServingVenue, SimulatedBox]]:
    folder = tmp_path_factory.mktemp("serve")
    link = folder / "box"
    with (
        Venue() as venue,
        ServingVenue(venue, folder, more=SETTINGS.format(link=link), rung=SMALLEST) as served,
        SimulatedBox(link) as box,
    ):
        yield served, box


@pytest.fixture(scope="module")
def serving(plugged: tuple[ServingVenue, SimulatedBox]) -> ServingVenue:
    """What the window of the fixture `live` shows."""
    return plugged[0]


@pytest.fixture
def box_at_hand(plugged: tuple[ServingVenue, SimulatedBox]) -> SimulatedBox:
    return plugged[1]


def in_file(serving: ServingVenue) -> dict[str, Any]:
    """The box's part of the settings file."""
    found: dict[str, Any] = tomllib.loads(Path(serving.config).read_text())["button_box"]
    return found


def face(live: Finger) -> str:
    return str(live.box.buttonBox["face"])


def press_until(live: Finger, box: SimulatedBox, button: int, came: Callable[[], object]) -> None:
    """Press as a finger does, and again: on a machine that stands still a press is stale."""
    for _ in range(4):
        box.press(button)
        live.pause(0.15)
        box.release(button)
        try:
            live.wait(came, 5.0)
            return
        except AssertionError:
            continue
    live.wait(came, 0.1)


def test_choose_press_and_the_button_does_it(
    live: Finger, serving: ServingVenue, box_at_hand: SimulatedBox
) -> None:
    live.tap_until("way-setup", lambda: live.box.screen == "setup")
    live.tap("page-buttons")
    live.wait(lambda: face(live) == "choose" and live.sees("choice-scene combo"), SOON_S)
    live.tap("choice-scene combo")
    live.wait(lambda: face(live) == "waiting", SOON_S)
    before = serving.client.state()["program_scene"]
    press_until(live, box_at_hand, 4, lambda: face(live) == "learned")
    assert serving.client.state()["program_scene"] == before  # this press did nothing else
    live.find("button-save").parentItem().ensurePolished()
    live.tap("button-save")
    live.wait(lambda: face(live) == "done", SOON_S)
    assert in_file(serving)["buttons"] == {"1": "scene speaker", "4": "scene combo"}
    assert in_file(serving)["lamps"] == {"4": "program combo"}
    assert "# the left one" in Path(serving.config).read_text()

    press_until(live, box_at_hand, 4, lambda: serving.client.state()["program_scene"] == "combo")
    box_at_hand.wait_for_lamps(lambda shown: shown[3:4] == "1", SOON_S)
    live.tap("button-leave")
    live.wait(lambda: live.sees("choice-scene combo"))
    assert live.find("choice-scene combo").property("choice")["note"] == "button 4"
    live.tap_until("way-live", lambda: live.box.screen == "live")
