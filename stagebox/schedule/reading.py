"""A schedule is read in a child of its own: a file from anywhere costs so much memory and time, and no more.

The child answers in two lines: JSON of what was asked for, or of why that cannot be, and then the whole
schedule as it is kept, which the parent never looks into: so a large one holds up nothing else in it.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stagebox.messages.code_catalogue import say, template
from stagebox.model.said import Said, as_json, from_json, said_of
from stagebox.model.schedule import RoomSchedule, Schedule
from stagebox.schedule.draft import Defaults
from stagebox.schedule.failure import ScheduleError, refused
from stagebox.schedule.room import changes, matched, room_schedule
from stagebox.schedule.told import as_told, from_told, room_as_told, room_from_told

LARGEST_BYTES = 24 * 1024**2
"""The largest real one known is a tenth of this."""

MEMORY_BYTES = 1024**3
CHILD = ("-P", "-m", "stagebox.schedule.child")
"""What Python is told to run."""

PATIENCE_S = 20.0
"""1,007 talks take half a second."""


@dataclass(frozen=True, slots=True)
class RoomWish:
    """Which room's part is wanted: see `room.room_schedule`. `fetched_utc` is when the schedule came."""

    wanted: str
    otherwise: str
    aliases: Mapping[str, str]
    fetched_utc: float


@dataclass(frozen=True, slots=True)
class ReadRoom:
    """A room's part of a schedule, what changed in it since the one before, and the whole one, to be kept."""

    room: RoomSchedule
    changes: tuple[Said, ...]
    kept: bytes


def read_schedule(data: bytes, source: str, defaults: Defaults) -> Schedule:
    """The schedule that these bytes are; at most `PATIENCE_S` pass.

    Raises ScheduleError with a sentence, also when they are too many, or the child did not get through.

    Args:
        source: the file or address, as people call it.
        defaults: for what the schedule does not say.
    """
    _, kept = _asked(_wishes(source, defaults), data, b"", source)
    return from_told(json.loads(kept))


def read_room(
    data: bytes, kept: bytes, source: str, defaults: Defaults, wish: RoomWish, now_utc: float
) -> ReadRoom:
    """A room's part of the schedule that `data` are, and what changed since `kept`.

    Raises as `read_schedule`.

    Args:
        data: empty: of the schedule that was kept.
        kept: the whole one of before; empty: there is none.
        now_utc: of talks that are over by then no change is told; seconds since 1970.
    """
    wishes = _wishes(source, defaults) | {
        "room": [wish.wanted, wish.otherwise, dict(wish.aliases), wish.fetched_utc],
        "now_utc": now_utc,
    }
    answer, whole = _asked(wishes, data, kept, source)
    told = tuple(from_json(one, one["words"]) for one in answer["changes"])
    return ReadRoom(room_from_told(answer["room"]), told, whole)


def _wishes(source: str, defaults: Defaults) -> dict[str, Any]:
    return {"source": source, "zone": defaults.zone.name, "today": defaults.today.isoformat()}


def _asked(wishes: dict[str, Any], data: bytes, kept: bytes, source: str) -> tuple[dict[str, Any], bytes]:
    """What a child answers, and the whole schedule as it is kept. Raises ScheduleError."""
    if len(data) > LARGEST_BYTES:
        raise refused("schedule_too_big", "schedule_kinds", source=source, limit_bytes=LARGEST_BYTES)
    # Not on the command line, which anybody can read: an address may have a password in it.
    told_first = json.dumps({**wishes, "kept_bytes": len(kept)}).encode() + b"\n"
    try:
        ended = subprocess.run(
            [sys.executable, *CHILD],
            input=b"".join((told_first, kept, data)),
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refused(
            "schedule_took_too_long", "schedule_again_help", source=source, limit_s=PATIENCE_S
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise refused("schedule_unreadable", "schedule_again_help", source=source, reason=reason) from error
    line, _, whole = ended.stdout.partition(b"\n")
    try:
        answer: dict[str, Any] = json.loads(line)
        if "refused" not in answer:
            return answer, whole
        refusal = ScheduleError(*(_sentence(answer["refused"][part]) for part in ("what", "remedy")))
    except (ValueError, KeyError, TypeError) as error:
        reason = _last_line(ended.stderr) or f"its reader ended with {ended.returncode}"
        raise refused("schedule_unreadable", "schedule_again_help", source=source, reason=reason) from error
    raise refusal


def answer_of(wishes: Mapping[str, Any], data: bytes, kept: bytes, defaults: Defaults) -> bytes:
    """What the child answers."""
    from stagebox.schedule.parsing import parsed

    source = wishes["source"]
    try:
        before = from_told(json.loads(kept)) if kept else None
        after = parsed(data, source, defaults) if data or before is None else before
    except ScheduleError as error:
        parts = {"what": error.what, "remedy": error.remedy}
        return json.dumps({"refused": {name: _said(words) for name, words in parts.items()}}).encode()
    answer: dict[str, Any] = {}
    if "room" in wishes:
        wanted, otherwise, aliases, fetched_utc = wishes["room"]
        named = {"wanted": wanted, "otherwise": otherwise, "aliases": aliases}
        after = matched(before.talks, after) if before is not None and after is not before else after
        room = room_schedule(after, source, fetched_utc, **named)
        told: tuple[Any, ...] = ()
        if before is not None and after is not before:
            was = room_schedule(before, source, fetched_utc, **named)
            told = changes(was.talks, after, room, wishes["now_utc"]) if was.room == room.room else ()
        answer = {"room": room_as_told(room), "changes": [_said(one) for one in told]}
    return json.dumps(answer).encode() + b"\n" + json.dumps(as_told(after, source)).encode()


def _said(words: str) -> dict[str, Any]:
    return {**as_json(said_of(words)), "words": str(words)}


def _sentence(told: dict[str, Any]) -> str:
    said = from_json(told, told["words"])
    if said.code and template(said.code) is not None:
        return say(said.code, **said.facts)
    return said.words


def _last_line(errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1][:200].rstrip(".") if lines else ""
