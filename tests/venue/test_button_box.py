"""A button box on a real pty, a real `stagebox serve` and a real OBS."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from stagebox.rehearsal.canvas_ladder import SMALLEST
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.simulated_button_box import SimulatedBox
from stagebox.rehearsal.venue import Venue

pytestmark = pytest.mark.venue
SOON_S = 20.0

SETTINGS = """
[button_box]
boxes = ["{link}"]
[button_box.buttons]
1 = "scene screen"
2 = "scene speaker"
3 = "record toggle"
4 = "mark"
[button_box.lamps]
1 = "program screen"
2 = "program speaker"
3 = "recording"
"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SimulatedBox, ServingVenue]]:
    folder = tmp_path_factory.mktemp("box")
    link = folder / "box"
    with (
        Venue() as venue,
        ServingVenue(venue, folder, more=SETTINGS.format(link=link), rung=SMALLEST) as serving,
        SimulatedBox(link) as box,
    ):
        box.wait_for_lamps(lambda shown: bool(shown) and set(shown) != {"s"}, SOON_S)
        yield box, serving


def press(
    box: SimulatedBox, serving: ServingVenue, button: int, holds: Callable[[dict[str, Any]], bool]
) -> None:
    """Press until it counts, and keep the finger there: on a machine that stands still, a press is stale."""
    for attempt in range(4):
        box.press(button)
        try:
            serving.client.wait_for(holds, 6.0)
            return
        except TimeoutError:
            assert attempt < 3, serving.client.state()["health"]["button_box"]
            box.release(button)
            time.sleep(0.1)


def obs_of(folder: Path) -> psutil.Process:
    """The OBS that runs with this home."""
    for process in psutil.process_iter(["name", "environ"]):
        if process.info["name"] == "obs" and str(folder) in str(process.info["environ"]):
            return process
    raise AssertionError("there is no OBS")


def test_a_lamp_is_lit_only_after_obs_has_confirmed(stage: tuple[SimulatedBox, ServingVenue]) -> None:
    box, serving = stage
    press(box, serving, 2, lambda shot: shot["program_scene"] == "speaker")
    box.release(2)
    box.wait_for_lamps(lambda shown: shown.startswith("01"), SOON_S)
    obs = obs_of(serving.state_dir)
    obs.send_signal(signal.SIGSTOP)
    try:
        press(box, serving, 1, lambda shot: shot["wanted_scene"] == "screen")
        with pytest.raises(TimeoutError):
            box.wait_for_lamps(lambda shown: shown.startswith("1"), 1.0)
    finally:
        obs.send_signal(signal.SIGCONT)
        box.release(1)
    box.wait_for_lamps(lambda shown: shown.startswith("10"), SOON_S)
    assert serving.client.state()["program_scene"] == "screen"


def test_a_recording_survives_its_box_and_only_a_hold_ends_it(
    stage: tuple[SimulatedBox, ServingVenue],
) -> None:
    box, serving = stage
    press(box, serving, 3, lambda shot: bool(shot["recording"]))
    assert serving.client.state()["session"]["origin"] == "button"
    box.unplug()
    told = serving.client.wait_for(
        lambda shot: any(alarm["code"] == "button_box_gone" for alarm in shot["alarms"]), SOON_S
    )
    assert told["recording"] is True
    box.plug()  # with the finger on the button still
    box.wait_for_lamps(lambda shown: shown[2:3] == "1", SOON_S)  # proven
    cleared = serving.client.wait_for(lambda shot: shot["health"]["button_box"]["state"] == "fine", SOON_S)
    assert cleared["recording"] is True
    box.release(3)
    press(
        box,
        serving,
        4,
        lambda shot: any((a["kind"], a["status"]) == ("mark_moment", "done") for a in shot["answers"]),
    )
    box.release(4)
    press(box, serving, 3, lambda shot: shot["recording"] is False)
    box.release(3)
