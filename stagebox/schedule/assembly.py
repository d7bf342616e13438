"""From what a format found to a schedule: ends, names that are told once, rooms, overlaps. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from statistics import median_low

from stagebox.messages.code_catalogue import say
from stagebox.model.said import Sentence
from stagebox.model.schedule import Schedule, ScheduledRoom, ScheduledTalk, ScheduleProblem
from stagebox.schedule.draft import ScheduleDraft, TalkDraft
from stagebox.schedule.identity import plain
from stagebox.schedule.times import LONGEST_S

USUAL_S = 1800.0
"""A talk whose end nobody knows, and that no other one follows."""

NAME_MOST = 200
"""A longer name of a talk is cut; with all that makes it a key it stays below what a command takes."""

LONGEST_GUESS_S = 2 * 3600.0
"""A talk whose end nobody knows does not last until a next one that comes later than this."""


def assembled(draft: ScheduleDraft, format_name: str) -> Schedule:
    """The schedule of a draft: talks by start, each known by a key of its own."""
    rooms = _rooms(draft)
    names = {plain(room.name) for room in rooms}
    talks = _without_repeats(draft)
    _end_all(draft, talks)
    made = [
        ScheduledTalk(
            key=key,
            guid=talk.guid,
            code=talk.code,
            title=talk.title,
            subtitle=talk.subtitle,
            speakers=talk.speakers,
            room=talk.room,
            rooms=_parts(talk.room, names) if draft.lists_rooms else ((talk.room,) if talk.room else ()),
            start_utc=talk.start_utc,
            end_utc=talk.end_utc if talk.end_utc is not None else talk.start_utc + USUAL_S,
            language=talk.language,
            consent=talk.consent,
            url=talk.url,
        )
        for key, talk in zip(_keys(talks), talks, strict=True)
    ]
    made.sort(key=lambda talk: (talk.start_utc, talk.room, talk.key))
    return Schedule(
        format=format_name,
        title=draft.title,
        version=draft.version,
        time_zone=draft.zone.name,
        rooms=tuple(rooms),
        talks=tuple(made),
        problems=(*draft.problems, *_overlaps(made, draft)),
    )


def _rooms(draft: ScheduleDraft) -> list[ScheduledRoom]:
    """The rooms that the file lists, then those that its talks alone name, each once."""
    found: dict[str, ScheduledRoom] = {}
    for room in draft.rooms:
        known_as = plain(room.name)
        if known_as and not (known_as in found and (found[known_as].guid or not room.guid)):
            found[known_as] = room
    listed = [found.pop(plain(room.name)) for room in draft.rooms if plain(room.name) in found]
    known = {plain(room.name) for room in listed}
    named = dict.fromkeys(talk.room for talk in draft.talks if talk.room)
    single = {plain(name) for name in named}
    for name in named:
        if draft.lists_rooms and len(_parts(name, single)) > 1:
            continue
        if plain(name) not in known:
            known.add(plain(name))
            listed.append(ScheduledRoom(name=name))
    return listed


def _parts(room: str, known: set[str]) -> tuple[str, ...]:
    """The rooms that a field names: several only where each is a room of its own elsewhere."""
    parts = tuple(part.strip() for part in room.split(",") if part.strip())
    if len(parts) > 1 and all(plain(part) in known for part in parts):
        return parts
    return (room,) if room else ()


def _without_repeats(draft: ScheduleDraft) -> list[TalkDraft]:
    """The talks, of those that stand twice in the file only the first."""
    seen: set[tuple[object, ...]] = set()
    kept: list[TalkDraft] = []
    for talk in draft.talks:
        what = (talk.ids[:1], talk.title, talk.start_utc, plain(talk.room))
        if what in seen:
            draft.problem(talk.where, "schedule_twice")
            continue
        seen.add(what)
        if not talk.title:
            draft.problem(talk.where, "schedule_no_title")
        kept.append(talk)
    return kept


def _end_all(draft: ScheduleDraft, talks: Sequence[TalkDraft]) -> None:
    """Set each talk's end: as it is written, else by its length, else by what follows in its room."""
    starts: dict[str, list[float]] = defaultdict(list)
    for talk in talks:
        starts[plain(talk.room)].append(talk.start_utc)
    known = [talk.length_s for talk in talks if talk.length_s]
    usual = median_low(known) if known else USUAL_S
    for talk in talks:
        early = talk.end_utc is not None and talk.end_utc <= talk.start_utc
        if talk.end_utc is None or early:
            if talk.length_s:
                talk.end_utc = talk.start_utc + talk.length_s
            else:
                after = [one for one in starts[plain(talk.room)] if one > talk.start_utc]
                until = min(after) - talk.start_utc if after else LONGEST_GUESS_S + 1
                length_s = until if until <= LONGEST_GUESS_S else min(usual, LONGEST_GUESS_S)
                talk.end_utc = talk.start_utc + length_s
                if not early and not talk.ends_with_next:
                    written = talk.written_length
                    draft.problem(talk.where, "schedule_no_length", written=written, length_s=length_s)
            if early:
                draft.problem(talk.where, "schedule_ends_early", length_s=talk.end_utc - talk.start_utc)
        if talk.end_utc - talk.start_utc > LONGEST_S:
            draft.problem(talk.where, "schedule_very_long", length_s=talk.end_utc - talk.start_utc)


