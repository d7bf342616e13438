"""Files that matter: written aside, flushed, renamed, and their folder flushed."""

import os
from pathlib import Path

from stagebox.model.errors import StorageError


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Put `data` at `path` so that a power cut leaves the old file or the new one, never half of one.

    Raises:
        StorageError: the folder cannot be written, or is full.
    """
    aside = path.with_name(path.name + ".new")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        raise StorageError(
            f"{path} could not be written: {error.strerror}.", "Check the disk and the folder's rights."
        ) from error


def flush_folder(folder: Path) -> None:
    """Flush a folder, so that a new name in it survives a power cut. Where folders cannot be, do nothing."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
