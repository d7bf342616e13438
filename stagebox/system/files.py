"""Files that matter: read by place, written aside and flushed, their folders flushed."""

import contextlib
import errno
import os
import threading
from pathlib import Path
from typing import Any

_os: Any = os
"""The same, for what only some platforms have."""

BINARY: int = getattr(os, "O_BINARY", 0)
"""Windows changes line ends in descriptors that were opened without this."""

_WAITS_NOT = getattr(os, "O_NONBLOCK", 0)
_position = threading.Lock()


def open_to_read(path: Path) -> int:
    """A descriptor of the file, which no child gets; opening a pipe that nobody writes does not wait."""
    return os.open(path, os.O_RDONLY | BINARY | _WAITS_NOT)


def read_at(file: int, size: int, at: int) -> bytes:
    """Up to `size` bytes from the place `at` of a descriptor; several threads may do so at once."""
    if hasattr(os, "pread"):
        data: bytes = _os.pread(file, size, at)
        return data
    with _position:
        os.lseek(file, at, os.SEEK_SET)
        return os.read(file, size)


def read_into(file: int, room: memoryview, at: int) -> int:
    """Fill `room` from the place `at`; returns how many bytes came, 0 at the end."""
    if hasattr(os, "preadv"):
        count: int = _os.preadv(file, [room], at)
        return count
    data = read_at(file, len(room), at)
    room[: len(data)] = data
    return len(data)


def flush_data(file: int) -> None:
    """Have the disk hold what was written to a descriptor, and its length."""
    if hasattr(os, "fdatasync"):
        os.fdatasync(file)
    else:
        os.fsync(file)


def flush(path: Path) -> None:
    """Have the disk hold all of a file that others may write."""
    # Windows flushes only what may be written.
    file = open_to_read(path) if os.name == "posix" else os.open(path, os.O_RDWR | BINARY)
    try:
        flush_data(file)
    finally:
        os.close(file)


def flush_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder, where folders can be opened and flushed."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EBADF):
                raise
        finally:
            os.close(descriptor)


def forget(file: int) -> None:
    """Let memory drop what it has of a file, so that it is read from the disk, where that can be."""
    if hasattr(os, "posix_fadvise"):
        _os.posix_fadvise(file, 0, 0, _os.POSIX_FADV_DONTNEED)


def write_whole(
    path: Path,
    data: bytes,
    *,
    mode: int | None = 0o600,
    modified_s: float | None = None,
    aside: Path | None = None,
) -> None:
    """Put `data` at `path` so that a reader, or a power cut, meets the old file or the
    new, never half of one.

    Args:
        mode: exactly the new file's rights; None: as the user's other files have them.
        modified_s: the modification time to give it, in seconds since 1970; None: now.
        aside: where it is written first, on the same disk; None: beside it, under a name of this process.

    Raises OSError: it cannot be written; the old file stands.
    """
    aside = aside or path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY
        with open(os.open(aside, flags, 0o666 if mode is None else mode), "wb") as file:  # noqa: PTH123
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)  # the umask is for files that people make
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if modified_s is not None:
            os.utime(aside, (modified_s, modified_s))
        aside.replace(path)
        flush_folder(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def node_identity(path: Path) -> str:
    """Which device a node stands for: udev makes a node anew each time that a device is plugged in."""
    status = path.stat()
    return f"{getattr(status, 'st_rdev', 0)}:{status.st_ino}:{status.st_ctime_ns}"


def never_wait(file: int) -> None:
    """Let writing to a pipe that is full fail at once, where pipes can do that."""
    if hasattr(os, "set_blocking"):
        _os.set_blocking(file, False)
