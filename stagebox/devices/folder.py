"""Reads the state of the recording folder."""

import os
from pathlib import Path

import psutil

from stagebox.model.facts.machine import FolderState


def folder_state(folder: Path) -> tuple[FolderState, int | None]:
    """(state, free bytes) of a folder, as the operating system tells; None when nobody can tell."""
    try:
        free = int(psutil.disk_usage(str(folder)).free)
    except OSError:
        return "gone", None
    if not folder.is_dir():
        return "gone", None
    return ("ok" if os.access(folder, os.W_OK | os.X_OK) else "read_only"), free
