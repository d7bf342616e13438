"""A day by schedule, in the real window and by touch."""

import time

import pytest

from tests.kiosk.conftest import Finger, Sent
from tests.views.schedules import moments

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
