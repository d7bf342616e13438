"""Schedules as files: those on a plugged-in disk, and the list that somebody typed."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path

import psutil

from stagebox.model.errors import StorageError
from stagebox.schedule.times import day
from stagebox.system.files import write_whole

ENDINGS = (".xml", ".json", ".ics", ".csv")
PLUGGED_IN = ("/media/", "/run/media/", "/mnt/")
FILES_MOST = 40
ENTRIES_MOST = 2000
"""So many entries of a folder are looked at: a disk of pictures must not hold Set-up up."""
TYPED = "typed-schedule.csv"


def removable() -> tuple[Path, ...]:
    """Where disks are plugged in now."""
    points = (part.mountpoint for part in psutil.disk_partitions(all=False))
    return tuple(Path(point) for point in points if f"{point}/".startswith(PLUGGED_IN))


def found_schedules(disks: Iterable[Path]) -> tuple[str, ...]:
    """Files that may be a schedule, at the top of each disk and in its folders, by name; at most forty."""
    found: list[str] = []
    for disk in disks:
        entries = _entries(disk)
        inner = [one for folder in entries if _is_folder(folder) for one in _entries(folder)]
        found += sorted(str(one) for one in (*entries, *inner) if one.suffix.lower() in ENDINGS)
    return tuple(found[:FILES_MOST])


def _entries(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [one for one in islice(folder.iterdir(), ENTRIES_MOST) if not one.name.startswith(".")]
    return []


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir() and not path.is_symlink()
    return False


def keep_typed(folder: Path, talks: str, today: date) -> Path:
    """Keep a typed list of talks, of `today` where it names no day first. Raises StorageError."""
    lines = [line for line in talks.splitlines() if line.strip()]
    if not lines or day(lines[0].strip().strip(":,")) is None:
        lines.insert(0, today.isoformat())
    path = folder / TYPED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise StorageError(f"The list cannot be kept: {error}.", "Free some room on the disk.") from error
    return path
