"""Moves a recording aside, or deletes it: never over another file, and never before it is whole elsewhere.

Within one file system the new name is a second link to the same file, and then the old one goes. To another
file system the file is copied beside its place, flushed, read back, and compared before it gets its name.
Whoever is killed in between leaves the recording where it was; the next run finds the copy, or makes it.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from stagebox.media import manifest, runner, storage
from stagebox.media.manifest import FileStamp
from stagebox.model.errors import RefusedError, StorageError
from stagebox.system.files import flush, flush_folder, forget

_NO_LINKS = (errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
_CHUNK = 1 << 20
_MAX_NUMBER = 1000


def moved(source: Path, target: Path, was: FileStamp, cancel: Callable[[], bool] = lambda: False) -> Path:
    """Move `source` to `target`, or beside it when another file is there; returns where it is now.

    Args:
        was: the recording as it was compared.

    Raises:
        RefusedError: the recording was changed since; nothing was done.
        StorageError: the folder cannot be written, or its disk is full; the recording is where it was.
        CancelledError: the caller asked to stop.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.name == source.name and target.parent.samefile(source.parent):
            raise RefusedError(f"{runner.shown(source)} lies there already.", "Name another folder.")
        part = target.with_name(f".{storage.key_of((source,))}.part")
        part.unlink(missing_ok=True)
        _check_unchanged(source, was)
        for place in _places(target):
            if place.exists() and _same_content(source, place):
                break  # a run that was killed had come this far
            if _named(source, place) or _copied(source, place, part, was, cancel):
                break
        else:
            raise StorageError(f"There are {_MAX_NUMBER} files like {runner.shown(target)}.", "Clear it up.")
        flush(place)
        flush_folder(place.parent)
        deleted(source, was)
    except OSError as error:
        raise _told(target.parent, source, error) from None
    return place


def deleted(source: Path, was: FileStamp) -> None:
    """Delete a recording.

    Raises:
        RefusedError: it was changed since it was compared.
        OSError: it cannot be deleted.
    """
    _check_unchanged(source, was)
    source.unlink()
    flush_folder(source.parent)


def _check_unchanged(source: Path, was: FileStamp) -> None:
    seen = manifest.stamp(source)
    if (seen.size_bytes, seen.mtime_ns) != (was.size_bytes, was.mtime_ns):
        raise RefusedError(
            f"{runner.shown(source)} was changed while it was looked at, so it stays.",
            "Run the same command again.",
        )


def _places(target: Path) -> list[Path]:
    others = (target.with_stem(f"{target.stem} ({number})") for number in range(2, _MAX_NUMBER))
    return [target, *others]


def _named(source: Path, place: Path) -> bool:
    """Give the file this name, too; False when that cannot be: another file has it, or another disk."""
    try:
        os.link(source, place, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    return True


def _copied(source: Path, place: Path, part: Path, was: FileStamp, cancel: Callable[[], bool]) -> bool:
    """Copy the file and give the whole copy this name; False when another file has it."""
    if os.path.lexists(place):
        return False
    free_bytes = shutil.disk_usage(place.parent).free
    if free_bytes < was.size_bytes + storage.ROOM_RESERVE_BYTES:
        raise OSError(errno.ENOSPC, "full")
    try:
        told = _written(source, part, cancel)
        os.utime(part, ns=(was.mtime_ns, was.mtime_ns))
        flush(part)
        if told != _digest(part, fresh=True):
            raise StorageError(
                f"The copy of {runner.shown(source)} in {runner.shown(place.parent)} is not the same.",
                "That disk may be failing. The recording is where it was.",
            )
        _check_unchanged(source, was)
        return _given(part, place)
    finally:
        part.unlink(missing_ok=True)


def _given(part: Path, place: Path) -> bool:
    """Name the copy, over nothing but a name that this very run took."""
    if _named(part, place):
        return True
    if os.path.lexists(place):
        return False
    os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    part.replace(place)
    return True


def _written(source: Path, part: Path, cancel: Callable[[], bool]) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as reading, part.open("xb") as writing:
        while chunk := reading.read(_CHUNK):
            if cancel():
                raise runner.CancelledError
            digest.update(chunk)
            writing.write(chunk)
    return digest.hexdigest()


def _same_content(source: Path, place: Path) -> bool:
    if place.is_symlink() or not place.is_file():
        return False
    if source.samefile(place):
        return source.stat().st_nlink > 1  # else it is the very same name, by another way
    return source.stat().st_size == place.stat().st_size and _digest(source) == _digest(place, fresh=True)


def _digest(path: Path, *, fresh: bool = False) -> str:
    """The file's sha256; `fresh`: as the disk has it, not as memory does."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        if fresh:
            forget(stream.fileno())
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _told(folder: Path, source: Path, error: OSError) -> StorageError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(
            f"The disk of {runner.shown(folder)} is full: {runner.shown(source.name)} stays where it was.",
            "Make room or choose another disk, then run the same command again.",
        )
    return StorageError(
        f"{runner.shown(source)} could not be moved to {runner.shown(folder)}: {error.strerror or error}.",
        "Choose another folder, or give this user the right to change both. Nothing is lost.",
    )
