"""No touch stays without an effect or an answer: what would do nothing takes no touch, and says so."""

from typing import Any

import pytest
from PySide6.QtGui import QAccessible

from tests.kiosk.conftest import Finger, Sent
from tests.kiosk.faces import SNAPSHOTS, offering
from tests.kiosk.tree import SHIELDS, controls
from tests.views.snapshots import alarm, recording, well
from tests.views.test_guide import fresh

pytestmark = pytest.mark.venue

CARD = SNAPSHOTS["card"] | {"program_scene": "intermission"}


def is_told_off(finger: Finger, name: str) -> bool:
    """Whether assistive programs are told that it takes no touch."""
    told = QAccessible.queryAccessibleInterface(finger.find(name))
    assert told is not None
    return bool(told.state().disabled)


def test_what_a_locked_screen_keeps_from_touches_is_told_as_switched_off(finger: Finger) -> None:
    finger.tell(well())
    assert not is_told_off(finger, "talk")
    finger.tap("lock")
    finger.wait(lambda: finger.sees("unlock"))
    assert is_told_off(finger, "talk")
    assert is_told_off(finger, "tile-speaker")


def test_a_tile_that_obs_cannot_show_is_told_as_switched_off(finger: Finger) -> None:
    finger.tell(well())
    assert not is_told_off(finger, "tile-speaker")
    finger.tell(SNAPSHOTS["obs away"])
    assert is_told_off(finger, "tile-speaker")


def test_what_is_waited_for_is_told_as_a_sign_and_not_as_a_button(finger: Finger) -> None:
    finger.tell(SNAPSHOTS["stopping"])
    told = QAccessible.queryAccessibleInterface(finger.find("record-wait"))
    assert told is not None
    assert told.role() == QAccessible.Role.Indicator


def test_the_talk_keeps_its_place_when_the_screen_is_locked_and_unlocked(finger: Finger) -> None:
    finger.tell(well())
    talk = finger.find("talk")
    before = (talk.x(), talk.width())
    finger.tap("lock")
    finger.wait(lambda: finger.sees("unlock"))
    finger.settle()
    assert (talk.x(), talk.width()) == before


@pytest.mark.parametrize(
    ("snapshot", "name", "kind"),
    [
        (CARD, "banner-action", "switch_scene"),
        (SNAPSHOTS["speaking"], "banner-action", "start_recording"),
        (recording(alarms=[alarm("no_signal", "slides")]), "banner-action", "switch_scene"),
        (offering(recording(), "unmute", "muted", "mic"), "banner-action", "take_remedy"),
        (offering(recording(), "replace_obs", "obs_stuck", "obs"), "banner-hold", "take_remedy"),
    ],
    ids=["a card", "speech", "slides", "muted", "OBS stuck"],
)
def test_what_a_banner_offers_and_was_asked_for_takes_no_second_touch(
    finger: Finger, sent: Sent, snapshot: dict[str, object], name: str, kind: str
) -> None:
    finger.tell(dict(snapshot))
    finger.wait(lambda: finger.sees(name))
    finger.hold(name, 1.3 if name == "banner-hold" else 0.05)
    assert [want["kind"] for _, want in sent] == [kind]
    finger.settle()
    assert not finger.sees(name) or is_told_off(finger, name)
    finger.tell(dict(snapshot) | {"answers": [sent.answer(0, "failed", "OBS does not answer.")]})
    finger.wait(lambda: finger.sees(name))
    assert not is_told_off(finger, name)


@pytest.mark.parametrize("name", ["key-a", "key-space", "key-9"])
def test_a_full_field_takes_no_more_letters_and_its_keys_say_so(finger: Finger, name: str) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-a"))
    finger.find("field-title-input").setProperty("text", "x" * 200)
    assert is_told_off(finger, name)
    finger.tap("key-rub")
    assert not is_told_off(finger, name)


def test_delete_takes_no_touch_where_there_is_nothing_to_delete(finger: Finger) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("field-title-clear"))
    assert not is_told_off(finger, "key-rub")
    finger.tap("field-title-clear")
    assert is_told_off(finger, "key-rub")
    finger.tap("key-7")
    assert not is_told_off(finger, "key-rub")


