"""Reads the state of the recording folder."""

import errno
import os
from pathlib import Path

import psutil

from stagebox.model.facts.machine import FolderState


def folder_state(folder: Path, *, begin_file: bool = False) -> tuple[FolderState, int | None]:
    """(state, free bytes) of a folder, as the operating system tells; None when nobody can tell.

    With `begin_file` a file is begun there, too: it costs the disk a little, and finds one that failed.
    """
    try:
        free = int(psutil.disk_usage(str(folder)).free)
    except OSError:
        return "gone", None
    if not folder.is_dir():
        return "gone", None
    written = os.access(folder, os.W_OK | os.X_OK) and (not begin_file or _takes_files(folder))
    return ("ok" if written else "read_only"), free


_REFUSALS = frozenset({errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM})


def _takes_files(folder: Path) -> bool:
    """Whether a file can be begun there, by beginning one that has no name and leaves no trace.

    An ext4 that failed writes no more, but Linux from 6.15 on calls it writable all the same. Where there are
    no files without a name (FAT, network disks), nobody can tell, which counts as yes.
    """
    if not hasattr(os, "O_TMPFILE"):
        return True
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600))
    except OSError as error:
        return error.errno not in _REFUSALS
    return True
