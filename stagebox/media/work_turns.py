"""While a recording runs, others are worked on one at a time and gently."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from stagebox.media import runner
from stagebox.media.collect import SUFFIXES

RECORDING_FRESH_S = 5.0
"""A file that was written to this recently is being recorded."""

_TURN_POLL_S = 0.5


def recording_runs(folder: Path) -> bool:
    """Whether a recording is being written in this folder right now; stagebox's own outputs do not count."""
    now = time.time()
    with contextlib.suppress(OSError), os.scandir(folder.expanduser()) as entries:
        for entry in entries:
            if Path(entry.name).suffix.lower() in SUFFIXES - {".mp4"}:
                with contextlib.suppress(OSError):
                    # What the future has written, a clock that was wrong has: it says nothing of now.
                    if abs(now - entry.stat().st_mtime) < RECORDING_FRESH_S:
                        return True
    return False


class WorkTurns:
    """Lets recordings start; while OBS records, one at a time."""

    def __init__(self, recording: Callable[[], bool]) -> None:
        self._recording = recording
        self._active = 0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def turn(self, stopping: Callable[[], bool]) -> Iterator[bool]:
        """Wait for a turn; yields whether to be gentle."""
        with self._changed:
            while True:
                if stopping():
                    raise runner.CancelledError
                gentle = self._recording()
                if not gentle or self._active == 0:
                    break
                self._changed.wait(_TURN_POLL_S)
            self._active += 1
        try:
            yield gentle
        finally:
            with self._changed:
                self._active -= 1
                self._changed.notify_all()
