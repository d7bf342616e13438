"""Has the disk hold the growing recording: what only the page cache holds is gone when the power goes.

Of its own accord Linux writes it after up to 30 s (vm.dirty_expire_centisecs). The flush waits for the disk,
so it has a thread of its own: a slow disk delays nobody.
"""

import os
import threading
from functools import partial
from pathlib import Path

from stagebox.system.files import flush_data, open_to_read

EVERY_S = 1.0
CLOSE_S = 2.0


class RecordFlush:
    """A thread that flushes the file it was told of, each `EVERY_S` and once more when it was left.

    One flush at a time, and the next a pause later: a disk that cannot keep up is not asked more often.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._path: Path | None = None
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="record-flush", daemon=True)

    def start(self) -> None:
        """Begin to flush."""
        self._thread.start()

    def watch(self, path: Path | None) -> None:
        """Say which file grows now; None: none does, or not on this computer."""
        with self._changed:
            if path != self._path:
                self._path = path
                self._changed.notify_all()

    def close(self) -> bool:
        """End the thread; return whether it ended in time."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        closing = False
        while not closing:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._path is not None)
                path = self._path
                if path is None:
                    return
                self._changed.wait_for(partial(self._news, path), EVERY_S)
                closing = self._closing
            # Also a file that was just left: its last second is not on the disk yet.
            flush(path)

    def _news(self, path: Path) -> bool:
        return self._closing or self._path != path


def flush(path: Path) -> bool:
    """Have the disk hold what was written to `path`, by a descriptor of our own; return whether it does.

    A disk that fails is told by what looks at the folder and at the file; here it must only do no harm.
    """
    try:
        descriptor = open_to_read(path)
    except OSError:
        return False
    try:
        flush_data(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
