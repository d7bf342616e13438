"""Nothing moves away from under a finger: every control has one place, whatever is said above it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from stagebox import resources
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk
from tests.kiosk.conftest import Finger, Sent
from tests.kiosk.faces import SNAPSHOTS, faces, offering
from tests.kiosk.languages import speaking
from tests.kiosk.tree import below, controls, is_named, place
from tests.views.snapshots import alarm, recording, well

pytestmark = pytest.mark.venue

SIZES = [(1366, 768), (1920, 1080), (1024, 600)]
BY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
Place = tuple[int, int, int, int]


def part_of(face: str) -> str:
    """What of the screen a face is about: between its states nothing may move."""
    screen, _, state = face.partition(": ")
    if screen == "live" and state.startswith("schedule"):
        # A box has a schedule or it has none: what is beside the stop comes with the schedule, and stays.
        return "live, with a schedule"
    if screen in ("gone", "stale", "locked"):
        return "live"
    if screen in ("keyboard", "setup") and "," in state:
        return f"{screen}: {state.partition(',')[0]}"
    return "setup: button box" if state.startswith("button box") else screen


def scrolls(item: QQuickItem) -> bool:
    """Whether it is in a list that moves under the finger, and grows with what is told."""
    above = item.parentItem()
    while above is not None and not is_named(above, "QQuickFlickable"):
        above = above.parentItem()
    return above is not None


def places(root: QQuickItem) -> Iterator[tuple[str, Place]]:
    """Each control that a finger reaches now, and where it is."""
    for item in below(root):
        item.ensurePolished()
    for item in controls(root):
        if item.objectName() and not scrolls(item):
            at = place(item)
            yield item.objectName(), (round(at.x()), round(at.y()), round(at.width()), round(at.height()))


@BY_SIZE
@pytest.mark.parametrize("language", ["en", "cs"])
def test_every_control_has_one_place_in_all_states(
    application: QGuiApplication, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    seen: dict[tuple[str, str], dict[Place, str]] = {}
    with speaking(language) as (translate, code):
        box = KioskController(memory_file=tmp_path / "kiosk.json", translate=translate, language=code)
        kiosk = Kiosk(resources.folder("ui"), box, QSize(*size))
        kiosk.show()
        finger = Finger(application, kiosk)
        for face in faces(kiosk, finger.tell):
            for name, at in places(kiosk.view.rootObject()):
                seen.setdefault((part_of(face), name), {}).setdefault(at, face)
        kiosk.close()
    assert len(seen) > 100
    assert {key: at for key, at in seen.items() if len(at) > 1} == {}


ARRIVALS = {
    "an alarm": recording(alarms=[alarm("no_signal", "slides")]),
    "three alarms and a note": SNAPSHOTS["alarms and a notice"],
    "an offer": offering(recording(), "replace_obs", "obs_stuck", "obs"),
    "OBS gone": SNAPSHOTS["obs away"],
    "nothing any more": recording(),
}


@BY_SIZE
@pytest.mark.parametrize("arrives", ARRIVALS)
def test_a_touch_at_the_moment_a_banner_arrives_does_what_was_meant(
    finger: Finger, sent: Sent, size: tuple[int, int], arrives: str
) -> None:
    finger.resize(*size)
    before = ARRIVALS["an alarm"] if arrives == "nothing any more" else recording()
    finger.tell(before)
    at = finger.middle("tile-speaker")
    finger.down(at)
    finger.tell(ARRIVALS[arrives])  # between down and up
    finger.up(at)
    if arrives != "OBS gone":  # then a scene cannot be switched, and its tile says so
        assert [want["scene"] for _, want in sent] == ["speaker"]
    sent.clear()
    finger.tell(before)
    finger.tap("way-setup")
    finger.wait(lambda: finger.sees("page-room"))
    at = finger.middle("page-room")
    finger.tell(ARRIVALS[arrives])  # between the look and the touch
    finger.touch(at)
    assert finger.find("setup-pages").property("page") == "room"


def test_a_stop_that_is_held_when_an_alarm_arrives_is_a_stop(finger: Finger, sent: Sent) -> None:
    finger.tell(recording())
    at = finger.middle("record-stop")
    finger.down(at)
    finger.pause(0.5)
    finger.tell(SNAPSHOTS["alarms and a notice"])
    finger.wait(lambda: len(sent) == 1)
    finger.up(at)
    assert sent[0][1] == {"kind": "stop_recording"}


def test_a_banner_that_another_takes_the_place_of_under_the_finger_does_its_own_work(
    finger: Finger, sent: Sent
) -> None:
    finger.tell(recording(alarms=[alarm("no_signal", "slides")]))
    at = finger.middle("banner-seen")
    finger.down(at)
    finger.tell(recording(alarms=[alarm("silent", "mic"), alarm("no_signal", "slides")]))
    finger.up(at)
    assert [want["alarm"]["code"] for _, want in sent] == ["no_signal"]


def test_a_list_of_talks_that_grows_under_the_finger_opens_the_one_that_was_touched(
    finger: Finger, sent: Sent
) -> None:
    first = SNAPSHOTS["done"]["finished"][0]
    later = first | {"id": "talk-2", "title": "A later one", "started_utc": first["started_utc"] + 9}
    finger.tell(well(finished=[first]))
    finger.tap("way-sessions")
    finger.wait(lambda: finger.sees("session-0"))
    at = finger.middle("session-0")
    finger.down(at)
    finger.tell(well(finished=[first, later]))
    finger.up(at)
    assert finger.box.report["id"] in ("", "talk-1")
