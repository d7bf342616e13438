"""What the schedule says now and next, and what the record control makes of it."""

from typing import Any

import pytest

from stagebox.views.asked import Asked
from stagebox.views.seen import Seen
from stagebox.views.values import View
from stagebox.views.view import view_of
from tests.views.schedules import LONG, NO, TYPES, at, moments, talk
from tests.views.seeing import seeing
from tests.views.snapshots import NOW, well

MOMENTS = moments()


def seen(snapshot: dict[str, Any], **changes: Any) -> Seen:
    return seeing(snapshot, **({"utc_s": NOW} | changes))


def shown(snapshot: dict[str, Any], **changes: Any) -> View:
    return view_of(seen(snapshot, **changes))


TOLD = {
    "no schedule": ("Pattern matching, compiled", "", "", "next talk · Ada Example"),
    "not this room": ("Talk without a title", "", "", "touch to type title and speaker"),
    "nothing in this room": (
        "Talk without a title",
        "",
        "",
        "no talk in the schedule · touch to type title and speaker",
    ),
    "nothing today": ("Keynote", "", "", "2026-09-22 12:13 – 12:58 · Ada Example"),
    "before the first": ("Keynote", "in 50 min", "", "17:03 – 17:48 · Ada Example"),
    "due": ("Keynote: the next ten years", "in 2 min", "", "16:14 – 16:59 · Ada Example"),
    "due, no speaker": ("Lightning talks", "in 1 min", "", "16:13 – 16:58"),
    "late": ("Keynote", "began 6 min ago", "amber", "16:06 – 16:51 · Ada Example"),
    "no consent": ("Private matters", "do not record", "red", "16:14 – 16:59 · Ada Example"),
    "recording": ("Profiling", "14 min left", "", "next 16:23 Types for everyone"),
    "ends soon": ("Profiling", "4 min left", "amber", "next 16:23 Types for everyone"),
    "over-run": ("Profiling", "4 min over", "red", f"next 16:12 {LONG}"),
    "far over": (LONG, "1 h 45 min over", "red", "next 15:13 Types"),
    "the last one": ("Profiling", "14 min left", "", "nothing follows"),
    "over": (
        "Talk without a title",
        "",
        "",
        "nothing more in the schedule · touch to type title and speaker",
    ),
}


@pytest.mark.parametrize("moment", TOLD)
def test_the_header_says_what_is_on_how_long_it_goes_on_and_what_is_next(moment: str) -> None:
    header = shown(MOMENTS[moment]).header
    assert (header.title, header.left, header.level, header.subtitle) == TOLD[moment]


def test_the_clock_is_the_schedules() -> None:
    assert shown(MOMENTS["due"]).header.clock == "16:13"
    assert shown(at(time_zone="Asia/Tokyo")).header.clock == "23:13"
    nowhere = shown(at(time_zone="Middle/Earth")).header.clock
    assert nowhere == shown(well()).header.clock


def test_a_schedule_is_old_only_where_the_newest_cannot_be_had() -> None:
    assert shown(MOMENTS["old"]).header.old == "schedule: 3 h old"
    assert shown(MOMENTS["never had"]).header.old == "no schedule yet"
    for calm in (at(fetched_utc=NOW - 90_000), at(fetched_utc=NOW - 600, trouble="No network."), well()):
        assert shown(calm).header.old == ""


def test_record_asks_for_the_due_talk_by_its_name() -> None:
    record = shown(MOMENTS["due"]).record
    assert (record.action, record.label) == ("start", "Record “Keynote: the next ten years”")
    assert len(shown(MOMENTS["due, a long title"]).record.label) < 60
    soon = shown(MOMENTS["soon"]).record
    assert (soon.action, soon.label) == ("start", "Record")
    assert soon.detail.startswith("as “On the thoroughly"), "a touch records that talk: it says so"
    assert shown(MOMENTS["before the first"]).record.detail == "touch to start"


def test_a_talk_that_somebody_has_named_by_hand_is_not_the_schedules() -> None:
    by_hand = at(due=talk("k", "Private matters", 60, consent=NO))
    by_hand["next_talk"] = {"title": "Ad hoc", "speaker": "", "room": "", "key": ""}
    view = shown(by_hand)
    assert (view.record.action, view.record.label, view.header.title) == ("start", "Record", "Ad hoc")
    assert view.header.left == ""


