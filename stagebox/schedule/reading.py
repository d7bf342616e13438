"""A schedule is read in a child of its own: a file from anywhere costs so much memory and time, and no more.

The child gets the bytes on its standard input, and answers with JSON: a schedule, or why it is none.
"""

import json
import subprocess
import sys
from typing import Any

from stagebox.messages.code_catalogue import say, template
from stagebox.model.said import Sentence, as_json, from_json, said_of
from stagebox.model.schedule import Schedule
from stagebox.schedule.draft import Defaults
from stagebox.schedule.failure import ScheduleError, refused
from stagebox.schedule.told import as_told, from_told

LARGEST_BYTES = 24 * 1024**2
"""The largest real one known is a tenth of this."""

MEMORY_BYTES = 1024**3
CHILD = ("-P", "-m", "stagebox.schedule.child")
"""What Python is told to run."""

PATIENCE_S = 20.0
"""1,007 talks take a second and a half on a slow computer."""


def read_schedule(data: bytes, source: str, defaults: Defaults) -> Schedule:
    """The schedule that these bytes are; at most `PATIENCE_S` pass.

    Raises ScheduleError with a sentence, also when they are too many, or the child did not get through.

    Args:
        source: the file or address, as people call it.
        defaults: for what the schedule does not say.
    """
    if len(data) > LARGEST_BYTES:
        raise refused("schedule_too_big", "schedule_kinds", source=source, limit_bytes=LARGEST_BYTES)
    wishes = {"source": source, "zone": defaults.zone.name, "today": defaults.today.isoformat()}
    command = [sys.executable, *CHILD, json.dumps(wishes)]
    try:
        ended = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise refused(
            "schedule_took_too_long", "schedule_again_help", source=source, limit_s=PATIENCE_S
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise refused("schedule_unreadable", "schedule_again_help", source=source, reason=reason) from error
    try:
        answer = json.loads(ended.stdout)
        if "schedule" in answer:
            return from_told(answer["schedule"])
        told = ScheduleError(*(_sentence(answer["refused"][part]) for part in ("what", "remedy")))
    except (ValueError, KeyError, TypeError) as error:
        reason = _last_line(ended.stderr) or f"its reader ended with {ended.returncode}"
        raise refused("schedule_unreadable", "schedule_again_help", source=source, reason=reason) from error
    raise told


def answer_of(data: bytes, source: str, defaults: Defaults) -> dict[str, Any]:
    """What the child answers."""
    from stagebox.schedule.parsing import parsed

    try:
        return {"schedule": as_told(parsed(data, source, defaults), source)}
    except ScheduleError as error:
        parts = {"what": error.what, "remedy": error.remedy}
        return {"refused": {name: _said(words) for name, words in parts.items()}}


def _said(words: str) -> dict[str, Any]:
    return {**as_json(said_of(words)), "words": str(words)}


def _sentence(told: dict[str, Any]) -> str:
    said = from_json(told, told["words"])
    if said.code and template(said.code) is not None:
        made: Sentence = say(said.code, **said.facts)
        return made
    return said.words


def _last_line(errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1][:200].rstrip(".") if lines else ""
