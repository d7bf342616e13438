"""The backup recorder's backups of a session: which files, and what the diary beside each says of its
time."""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stagebox.model.file_names import BACKUP_FOLDER

SCHEMA = "stagebox.backup/1"
SUFFIX = ".flac"
CLOSED_WITHIN_S = 3.0
"""How long a backup that still grows is waited for: the backup recorder closes it when the session ends."""
_POLL_S = 0.1
_STEADY_S = 0.5
"""The wall clock stepped when it and the monotonic clock came apart by more than this."""
_RATE_SPAN_S = 60.0
_READING_STALLS_S = 2.0


@dataclass(frozen=True, slots=True)
class BackupSilence:
    """Silence that stands for lost sound, in seconds of the backup."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class DiaryFacts:
    """What a diary says.

    `started_utc` is when the first sample was heard, None when unknown or when the wall clock stepped
    meanwhile; `rate_ppm` how much slower the device ran than the clock, None when too short to tell.
    """

    started_utc: float | None = None
    started_monotonic_s: float | None = None
    boot: str = ""
    rate_ppm: float | None = None
    silences: tuple[BackupSilence, ...] = ()


UNTOLD = DiaryFacts()


def find(sources: Sequence[Path], name: str | None, also: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The backups of the talk with these segments, in the order in which they were begun.

    They lie in the folder `backup` beside the segments, or in one of the folders `also`, named like the
    session, or like it with -part-N.
    """
    stem = name or (sources[0].stem if sources else "")
    found: dict[Path, int] = {}
    beside = (source.absolute().parent for source in sources)
    for folder in dict.fromkeys(one / BACKUP_FOLDER for one in (*beside, *also)):
        for path in folder.glob("*" + SUFFIX):
            number = _part(path.stem, stem)
            if number:
                found[path] = number
    # By their numbers first: the monotonic clock begins anew when the power was cut.
    return tuple(sorted(found, key=lambda path: (found[path], _began(path))))


def _part(stem: str, session: str) -> int:
    if stem == session:
        return 1
    number = stem.removeprefix(f"{session}-part-")
    return int(number) if stem.startswith(f"{session}-part-") and number.isdecimal() else 0


def _began(path: Path) -> float:
    told = read_diary(path)
    return told.started_monotonic_s or 0.0


def diary_path(path: Path) -> Path:
    """Where the diary of a backup lies."""
    return path.with_name(path.name + ".json")


def read_diary(path: Path) -> DiaryFacts:
    """What the diary beside a backup says; UNTOLD when there is none that can be read."""
    try:
        return understood(json.loads(diary_path(path).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return UNTOLD


def understood(diary: dict[str, Any]) -> DiaryFacts:
    """The times in a diary.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    if diary["schema"] != SCHEMA:
        raise ValueError(diary["schema"])
    rate_hz = float(diary["rate_hz"])
    marks = [(mark["frame"] / rate_hz, mark["monotonic_s"], mark["utc_s"]) for mark in diary["marks"]]
    steps = [utc_s - monotonic_s for _, monotonic_s, utc_s in marks]
    steady = not steps or max(steps) - min(steps) <= _STEADY_S
    latency_s = float(diary["latency_s"])
    utc_s, monotonic_s = diary["started_utc_s"], diary["started_monotonic_s"]
    return DiaryFacts(
        started_utc=None if utc_s is None or not steady else float(utc_s) - latency_s,
        started_monotonic_s=None if monotonic_s is None else float(monotonic_s) - latency_s,
        boot=str(diary["clock"]),
        rate_ppm=_rate_ppm(marks),
        silences=tuple(
            BackupSilence(
                max(0.0, gap["frame"] / rate_hz - float(gap["uncertain_s"])),
                (gap["frame"] + gap["frames"]) / rate_hz,
            )
            for gap in diary["gaps"]
        ),
    )


def _rate_ppm(marks: Sequence[tuple[float, float, float]]) -> float | None:
    """How much slower than the monotonic clock the device ran. Blocks come late at times, never early."""
    if len(marks) < 2 or marks[-1][0] - marks[0][0] < _RATE_SPAN_S:
        return None
    sound_s = marks[-1][0] - marks[0][0]
    ppm = ((marks[-1][1] - marks[0][1]) / sound_s - 1.0) * 1e6
    # A block may come a tenth of a second late: over a minute that is worth nothing.
    return ppm if 0.1 / sound_s * 1e6 < 50.0 else None


def wait_closed(paths: Sequence[Path], timeout_s: float = CLOSED_WITHIN_S) -> None:
    """Wait until every backup is closed, or does not grow any more, for `timeout_s` at most."""
    deadline = time.monotonic() + timeout_s
    for path in paths:
        size, since = -1, time.monotonic()
        while time.monotonic() < deadline and not _closed(path):
            seen = path.stat().st_size if path.exists() else 0
            if seen != size:
                size, since = seen, time.monotonic()
            elif time.monotonic() - since > _READING_STALLS_S:
                break
            time.sleep(_POLL_S)


def _closed(path: Path) -> bool:
    try:
        return bool(json.loads(diary_path(path).read_bytes())["closed"])
    except (OSError, ValueError, KeyError, TypeError):
        return True
