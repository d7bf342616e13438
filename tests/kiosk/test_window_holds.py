"""How long a finger stays never loses a touch, nor does a computer that is too busy to look at it in time."""

import time

import pytest
from PySide6.QtCore import QPoint

from tests.kiosk.conftest import Finger, Sent
from tests.views.snapshots import recording, well

pytestmark = pytest.mark.venue


@pytest.mark.parametrize("seconds", [0.9, 2.5])
@pytest.mark.parametrize(
    ("touched", "want"), [("record-start", "start_recording"), ("tile-speaker", "switch_scene")]
)
def test_a_long_touch_is_a_touch(finger: Finger, sent: Sent, touched: str, want: str, seconds: float) -> None:
    finger.tell(well())
    finger.hold(touched, seconds)
    assert [one["kind"] for _, one in sent] == [want]


def test_a_way_is_opened_by_a_finger_that_stays(finger: Finger) -> None:
    finger.tell(well())
    finger.hold("way-sessions", 0.9)
    assert finger.box.screen == "sessions"


def test_a_long_touch_that_slides_off_does_nothing(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.down(finger.middle("record-start"))
    finger.pause(0.9)
    finger.move(QPoint(200, 500))
    finger.up(QPoint(200, 500))
    assert len(sent) == 0


def test_a_touch_counts_on_a_screen_that_was_too_busy_to_look(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    at = finger.middle("tile-speaker")
    finger.down(at)
    time.sleep(1.2)
    finger.up(at)
    assert [one["kind"] for _, one in sent] == ["switch_scene"]


def test_a_hold_counts_once_on_a_screen_that_was_too_busy_to_fill_the_bar(finger: Finger, sent: Sent) -> None:
    finger.tell(recording())
    at = finger.middle("record-stop")
    finger.down(at)
    time.sleep(1.2)
    finger.up(at)
    finger.pause(1.3)
    assert [one["kind"] for _, one in sent] == ["stop_recording"]


def test_a_held_delete_goes_on(finger: Finger) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-rub"))
    field = finger.find("field-title-input")
    field.setProperty("text", "x" * 40)
    field.setProperty("cursorPosition", 40)
    finger.tap("key-rub")
    assert len(field.property("text")) == 39
    finger.hold("key-rub", 1.2)
    assert len(field.property("text")) < 36
