"""This room's part of a schedule, and what changed in it since the last one. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from stagebox.messages.code_catalogue import say
from stagebox.model.said import Sentence
from stagebox.model.schedule import RoomSchedule, Schedule, ScheduledRoom, ScheduledTalk
from stagebox.model.talk_times import clock_of
from stagebox.schedule.draft import zone_named
from stagebox.schedule.identity import plain, room_found, talks_in

TOLD_MOST = 6
"""So many changes are told one by one; more are counted."""


def room_schedule(
    schedule: Schedule,
    source: str,
    fetched_utc: float,
    *,
    wanted: str,
    otherwise: str,
    aliases: Mapping[str, str],
) -> RoomSchedule:
    """This room's talks: all of a schedule that names no room, as a list that somebody typed.

    Args:
        wanted: the room that somebody chose; empty: the one that is called `otherwise`, as this box is.
        aliases: other names of rooms, each with the schedule's.
    """
    room = room_found(wanted or otherwise, schedule.rooms, aliases)
    if room is None and not wanted and len(schedule.rooms) == 1:
        room = schedule.rooms[0]
    talks = talks_in(room, schedule.talks) if room is not None else ()
    if not schedule.rooms:
        room, talks = ScheduledRoom(name=wanted or otherwise), schedule.talks
    return RoomSchedule(
        source=source,
        title=schedule.title,
        version=schedule.version,
        time_zone=schedule.time_zone,
        room=room.name if room is not None else "",
        rooms=tuple(one.name for one in schedule.rooms),
        talks=talks,
        fetched_utc=fetched_utc,
    )


def is_half_empty(before: RoomSchedule, after: RoomSchedule, utc: float) -> bool:
    """Whether the new schedule has no talk left in this room, though the one before has talks to come.

    A server that is being worked on publishes such schedules; nobody cancels a whole room without a word.
    """
    to_come = any(talk.end_utc > utc for talk in before.talks)
    return before.source == after.source and to_come and not any(talk.end_utc > utc for talk in after.talks)


def changes(
    before: Sequence[ScheduledTalk], after: Schedule, room: RoomSchedule, utc: float
) -> tuple[Sentence, ...]:
    """What changed for this room, as a person would say it; of talks that are over nothing is told.

    Args:
        before: the room's talks until now.
        after: the whole new schedule: a talk may have gone to another room.
        room: this room's part of it.
    """
    told = list(_changes(before, after, room, utc))
    if len(told) <= TOLD_MOST:
        return tuple(told)
    return (*told[:TOLD_MOST], say("schedule_more_changes", n=len(told) - TOLD_MOST))


def _changes(
    before: Sequence[ScheduledTalk], after: Schedule, room: RoomSchedule, utc: float
) -> Iterator[Sentence]:
    here = {talk.key: talk for talk in room.talks}
    elsewhere = {talk.key: talk for talk in after.talks}
    known = {talk.key for talk in before}
    for talk in before:
        if talk.end_utc <= utc and (talk.key not in here or here[talk.key].end_utc <= utc):
            continue
        now = here.get(talk.key)
        if now is None:
            moved = elsewhere.get(talk.key)
            if moved is not None and moved.room:
                yield say("schedule_other_room", title=talk.title, room=moved.room)
            else:
                yield say("schedule_cancelled", title=talk.title)
        else:
            yield from _of_talk(talk, now, room.time_zone)
    for talk in room.talks:
        if talk.key not in known and talk.end_utc > utc:
            yield say("schedule_new", title=talk.title, time=clock_of(talk.start_utc, room.time_zone))


def _of_talk(was: ScheduledTalk, now: ScheduledTalk, zone: str) -> Iterator[Sentence]:
    if was.start_utc != now.start_utc:
        before, after = _two_times(was.start_utc, now.start_utc, zone)
        yield say("schedule_moved", title=now.title, before=before, after=after)
    elif was.end_utc != now.end_utc:
        yield say("schedule_ends", title=now.title, time=clock_of(now.end_utc, zone))
    if was.title != now.title:
        yield say("schedule_renamed", before=was.title, after=now.title)
    if was.speakers != now.speakers:
        yield say("schedule_speakers", title=now.title, speakers=", ".join(now.speakers) or "—")
    if was.consent != now.consent:
        yield say("schedule_consent", title=now.title)


def _two_times(before: float, after: float, zone: str) -> tuple[str, str]:
    """Two times of day; with their days where those differ."""
    known = zone_named(zone)
    rules = known.rules if known is not None else None
    one, two = (datetime.fromtimestamp(moment, rules) for moment in (before, after))
    form = "%H:%M" if one.date() == two.date() else "%Y-%m-%d %H:%M"
    return f"{one:{form}}", f"{two:{form}}"


def matched(before: Sequence[ScheduledTalk], after: Schedule) -> Schedule:
    """The new schedule with the old keys where a talk's key changed only because its guid came to repeat.

    Of talks with one guid, those belong together that have one title, then those whose starts are nearest;
    then those that are the same but for a new guid.
    """
    taken, known = {talk.key for talk in after.talks}, {talk.key for talk in before}
    fresh = [talk for talk in after.talks if talk.key not in known]
    by_name: dict[tuple[object, ...], list[ScheduledTalk]] = defaultdict(list)
    for now in fresh:
        for name in _names(now):
            by_name[name].append(now)
    pairs = [
        (number, was.title != now.title, abs(was.start_utc - now.start_utc), was, now)
        for was in before
        if was.key not in taken
        for number, name in enumerate(_names(was))
        for now in by_name[name]
    ]
    pairs.sort(key=lambda pair: pair[:3])
    renamed: dict[str, str] = {}
    given: set[str] = set()
    for *_, was, now in pairs:
        if now.key not in renamed and was.key not in given:
            renamed[now.key] = was.key
            given.add(was.key)
    if not renamed:
        return after
    return replace(after, talks=tuple(replace(one, key=renamed.get(one.key, one.key)) for one in after.talks))


def _names(talk: ScheduledTalk) -> tuple[tuple[object, ...], ...]:
    """By what a talk is found again, the best first."""
    title = plain(talk.title)
    called = ("guid", talk.guid) if talk.guid else ("code", talk.code) if talk.code else ("title", title)
    return called, ("place", title, plain(talk.room), talk.start_utc)
