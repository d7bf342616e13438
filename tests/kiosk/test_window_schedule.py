"""A day by schedule, in the real window and by touch."""

import time

import pytest

from tests.kiosk.conftest import Finger, Sent
from tests.views.schedules import TOLD_SCHEDULE, ledger, moments, with_files
from tests.views.snapshots import session

pytestmark = pytest.mark.venue


def test_a_talk_is_started_by_its_name_and_one_touch(finger: Finger, sent: Sent) -> None:
    finger.tell(moments(time.time())["due"])
    assert "Keynote: the next ten years" in finger.box.record["label"]
    finger.tap("record-start")
    finger.settle()
    assert [want for _, want in sent] == [{"kind": "start_recording"}]


def test_a_talk_whose_speaker_said_no_cannot_be_started(finger: Finger, sent: Sent) -> None:
    finger.tell(moments(time.time())["no consent"])
    assert not finger.sees("record-start")
    assert finger.find("talk-left").property("text") == "do not record"
    finger.tap("record-refuse")
    finger.box.press("start_recording", "")
    finger.settle()
    assert list(sent) == []


def test_an_over_run_is_shown_in_red_and_ends_nothing(finger: Finger, sent: Sent) -> None:
    finger.tell(moments(time.time())["over-run"])
    for name in ("talk-left", "record-left"):
        assert finger.find(name).property("text") == "4 min over"
        assert finger.find(name).property("color").name() == "#ff5a52"
    finger.pause(0.6)
    assert finger.sees("record-stop")
    assert list(sent) == []


def test_the_next_talk_wants_a_hold(finger: Finger, sent: Sent) -> None:
    finger.tell(moments(time.time())["recording"])
    finger.tap("record-next")
    finger.settle()
    assert list(sent) == []
    finger.hold("record-next", 1.2)
    finger.wait(lambda: [want for _, want in sent] == [{"kind": "next_talk"}])
    finger.hold("record-next", 1.2)
    assert len(sent) == 1, "asked already"


def test_the_room_is_chosen_once_from_the_schedules_list(finger: Finger, sent: Sent) -> None:
    finger.tell(moments(time.time())["not this room"])
    finger.box.heard_schedule.emit(TOLD_SCHEDULE)
    finger.settle()
    finger.tap("banner-action")
    finger.wait(lambda: finger.sees("choice-Hall B"))
    finger.tap("choice-Hall B")
    finger.wait(lambda: len(sent) > 0)
    assert [want for _, want in sent] == [{"kind": "use_schedule", "room": "Hall B"}]


def test_a_list_is_typed_a_line_a_talk_and_used(finger: Finger, sent: Sent) -> None:
    finger.tell(moments(time.time())["no schedule"] | with_files())
    for name in ("way-setup", "page-schedule", "schedule-list", "typed-add", "key-a", "key-done", "key-b"):
        finger.wait(lambda name=name: finger.sees(name))
        finger.tap(name)
        finger.settle()
    finger.tap("key-done")
    finger.wait(lambda: finger.sees("typed-drop-0"))
    assert not finger.find("typed-use").isEnabled()  # it has no time
    finger.tap("typed-drop-0")
    finger.box.typeTalk("10:00 Opening", "Ada")
    finger.settle()
    finger.tap("typed-use")
    finger.wait(lambda: len(sent) > 0)
    want = {"kind": "use_schedule", "room": "", "text": "10:00 Opening\tAda"}
    assert [one for _, one in sent if one["kind"] == "use_schedule"] == [want]


def test_a_file_on_a_stick_is_used_by_a_touch(finger: Finger, sent: Sent) -> None:
    finger.tell(moments(time.time())["no schedule"] | with_files())
    for name in ("way-setup", "page-schedule", "schedule-files"):
        finger.tap(name)
        finger.settle()
    finger.tap("choice-/media/crew/STICK/schedule.xml")
    finger.settle()
    (want,) = [one for _, one in sent if one["kind"] == "use_schedule"]
    assert want["source"] == "/media/crew/STICK/schedule.xml"


def test_what_a_speaker_allows_is_said_by_touch_and_taken_back(finger: Finger, sent: Sent) -> None:
    finger.tell(moments(time.time())["recording"])
    finger.box.heard_schedule.emit(ledger(time.time()))
    for name in ("way-sessions", "list-planned", "planned-0", "record-no", "planned-back"):
        finger.wait(lambda name=name: finger.sees(name))
        finger.tap(name)
        finger.settle()
    first = ledger(time.time())["talks"][0]["key"]
    assert [want for _, want in sent] == [
        {"kind": "edit_talk", "key": first, "record": "no"},
        {"kind": "take_back_edit", "key": first},
    ]
    for name in ("planned-names", "field-second-clear", "key-b", "key-done"):
        finger.tap(name)
        finger.settle()
    finger.wait(lambda: len(sent) == 3)
    assert sent[2][1] == {"kind": "edit_talk", "key": first, "speaker": "b"}


def test_a_recording_of_no_talk_is_given_to_one_by_touch(finger: Finger, sent: Sent) -> None:
    odd = session(id="odd", title="Ad hoc", phase="done", asked_utc=time.time() - 5)
    finger.tell(moments(time.time())["before the first"] | {"finished": [odd]})
    finger.box.heard_schedule.emit(ledger(time.time()))
    for name in ("way-sessions", "list-planned", "planned-2", "planned-give", "choice-odd"):
        finger.wait(lambda name=name: finger.sees(name))
        finger.tap(name)
        finger.settle()
    key = ledger(time.time())["talks"][2]["key"]
    assert [want for _, want in sent] == [{"kind": "give_talk", "session_id": "odd", "key": key}]
    assert not finger.sees("give-cancel")
