"""A schedule for people: its talks by day, and what is wrong in it. Pure."""

from collections.abc import Iterator
from datetime import datetime

from stagebox.model.schedule import Consent, Schedule, ScheduledTalk
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
