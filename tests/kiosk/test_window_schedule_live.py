"""A day by schedule, by touch: real window, real `serve`, real OBS."""

import time

import pytest

from stagebox.rehearsal.serving import ServingVenue
from tests.kiosk.conftest import Finger

pytestmark = pytest.mark.venue


def test_talks_that_were_typed_have_their_names_and_follow_each_other(
    live: Finger, serving: ServingVenue
) -> None:
    box = live.box
    # A day's list by the computer's own clock: the first is due now, the other follows.
    for ahead_s, title in ((60, "Opening"), (1800, "Types")):
        then = time.localtime(time.time() + ahead_s)
        box.typeTalk(time.strftime("%Y-%m-%d", then), "")
        box.typeTalk(f"{time.strftime('%H:%M', then)} {title}", "Ada")
    live.tap_until("way-setup", lambda: box.screen == "setup")
    live.wait(lambda: box.schedule["ready"])
    live.tap("page-schedule")
    live.wait(lambda: live.sees("schedule-list"))
    live.tap("schedule-list")
    live.tap("typed-use")
    live.wait(lambda: box.header["title"] == "Opening", 30)
    assert box.schedule["shape"] == "fine", box.schedule["words"]

    live.tap_until("way-live", lambda: box.screen == "live")
    live.wait(lambda: box.record["label"] == "Record “Opening”")
    live.tap_until("record-start", lambda: box.record["action"] != "start")
    live.wait(lambda: box.record["action"] == "stop" and box.record["next"]["enabled"], 20)
    first = serving.client.state()["session"]
    assert (first["title"], first["speaker"]) == ("Opening", "Ada")
    assert box.record["planned"]
    live.pause(3)

    live.tap("record-next")
    live.hold("record-next", 1.3)
    live.wait(lambda: box.header["title"] == "Types", 20)
    assert serving.client.state()["recording"] is True
    assert serving.client.state()["session"]["title"] == "Types"
    live.pause(3)
    live.hold_until_stopped()

    live.tap_until("way-sessions", lambda: box.screen == "sessions")
    live.tap("list-planned")
    live.wait(lambda: [one["title"] for one in box.planned["rows"]] == ["Opening", "Types"])
    live.wait(lambda: all(one["session"] for one in box.planned["rows"]), 20)
    live.tap("planned-1")
    live.tap("record-no")
    live.wait(lambda: box.planned["rows"][1]["questions"][0]["answers"][1]["chosen"], 10)
    live.tap("planned-back")
    live.wait(lambda: not box.planned["rows"][1]["questions"][0]["answers"][1]["chosen"], 10)
    live.tap("planned-done")
    box.useSchedule("")
    live.wait(lambda: not box.schedule["used"], 20)
