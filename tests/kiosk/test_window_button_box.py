"""The button box's page in the real window: a button is given something to do by touch alone."""

import pytest
from PySide6.QtCore import QObject

from tests.kiosk.conftest import Finger, Sent
from tests.kiosk.faces import SNAPSHOTS
from tests.views.snapshots import with_box

pytestmark = pytest.mark.venue

LEARNED = {"box": "left", "button": 3, "number": 1}


def open_page(finger: Finger) -> None:
    finger.tell(with_box())
    finger.tap("way-setup")
    finger.wait(lambda: finger.sees("page-buttons"))
    finger.tap("page-buttons")
    finger.wait(lambda: finger.sees("choice-scene speaker"))


def tap(finger: Finger, name: str) -> None:
    """Touch one of the buttons below, where it is once the row has taken its place."""
    finger.find(name).parentItem().ensurePolished()
    finger.tap(name)


def words(finger: Finger, name: str) -> str:
    return str(finger.find(name).property("text"))


def test_a_button_is_chosen_pressed_and_saved(finger: Finger, sent: Sent) -> None:
    open_page(finger)
    finger.tap("choice-scene speaker")
    assert sent[-1][1] == {"kind": "learn_button", "seconds": 30}
    finger.tell(with_box(learning=True))
    assert words(finger, "button-title") == "Press the button for: scene Speaker"
    assert not finger.sees("choice-scene speaker")
    finger.tell(with_box(learned=LEARNED))
    assert "Until now: nothing" in words(finger, "button-words")
    tap(finger, "button-save")
    assert sent[-1][1] == {"kind": "set_button", "place": "3", "words": "scene speaker"}
    assert not finger.sees("button-save")
    done = with_box(learned=LEARNED) | {"answers": [sent.answer(-1, "done")]}
    done["set_up"]["in_force"]["buttons"]["3"] = "scene speaker"
    finger.tell(done)
    assert words(finger, "button-title") == "Done: button 3 of “left”"
    tap(finger, "button-leave")
    finger.wait(lambda: finger.sees("choice-scene speaker"))
    row = finger.find("choice-scene speaker").property("choice")
    assert row["note"] == "button 2, button 3"
    assert len(sent) == 2


def test_cancel_makes_the_next_press_count_again(finger: Finger, sent: Sent) -> None:
    open_page(finger)
    finger.tap("choice-scene speaker")
    finger.tell(with_box(learning=True))
    tap(finger, "button-leave")
    assert [one for _, one in sent] == [
        {"kind": "learn_button", "seconds": 30},
        {"kind": "learn_button", "seconds": 0},
    ]
    finger.wait(lambda: finger.sees("choice-scene speaker"))


@pytest.mark.parametrize("way", ["page-stream", "way-live", "lock"])
def test_who_goes_away_leaves_no_button_dead(finger: Finger, sent: Sent, way: str) -> None:
    open_page(finger)
    finger.tap("choice-scene speaker")
    finger.tell(with_box(learning=True))
    finger.tap(way)
    finger.wait(lambda: sent[-1][1] == {"kind": "learn_button", "seconds": 0})
    assert finger.box._seen.teaching is None


def test_nobody_pressed_and_a_refusal_lead_to_another_try(finger: Finger, sent: Sent) -> None:
    open_page(finger)
    finger.tap("choice-scene speaker")
    finger.tell(with_box(learning=True))
    finger.tell(with_box())
    assert words(finger, "button-title") == "No button was pressed"
    tap(finger, "button-again")
    finger.box.heard_refusal.emit(sent[-1][0], "stagebox is too busy to take this now.")
    finger.wait(lambda: words(finger, "button-title") == "It was not changed")
    assert words(finger, "button-words") == "stagebox is too busy to take this now."
    tap(finger, "button-again")
    finger.tell(with_box(learned=LEARNED))
    finger.wait(lambda: finger.sees("button-save"))


def test_a_box_that_is_gone_can_be_given_nothing(finger: Finger, sent: Sent) -> None:
    open_page(finger)
    finger.tell(with_box(states=("gone",)))
    finger.tap("choice-scene speaker")
    assert len(sent) == 0
    assert finger.find("button-mark").property("shape") == "bad"


def test_all_pages_of_set_up_fit_the_smallest_screen(finger: Finger, sent: Sent) -> None:
    finger.resize(1024, 600)
    finger.box.showScreen("setup")
    finger.tell(SNAPSHOTS["alarm"])
    pages = finger.kiosk.view.rootObject().findChild(QObject, "setup-pages")
    last = finger.find("page-check")
    assert last.height() >= 64
    assert finger.top("page-check") + last.height() <= finger.top("setup-pages") + pages.height()
