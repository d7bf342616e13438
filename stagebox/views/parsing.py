"""What `serve` tells in JSON, as the types of the model: read once, and forgiving to another version.

A screen may be older or newer than the `serve` that it talks to. What it does not know is left out, what
is not told is unknown: neither is an error, and neither is fine.
"""

import copy
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from stagebox.model.levels import MeterLevels
from stagebox.model.snapshot import SessionView, Snapshot
from stagebox.views.talk_report import TalkReport
from stagebox.views.told_schedule import ToldSchedule

T = TypeVar("T")
MOST_ROUNDS = 20

_SNAPSHOT = TypeAdapter(Snapshot)
_SESSIONS = TypeAdapter(tuple[SessionView, ...])
_REPORT = TypeAdapter(TalkReport)
_SCHEDULE = TypeAdapter(ToldSchedule)
_LEVELS = TypeAdapter(MeterLevels)


def snapshot_of(told: Any) -> Snapshot:
    """The snapshot; with nothing in it where nothing of it can be read."""
    return _read(_SNAPSHOT, told, Snapshot())


def sessions_of(told: Any) -> tuple[SessionView, ...]:
    """The sessions that can be read."""
    return _read(_SESSIONS, told, ())


def report_of(told: Any) -> TalkReport:
    """A talk's report."""
    return _read(_REPORT, told, TalkReport())


def schedule_of(told: Any) -> ToldSchedule:
    """This room's schedule, and what became of its talks."""
    return _read(_SCHEDULE, told, ToldSchedule())


def levels_of(told: Any) -> MeterLevels:
    """A reading of levels."""
    return _read(_LEVELS, told, MeterLevels())


def _read(adapter: TypeAdapter[T], told: Any, nothing: T) -> T:
    """The value, without those parts of it that cannot be read; `nothing` where that leaves nothing."""
    for _ in range(MOST_ROUNDS):
        try:
            return adapter.validate_python(told)
        except ValidationError as error:
            told = copy.deepcopy(told)
            faults = error.errors(include_url=False, include_context=False, include_input=False)
            taken = [_take_out(told, one["loc"]) for one in faults]
            if not all(taken):
                return nothing
            told = _without_gone(told)
    return nothing


_GONE = object()


def _take_out(told: Any, place: Sequence[str | int]) -> bool:
    """Mark what stands at `place`, or what lacks a field there, as gone. False where nothing can be.

    In a list the whole item goes: half of one says something else.
    """
    path: list[tuple[Any, Any]] = []
    at = told
    for key in place:
        known = key in at if isinstance(at, dict) else isinstance(at, list) and key in range(len(at))
        if known:  # Else it is the missing field, or a name that pydantic gives to one of several types.
            path.append((at, key))
            at = at[key]
    items = [step for step in path if isinstance(step[0], list)]
    if not path:
        return False
    where, key = (items or path)[-1]
    where[key] = _GONE
    return True


def _without_gone(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _without_gone(one) for key, one in told.items() if one is not _GONE}
    if isinstance(told, list | tuple):
        return [_without_gone(one) for one in told if one is not _GONE]
    return told