def _keys(talks: Sequence[TalkDraft]) -> Iterator[str]:
    """A name for each talk that no other has: its best id, its start where that repeats, then its room."""
    ids = [_short(next((one for one in talk.ids if one), "") or _made_up(talk)) for talk in talks]
    counts = Counter(ids)
    timed = [
        name if counts[name] == 1 else f"{name}@{_minute(talk)}"
        for name, talk in zip(ids, talks, strict=True)
    ]
    counts = Counter(timed)
    given: set[str] = set()
    for name, talk in zip(timed, talks, strict=True):
        key = name if counts[name] == 1 else _short(f"{name}@{talk.room}")
        number, single = 2, key
        while key in given:
            key, number = f"{single}#{number}", number + 1
        given.add(key)
        yield key


def _short(name: str) -> str:
    """A name that commands and the journal take, however long a title or a guid is."""
    if len(name) <= NAME_MOST:
        return name
    return f"{name[:NAME_MOST]}…{sha256(name.encode()).hexdigest()[:16]}"


def _made_up(talk: TalkDraft) -> str:
    return f"{talk.title}@{talk.room}" if talk.title else f"{_minute(talk)}@{talk.room}"


def _minute(talk: TalkDraft) -> str:
    return datetime.fromtimestamp(talk.start_utc, UTC).strftime("%Y-%m-%dT%H:%MZ")


def _overlaps(talks: Sequence[ScheduledTalk], draft: ScheduleDraft) -> Iterator[ScheduleProblem]:
    """Talks that are in one room at one time: shown, and not solved."""
    by_room: dict[str, list[ScheduledTalk]] = defaultdict(list)
    for talk in talks:
        for room in talk.rooms:
            by_room[room].append(talk)
    for room, there in by_room.items():
        latest: ScheduledTalk | None = None
        for talk in there:
            if latest is not None and talk.start_utc < latest.end_utc:
                facts = {"first": latest.title, "second": talk.title}
                times = {"first_time": _span(latest, draft), "second_time": _span(talk, draft)}
                where: Sentence = say("schedule_in_room", name=room)
                yield ScheduleProblem(where=where, what=say("schedule_overlap", **facts, **times))
            if latest is None or talk.end_utc > latest.end_utc:
                latest = talk


def _span(talk: ScheduledTalk, draft: ScheduleDraft) -> str:
    start, end = (datetime.fromtimestamp(one, draft.zone.rules) for one in (talk.start_utc, talk.end_utc))
    ends = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M}–{ends}"
