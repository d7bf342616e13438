"""A schedule as JSON: what `schedule check` prints, what the child hands over, and what is kept. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from stagebox.messages.code_catalogue import say, template
from stagebox.model.said import Said, Sentence, as_json, from_json, said_of
from stagebox.model.schedule import (
    Consent,
    RoomSchedule,
    Schedule,
    ScheduledRoom,
    ScheduledTalk,
    ScheduleProblem,
    TalkConsent,
)
from stagebox.schedule.ledger import LedgerLine, totals

SCHEMA = "stagebox.schedule/1"
COVERAGE = "stagebox.coverage/1"


def utc(seconds: float) -> str:
    """A moment as the contract has it: `2024-12-27T10:00:00Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_told(schedule: Schedule, source: str) -> dict[str, Any]:
    """The JSON of a schedule."""
    return {
        "schema": SCHEMA,
        "source": source,
        "format": schedule.format,
        "title": schedule.title,
        "version": schedule.version,
        "time_zone": schedule.time_zone,
        "rooms": [{"name": room.name, "guid": room.guid} for room in schedule.rooms],
        "talks": [talk_as_told(talk) for talk in schedule.talks],
        "problems": [
            {
                "where": str(one.where),
                "what": str(one.what),
                "left_out": one.left_out,
                "said": as_json(said_of(one.what)),
            }
            for one in schedule.problems
        ],
    }


def talk_as_told(talk: ScheduledTalk) -> dict[str, Any]:
    """The JSON of a talk."""
    return {
        "key": talk.key,
        "guid": talk.guid,
        "code": talk.code,
        "title": talk.title,
        "subtitle": talk.subtitle,
        "speakers": list(talk.speakers),
        "room": talk.room,
        "rooms": list(talk.rooms),
        "start_utc": utc(talk.start_utc),
        "end_utc": utc(talk.end_utc),
        "language": talk.language,
        "consent": {
            "record": str(talk.consent.record),
            "stream": str(talk.consent.stream),
            "publish": str(talk.consent.publish),
        },
        "url": talk.url,
    }


def from_told(told: Mapping[str, Any]) -> Schedule:
    """The schedule of such a JSON. Raises KeyError, TypeError or ValueError for what is none."""
    if told["schema"] != SCHEMA:
        raise ValueError(told["schema"])
    return Schedule(
        format=str(told["format"]),
        title=str(told["title"]),
        version=str(told["version"]),
        time_zone=str(told["time_zone"]),
        rooms=tuple(ScheduledRoom(name=str(one["name"]), guid=str(one["guid"])) for one in told["rooms"]),
        talks=tuple(_talk_from(one) for one in told["talks"]),
        problems=tuple(
            ScheduleProblem(
                where=str(one["where"]),
                what=_sentence(one.get("said"), str(one["what"])),
                left_out=bool(one.get("left_out")),
            )
            for one in told["problems"]
        ),
    )


def _talk_from(one: Mapping[str, Any]) -> ScheduledTalk:
    answers = one["consent"]
    return ScheduledTalk(
        key=str(one["key"]),
        guid=str(one["guid"]),
        code=str(one["code"]),
        title=str(one["title"]),
        subtitle=str(one["subtitle"]),
        speakers=tuple(map(str, one["speakers"])),
        room=str(one["room"]),
        rooms=tuple(map(str, one["rooms"])),
        start_utc=_seconds(one["start_utc"]),
        end_utc=_seconds(one["end_utc"]),
        language=str(one["language"]),
        consent=TalkConsent(
            record=Consent(answers["record"]),
            stream=Consent(answers["stream"]),
            publish=Consent(answers["publish"]),
        ),
        url=str(one["url"]),
    )


def _seconds(written: str) -> float:
    return datetime.fromisoformat(written).timestamp()


def _sentence(told: object, words: str) -> Sentence:
    said = from_json(told, words)
    if said.code and template(said.code) is not None:
        return say(said.code, **said.facts)
    return Sentence(Said(words=words))


def room_as_told(room: RoomSchedule) -> dict[str, Any]:
    """The JSON of a room's part, as the child hands it over."""
    return {
        **_about(room),
        "talks": [talk_as_told(talk) for talk in room.talks],
        "fetched_utc": room.fetched_utc,
    }


def _about(room: RoomSchedule) -> dict[str, Any]:
    """Which schedule and which of its rooms this is."""
    return {
        "source": room.source,
        "title": room.title,
        "version": room.version,
        "time_zone": room.time_zone,
        "room": room.room,
        "rooms": list(room.rooms),
    }


def room_from_told(told: Mapping[str, Any]) -> RoomSchedule:
    """The room's part of such a JSON. Raises KeyError, TypeError or ValueError for what is none."""
    return RoomSchedule(
        source=str(told["source"]),
        title=str(told["title"]),
        version=str(told["version"]),
        time_zone=str(told["time_zone"]),
        room=str(told["room"]),
        rooms=tuple(map(str, told["rooms"])),
        talks=tuple(_talk_from(one) for one in told["talks"]),
        fetched_utc=float(told["fetched_utc"]),
    )


def coverage_as_told(room: RoomSchedule, lines: Sequence[LedgerLine], utc_now: float) -> dict[str, Any]:
    """The JSON of this room's talks and what became of them: `schedule coverage`, and `GET /api/schedule`."""
    return {
        "schema": COVERAGE,
        **_about(room),
        "fetched_utc": utc(room.fetched_utc) if room.fetched_utc else None,
        "trouble": room.trouble.words,
        "at_utc": utc(utc_now),
        "totals": totals(lines),
        "talks": [
            {
                **talk_as_told(line.talk),
                "state": str(line.fate),
                "sessions": list(line.sessions),
                "recorded_s": round(line.recorded_s, 3),
                "verdict": line.verdict,
                "output": line.output,
                "why": str(line.why),
                "said": as_json(said_of(line.why)) if line.why else None,
            }
            for line in lines
        ],
    }