def test_a_talk_whose_speaker_said_no_cannot_be_recorded_and_says_why() -> None:
    record = shown(MOMENTS["no consent"]).record
    assert (record.action, record.label) == ("refuse", "Do not record")
    assert record.detail == "The speaker said no to recording."
    assert record.missing == record.ask == ""
    far = at(upcoming=talk("k", "Private matters", 3600, consent=NO))
    assert shown(far).record.action == "start", "what is on before it may be recorded"
    assert shown(far).header.left == "do not record"


@pytest.mark.parametrize("answer", ["unknown", "maybe"])
def test_an_unknown_answer_forbids_nothing(answer: str) -> None:
    asked = talk("k", "Keynote", 60, consent={"record": answer})
    assert shown(at(due=asked)).record.action == "start"


def test_nobody_is_urged_to_record_what_must_not_be() -> None:
    speaking = well()["health"] | {"speaking_unrecorded": True}
    urged = [one.key for one in shown(MOMENTS["due"] | {"health": speaking}).hints]
    assert "speaking" in urged
    assert [one.key for one in shown(MOMENTS["no consent"] | {"health": speaking}).hints] == []


def test_the_record_panel_tells_the_talks_time_while_it_is_recorded() -> None:
    for moment, told in {
        "recording": ("14 min left", ""),
        "ends soon": ("4 min left", "amber"),
        "over-run": ("4 min over", "red"),
    }.items():
        record = shown(MOMENTS[moment]).record
        assert (record.left, record.level, record.planned) == (*told, True)
        assert record.action == "stop", "the clock ends nothing"
    assert shown(MOMENTS["due"]).record.left == "9 h 40 min left"
    assert not shown(MOMENTS["due"]).record.planned


def test_a_touch_under_way_is_no_second_start() -> None:
    asked = (Asked(id="a", kind="start_recording"),)
    assert shown(MOMENTS["due"], asked=asked).record.action == "wait"


def test_what_follows_stays_when_the_talk_has_no_plan() -> None:
    room = at(recorded=talk("p", "Profiling", -1900), upcoming=TYPES)
    room["session"] |= {"planned_end": "", "talk_key": ""}
    header = shown(room).header
    assert (header.left, header.subtitle) == ("", "next 16:23 Types for everyone")


def test_a_hold_begins_the_following_talk_without_a_stop() -> None:
    record = shown(MOMENTS["recording"]).record
    assert (record.next.label, record.next.detail) == ("Hold for the next talk", "Types for everyone")
    assert record.next.enabled
    for moment in ("due", "no schedule", "over"):
        assert shown(MOMENTS[moment]).record.next.label == "", moment
    tomorrow = at(recorded=talk("p", "Profiling", -1900), upcoming=talk("k", "Keynote", 20 * 3600))
    for last in (MOMENTS["the last one"], tomorrow):
        told = shown(last).record.next
        assert (told.detail, told.enabled) == ("nothing follows", False), "it keeps its place"


def test_what_cannot_follow_takes_no_hold_and_keeps_its_place() -> None:
    refused = at(recorded=talk("p", "Profiling", -1900), upcoming=talk("t", "Private", 600, consent=NO))
    told = shown(refused).record.next
    assert (told.detail, told.enabled) == ("do not record", False)
    asked = shown(MOMENTS["recording"], asked=(Asked(id="a", kind="next_talk"),)).record.next
    assert (asked.label, asked.enabled) == ("Starting…", False)
    starting = MOMENTS["recording"] | {"session": MOMENTS["recording"]["session"] | {"phase": "starting"}}
    assert not shown(starting).record.next.enabled


def test_nothing_follows_a_talk_that_is_paused_or_being_stopped() -> None:
    room = MOMENTS["recording"]
    paused = shown(room | {"session": room["session"] | {"paused": True}}).record
    assert (paused.action, paused.next.enabled) == ("resume", False)
    assert paused.next.label, "the stop beside it keeps its place"
    stopping = shown(room | {"session": room["session"] | {"phase": "stopping"}}).record
    assert stopping.next.label == ""
