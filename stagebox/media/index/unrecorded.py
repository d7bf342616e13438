"""Talks of the schedule without a recording, as the index tells them: from what `serve` leaves beside it."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

log = logging.getLogger(__name__)

FILE = "schedule.json"
"""In the folder of the reports: `GET /api/schedule`, as it was when something last changed."""

WORDS = {"missing": "missing", "refused": "not to be recorded", "cancelled": "cancelled"}


@dataclass(frozen=True, slots=True)
class UnrecordedTalk:
    """A talk that is over, or will not be, and has no file. `day` and `time` are the schedule's own."""

    talk: str
    speaker: str
    day: str
    time: str
    state: str
    word: str
    why: str


def unrecorded_in(reports: Path) -> tuple[UnrecordedTalk, ...]:
    """The talks without a file, the missing ones first; none where no schedule was in use."""
    try:
        told = json.loads((reports / FILE).read_bytes())
        zone = _zone(str(told["time_zone"]))
        found = [_talk(one, zone) for one in told["talks"] if one["state"] in WORDS and not one["output"]]
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s cannot be read: %s", reports / FILE, error)
        return ()
    return tuple(sorted(found, key=lambda one: (list(WORDS).index(one.state), one.day, one.time)))


def _talk(one: Mapping[str, Any], zone: tzinfo | None) -> UnrecordedTalk:
    start = datetime.fromisoformat(one["start_utc"]).astimezone(zone)
    return UnrecordedTalk(
        talk=str(one["title"]),
        speaker=", ".join(map(str, one["speakers"])),
        day=f"{start:%Y-%m-%d}",
        time=f"{start:%H:%M}",
        state=str(one["state"]),
        word=WORDS[one["state"]],
        why=str(one["why"]),
    )


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None
