"""A schedule for people: its talks by day, and what is wrong in it. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from stagebox.model.schedule import Consent, Schedule, ScheduledTalk
from stagebox.model.verdicts import verdict_words
from stagebox.schedule.draft import zone_named


def lines(schedule: Schedule) -> Iterator[str]:
    """What `schedule check` prints."""
    zone = zone_named(schedule.time_zone)
    rules = zone.rules if zone is not None else None
    name = " ".join(part for part in (schedule.title, schedule.version) if part)
    yield f"{name or 'A schedule'} ({schedule.format}), times of {schedule.time_zone}"
    day = ""
    room_width = min(24, max((len(talk.room) for talk in schedule.talks), default=0))
    for talk in schedule.talks:
        start, end = (datetime.fromtimestamp(one, rules) for one in (talk.start_utc, talk.end_utc))
        if f"{start:%Y-%m-%d}" != day:
            day = f"{start:%Y-%m-%d}"
            yield ""
            yield f"{start:%A} {day}"
        room = talk.room if len(talk.room) <= room_width else talk.room[: room_width - 1] + "…"
        speakers = f" · {', '.join(talk.speakers)}" if talk.speakers else ""
        yield f"  {start:%H:%M}–{end:%H:%M}  {room:{room_width}}  {talk.title}{speakers}{_refused(talk)}"
    yield ""
    yield counted(schedule)
    for problem in schedule.problems:
        yield f"  {problem.where}: {problem.what}"


def _refused(talk: ScheduledTalk) -> str:
    """What the speaker does not allow."""
    asked = ("record", "stream", "publish")
    refused = [word for word in asked if getattr(talk.consent, word) is Consent.NO]
    return f"  [do not {', '.join(refused)}]" if refused else ""


def counted(schedule: Schedule) -> str:
    """How much there is, and how much of it is wrong."""
    talks, rooms, wrong = len(schedule.talks), len(schedule.rooms), len(schedule.problems)
    told = f"{talks} talk{'s' * (talks != 1)} in {rooms} room{'s' * (rooms != 1)}."
    return f"{told} {wrong} thing{'s' * (wrong != 1)} to look at:" if wrong else told


SIGNS = {
    "expected": "·",
    "recording": "●",
    "recorded": "…",
    "checked": "✓",
    "missing": "✗",
    "refused": "–",
    "cancelled": "–",
}
WORDS = {
    "expected": "to come",
    "recording": "being recorded",
    "recorded": "being processed",
    "checked": "recorded",
    "missing": "missing",
    "refused": "not to be recorded",
    "cancelled": "cancelled",
}


def room_lines(told: Mapping[str, Any], *, all_days: bool) -> Iterator[str]:
    """What `schedule show` prints of the JSON of `GET /api/schedule`."""
    yield from _head(told)
    day = ""
    for talk in _shown(told, all_days=all_days):
        start, end = _times(talk, told)
        if f"{start:%Y-%m-%d}" != day:
            day = f"{start:%Y-%m-%d}"
            yield ""
            yield f"{start:%A} {day}"
        yield f"  {SIGNS[talk['state']]} {start:%H:%M}–{end:%H:%M}  {_called(talk)}  [{_said(talk)}]"


def coverage_lines(told: Mapping[str, Any], *, all_days: bool) -> Iterator[str]:
    """What `schedule coverage` prints of it: what is lacking first, then how many of each there are."""
    yield from _head(told)
    for talk in left_of(told, all_days=all_days):
        start, _ = _times(talk, told)
        yield f"  {SIGNS[talk['state']]} {start:%Y-%m-%d %H:%M}  {_called(talk)}  [{_said(talk)}]"
    shown = _shown(told, all_days=all_days)
    counts = {state: sum(talk["state"] == state for talk in shown) for state in SIGNS}
    named = ", ".join(f"{count} {WORDS[state]}" for state, count in counts.items() if count)
    yield f"{named}." if named else "No talks today."


def left_of(told: Mapping[str, Any], *, all_days: bool) -> list[Mapping[str, Any]]:
    """The talks of which somebody has to know: without a file, or with one that needs a look."""
    return [
        talk
        for talk in _shown(told, all_days=all_days)
        if talk["state"] == "missing"
        or talk["verdict"] in ("flagged", "failed")
        or (talk["why"] and talk["output"])
    ]


def _shown(told: Mapping[str, Any], *, all_days: bool) -> list[Mapping[str, Any]]:
    now = datetime.fromisoformat(told["at_utc"]).astimezone(_rules(told)).date()
    return [talk for talk in told["talks"] if all_days or _times(talk, told)[0].date() == now]


def _rules(told: Mapping[str, Any]) -> tzinfo | None:
    zone = zone_named(told["time_zone"])
    return zone.rules if zone is not None else None


def _times(talk: Mapping[str, Any], told: Mapping[str, Any]) -> tuple[datetime, datetime]:
    start, end = (
        datetime.fromisoformat(talk[name]).astimezone(_rules(told)) for name in ("start_utc", "end_utc")
    )
    return start, end


def _head(told: Mapping[str, Any]) -> Iterator[str]:
    room = told["room"] or "no room chosen: `stagebox schedule use SOURCE --room ROOM`"
    yield f"{told['title'] or told['source']}, {room}"
    if told["trouble"]:
        since = told["fetched_utc"]
        known = f"What is shown is of {since}." if since else "Nothing is known yet."
        yield f"  {told['trouble']} {known}"


def _called(talk: Mapping[str, Any]) -> str:
    speakers = ", ".join(talk["speakers"])
    return f"{talk['title']} · {speakers}" if speakers else str(talk["title"])


def _said(talk: Mapping[str, Any]) -> str:
    word = (
        verdict_words(talk["verdict"])
        if talk["state"] == "checked" and talk["verdict"]
        else WORDS[talk["state"]]
    )
    return f"{word}: {talk['why']}" if talk["why"] else word
