"""Leaves beside the reports what became of each talk of the schedule, so that the index can tell it."""

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stagebox.media import pages
from stagebox.media.index import unrecorded, writing
from stagebox.model.errors import StorageError
from stagebox.model.snapshot import Snapshot
from stagebox.system.files import write_whole

log = logging.getLogger(__name__)

CLOSE_S = 10.0


class CoverageFile:
    """Writes the file, and the index, on a thread of its own, each time that a talk's fate may be another.

    Args:
        told: the JSON of `GET /api/schedule`; raises StorageError.
        out: the folder of the MP4s, now.
    """

    def __init__(self, told: Callable[[], dict[str, Any]], out: Callable[[], Path]) -> None:
        self._told = told
        self._out = out
        self._seen: object = None
        self._due = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="coverage", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self) -> None:
        """End, after what is being written."""
        self._closing = True
        self._due.set()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_S)

    def watch(self, snapshot: Snapshot) -> None:
        """Look whether a talk's fate may have changed. Never waits."""
        schedule, session = snapshot.schedule, snapshot.session
        now = (
            *(schedule.source, schedule.room, schedule.talks, schedule.upcoming),
            *(schedule.now and schedule.now.key, schedule.due and schedule.due.key),
            session.id if session is not None else "",
            tuple((one.id, one.verdict) for one in snapshot.finished),
        )
        if now != self._seen:
            known, self._seen = self._seen, now
            if schedule.source or known is not None:
                self._due.set()

    def _run(self) -> None:
        while self._due.wait() and not self._closing:
            self._due.clear()
            try:
                self._write()
            except (StorageError, OSError) as error:
                log.warning("what became of the schedule's talks is not in the index: %s", error)
            except Exception:
                log.exception("what became of the schedule's talks is not in the index")

    def _write(self) -> None:
        told, out = self._told(), self._out()
        path = out / pages.FOLDER / unrecorded.FILE
        if not told["source"]:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(told, ensure_ascii=False).encode(), mode=None)
        writing.renew(out)