FULL = recording(folder="full", alarms=[alarm("disk_full", "disk"), alarm("silent", "mic", "warning")])


def lies_open(finger: Finger, name: str) -> bool:
    """Whether a finger reaches it: it is there, and no sheet lies over it."""
    return any(one.objectName() == name for one in controls(finger.kiosk.view.rootObject()))


@pytest.mark.parametrize("under", ["talk", "alarms-more", "names", "folder", "guide"])
def test_what_a_banner_leads_to_is_seen_from_under_any_sheet(finger: Finger, sent: Sent, under: str) -> None:
    finger.tell(FULL)
    if under in ("talk", "alarms-more"):
        finger.tap(under)
    elif under == "guide":
        finger.box.openGuide()
        finger.settle()
        finger.tap("step-room")
        finger.wait(lambda: finger.sees("guide-names"))
        finger.tap("guide-names")
    else:
        finger.tap("way-setup")
        finger.wait(lambda: finger.sees("page-room"))
        finger.tap("page-room")
        finger.wait(lambda: finger.sees("change-names"))
        if under == "names":
            finger.tap("change-names")
    finger.settle()
    name = "opened-disk_full/disk-action" if under == "alarms-more" else "banner-action"
    finger.wait(lambda: finger.sees(name))
    finger.tap(name)
    finger.settle()
    reached = "choice-/media/talks" if under == "guide" else "choose-done"
    finger.wait(lambda: lies_open(finger, reached) or finger.sees("guide-folder"), 5)
    assert not any(finger.sees(one) for one in SHIELDS)


def test_shift_tells_whether_it_is_on_and_takes_no_touch_where_nothing_has_capitals(finger: Finger) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-shift"))
    told = QAccessible.queryAccessibleInterface(finger.find("key-shift"))
    assert told is not None
    before = bool(told.state().checked)
    finger.tap("key-shift")
    assert bool(told.state().checked) is not before
    finger.tap("talk-cancel")
    finger.tap("way-setup")
    finger.wait(lambda: finger.sees("page-stream"))
    finger.tap("page-stream")
    finger.wait(lambda: finger.sees("stream-type-target"))
    finger.tap("stream-type-target")
    finger.wait(lambda: finger.sees("key-shift"))
    assert not is_told_off(finger, "key-shift")
    finger.tap("key-symbols")
    assert is_told_off(finger, "key-shift")


@pytest.mark.parametrize("seconds", [0.05, 1.5], ids=["a touch", "a hold"])
def test_a_touch_after_one_whose_control_was_switched_off_under_the_finger_counts(
    finger: Finger, sent: Sent, seconds: float
) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-rub"))
    finger.tap("field-title-clear")
    finger.tap("key-7")
    finger.tap("key-7")
    for _ in range(2):
        if not is_told_off(finger, "key-rub"):
            finger.hold("key-rub", seconds)
    assert is_told_off(finger, "key-rub")
    finger.tap("key-9")
    assert finger.find("field-title").property("text") == "9"


UNSET_MIC = fresh("slides", "camera")


@pytest.mark.parametrize(
    ("snapshot", "open_it", "close_it"),
    [(FULL, "change-folder", "choose-done"), (UNSET_MIC, "change-mic", "choose-done")],
    ids=["the folders", "the microphones"],
)
def test_what_leads_to_where_the_screen_is_takes_no_touch_and_leads_there_again_afterwards(
    finger: Finger, sent: Sent, snapshot: dict[str, Any], open_it: str, close_it: str
) -> None:
    finger.tell(dict(snapshot))
    finger.tap("way-live")
    assert finger.find("banner-action").property("enabled")
    finger.tap("banner-action")
    finger.wait(lambda: finger.sees(close_it))
    assert is_told_off(finger, "banner-action")
    finger.tap(close_it)
    finger.wait(lambda: finger.sees(open_it))
    assert not is_told_off(finger, "banner-action")
    finger.tap("banner-action")
    finger.wait(lambda: finger.sees(close_it))
