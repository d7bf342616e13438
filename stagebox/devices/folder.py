"""Reads the state of the recording folder, and watches it."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

import psutil

from stagebox.model.observations import FolderSeen

log = logging.getLogger(__name__)

Judge = Callable[[bool, bool, int], FolderSeen]
EVERY_S = 2.0


def folder_facts(folder: Path) -> tuple[bool, bool, int]:
    """(exists, writable, free bytes) of a folder, as the operating system tells."""
    try:
        free = int(psutil.disk_usage(str(folder)).free)
    except OSError:
        return False, False, 0
    return folder.is_dir(), os.access(folder, os.W_OK | os.X_OK), free


class FolderWatch:
    """Posts what `judge` says of the folder: at the start, and whenever its health changes."""

    def __init__(self, folder: Path, judge: Judge, post: Callable[[FolderSeen], None]) -> None:
        self._folder = folder
        self._judge = judge
        self._post = post
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="folder", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def close(self) -> None:
        """End the watch."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join(EVERY_S)

    def _run(self) -> None:
        told = ""
        while True:
            seen = self._judge(*folder_facts(self._folder))
            if seen.health != told:
                told = seen.health
                self._post(seen)
            if self._closing.wait(EVERY_S):
                return
