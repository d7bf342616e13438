"""Writes a file so that a reader, or a power cut, never meets half of it."""

import os
from pathlib import Path

from stagebox.model.errors import StorageError


def make_private_folder(folder: Path) -> None:
    """Make `folder` (and its parents) so that only its owner can look inside. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be used: {error.strerror}.", "Check its owner and its rights."
        ) from error


def write_aside(path: Path, data: bytes, *, mode: int = 0o600, modified_s: float | None = None) -> None:
    """Write `data` beside `path`, flush it, and rename it into place; raises StorageError.

    Args:
        mode: the new file's rights.
        modified_s: the modification time to give it, in seconds since 1970; None: now.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, mode)  # exactly these: the umask is for files that people make
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if modified_s is not None:
            os.utime(aside, (modified_s, modified_s))
        aside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise StorageError(
            f"{path} cannot be written: {error.strerror}.", "Check the folder's rights and the free space."
        ) from error
