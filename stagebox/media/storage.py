"""Files that matter: written aside, flushed, given their name only when whole, never over another file."""

import contextlib
import errno
import hashlib
import os
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from stagebox.media.runner import Cancel, CancelledError, shown
from stagebox.model.errors import StorageError
from stagebox.model.ranges import FileRange
from stagebox.model.report import Code
from stagebox.system.locks import try_lock

HIDDEN = ".stagebox"
"""The folder inside an output folder that holds locks, parts in the making and the manifest."""

OTHER_RUN_DEADLINE_S = 3 * 3600.0
"""How long to wait for another run that works on the same recording."""

ROOM_FACTOR = 1.05
ROOM_RESERVE_BYTES = 16 << 20
NAME_LIMIT_BYTES = 255
LONGEST_SUFFIX_BYTES = len(".html")
_LOCK_POLL_S = 0.1
_MAX_NUMBER = 10_000


def key_of(sources: tuple[Path, ...], ranges: tuple[FileRange, ...] = ()) -> str:
    """A short name for these sources, or these parts of them, the same whenever they are named again."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(os.fsencode(source.absolute()) + b"\0")
    for one in ranges:
        digest.update(f"{one.from_s} {one.to_s}".encode() + b"\0")
    return digest.hexdigest()[:24]


def prepare(out: Path) -> Path:
    """Make the output folder and its hidden folder, and return the hidden one.

    Raises:
        StorageError: they cannot be made or written.
    """
    hidden = out / HIDDEN
    try:
        hidden.mkdir(parents=True, exist_ok=True)
        if not os.access(hidden, os.W_OK | os.X_OK) or not os.access(out, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "permission denied")
    except OSError as error:
        raise folder_error(out, error) from None
    return hidden


class DiskFullError(StorageError):
    """The disk cannot hold the output."""

    code = Code.DISK_FULL


class FolderError(StorageError):
    """The output folder cannot be written."""

    code = Code.FOLDER_GONE


def folder_error(out: Path, error: OSError) -> StorageError:
    """The error for an output folder that refused to be written: full, or not writable."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full_error(out, 0)
    return FolderError(
        f"The output folder {shown(out)} cannot be written: {error.strerror or error}.",
        "Choose another one with --out, or give this user the right to write there.",
    )


def room_needed(size_bytes: int) -> int:
    """Bytes that must be free to process a recording of this size."""
    return int(size_bytes * ROOM_FACTOR) + ROOM_RESERVE_BYTES


def check_room(out: Path, size_bytes: int) -> None:
    """Refuse before anything is written when the disk cannot hold the output.

    Raises:
        StorageError: it cannot.
    """
    if shutil.disk_usage(out).free < room_needed(size_bytes):
        raise full_error(out, size_bytes)


def leaves_room(out: Path, sources: Iterable[Path], recordings: Iterable[Path], reserve_bytes: int) -> bool:
    """Whether an MP4 of `sources` in `out` leaves `reserve_bytes` to a recording that is running.

    True when the recordings' folders are on other disks. What cannot be looked at does not count.
    """
    try:
        disk, free = out.stat().st_dev, shutil.disk_usage(out).free
    except OSError:
        return True
    if disk not in {_device(folder) for folder in recordings}:
        return True
    return free - room_needed(sum(_size(source) for source in sources)) >= reserve_bytes


def _device(folder: Path) -> int | None:
    try:
        return folder.stat().st_dev
    except OSError:
        return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def full_error(out: Path, size_bytes: int) -> DiskFullError:
    """The sentence for a full disk: how much room is needed, how much there is."""
    needed, free = amount(room_needed(size_bytes)), amount(shutil.disk_usage(out).free)
    why = f"{amount(int(size_bytes * ROOM_FACTOR))} for the MP4, and " if size_bytes else ""
    return DiskFullError(
        f"The disk of {shown(out)} is full: {needed} are needed, {free} are free ({why}"
        f"{amount(ROOM_RESERVE_BYTES)} that are kept free, so that nothing else on that disk stops).",
        "Make room or choose another disk with --out, then run the same command again. Nothing was lost.",
    )


def amount(size_bytes: int) -> str:
    """A number of bytes as people write it: "1.2 GB"."""
    for unit, step in (("GB", 1e9), ("MB", 1e6)):
        if size_bytes >= step:
            return f"{size_bytes / step:.1f} {unit}"
    return f"{size_bytes / 1e3:.0f} kB"


@contextlib.contextmanager
def exclusive(hidden: Path, name: str, *, deadline_s: float, cancel: Cancel | None = None) -> Iterator[None]:
    """Hold the lock `name`, waiting for another run that holds it.

    Raises:
        StorageError: the other run did not let go within `deadline_s`.
        CancelledError: `cancel()` became true.
    """
    end = time.monotonic() + deadline_s
    while True:
        with try_lock(hidden / f"{name}.lock") as obtained:
            if obtained:
                yield
                return
        if cancel is not None and cancel():
            raise CancelledError
        if time.monotonic() > end:
            raise StorageError(
                f"Another stagebox has been working in {shown(hidden.parent)} for {deadline_s:.0f} s.",
                "Wait until it has finished, then run the same command again.",
            )
        time.sleep(_LOCK_POLL_S)


def sweep(hidden: Path) -> None:
    """Remove the unfinished parts of runs that are dead; those of a living run are locked and stay."""
    for part in hidden.glob("*.part"):
        with try_lock(hidden / f"{part.name.split('.')[0]}.lock") as obtained:
            if obtained:
                part.unlink(missing_ok=True)


def free_stem(out: Path, stem: str, taken: Callable[[str], bool]) -> str:
    """`stem`, or `stem (2)` and so on, so that no file of that name is there; long stems are shortened.

    Args:
        taken: whether a stem is in use otherwise.

    Names that differ only in case, or in how a letter with an accent is written, count as the same: on a
    stick with FAT, or in a Mac's folder, they would be one file.

    Raises:
        StorageError: thousands are in use.
    """
    there = names_in(out)
    for number in range(1, _MAX_NUMBER):
        extra = f" ({number})" if number > 1 else ""
        name = fitting(stem, NAME_LIMIT_BYTES - len(os.fsencode(extra)) - LONGEST_SUFFIX_BYTES) + extra
        if not any(folded(name + suffix) in there for suffix in (".mp4", ".mkv")) and not taken(name):
            return name
    raise StorageError(
        f"There are {_MAX_NUMBER} files named like {shown(stem)} in {shown(out)}.", "Clear the folder up."
    )


def folded(name: str) -> str:
    """`name` as a file system sees it that tells neither case nor ways to write a letter apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def names_in(folder: Path) -> frozenset[str]:
    """The names in a folder, each `folded`; none when it is not there.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return frozenset(folded(name) for name in os.listdir(folder))  # noqa: PTH208
    except FileNotFoundError:
        return frozenset()


def fitting(stem: str, room_bytes: int) -> str:
    """`stem` cut to at most `room_bytes` in the file system's encoding, at a whole character."""
    while len(os.fsencode(stem)) > room_bytes:
        stem = stem[:-1]
    return stem
