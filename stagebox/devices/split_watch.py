"""Finds the file in which OBS goes on when it splits its recording: OBS before 30.2 does not say so.

Only while OBS records, and the file that grew has stopped growing, is looked beside it: what was begun there
since, and is a recording of the same kind, is the next part. Once more is looked when the recording has
ended.
"""

import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stagebox.model.observations import RecordFileEvent

LOOK_EVERY_S = 0.5
QUIET_S = 0.8
"""A file that did not grow for so long may have been ended. OBS writes several times a second."""
AHEAD_S = 2.0
"""OBS begins the next part before the last words of the one before are on disk."""

_NUMBERED = re.compile(r" \(\d+\)$")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file in the folder: its size, when it was last written to (UTC seconds)."""

    path: str
    size_bytes: int
    changed_utc: float


def next_parts(
    present: FolderFile, known: Iterable[str], before: Iterable[FolderFile], now: Iterable[FolderFile]
) -> Sequence[FolderFile]:
    """The files in which the recording went on after `present`, in order; the last of them grows.

    Args:
        known: files that belong to a talk already.
        before, now: what lay in the folder at two looks; what grew between them is being written.
    """
    sizes = {one.path: one.size_bytes for one in before}
    fresh = _since(present, known, now, AHEAD_S)
    grows = bool(fresh) and fresh[-1].size_bytes > sizes.get(fresh[-1].path, fresh[-1].size_bytes)
    return fresh if grows else []


def last_parts(present: FolderFile, known: Iterable[str], now: Iterable[FolderFile]) -> Sequence[FolderFile]:
    """The files in which the recording went on after `present`, before it ended.

    OBS calls the parts of a recording "NAME", "NAME (2)", "NAME (3)", or each by its own time.
    """
    base = _base(present.path)
    return [
        one
        for one in _since(present, known, now, AHEAD_S)
        if _base(one.path) == base or one.changed_utc >= present.changed_utc
    ]


def _since(
    present: FolderFile, known: Iterable[str], now: Iterable[FolderFile], ahead_s: float
) -> list[FolderFile]:
    ours, suffix = {present.path, *known}, Path(present.path).suffix
    fresh = [
        one
        for one in now
        if one.path not in ours
        and Path(one.path).suffix == suffix
        and one.changed_utc >= present.changed_utc - ahead_s
    ]
    return sorted(fresh, key=lambda one: one.changed_utc)


def _base(path: str) -> str:
    return _NUMBERED.sub("", Path(path).stem)


class SplitWatch:
    """A thread that posts a RecordFileEvent for each part in which OBS goes on by itself.

    Args:
        post: takes the observations; it must only enqueue.
    """

    def __init__(self, post: Callable[[RecordFileEvent], None]) -> None:
        self._post = post
        self._changed = threading.Condition()
        self._path: Path | None = None
        self._known: frozenset[str] = frozenset()
        self._closing = False
        self._watched: Path | None = None
        self._newest: Path | None = None
        """The newest part that is known of: the watched file, or what was found after it."""
        self._size_bytes = -1
        self._quiet_since = 0.0
        self._before: list[FolderFile] = []
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="split-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def watch(self, path: Path | None, known: frozenset[str] = frozenset()) -> None:
        """Say which file grows now, as OBS records; None: none does. Only notes it.

        Args:
            known: files that belong to a talk already, this one's among them.
        """
        with self._changed:
            if path != self._path:
                self._changed.notify_all()
            self._path, self._known = path, known

    def close(self) -> bool:
        """End the thread; return whether it ended in time."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(5.0)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            with self._changed:
                idle = self._path is None and self._watched is None
                self._changed.wait_for(self._news, None if idle else LOOK_EVERY_S)
                if self._closing:
                    return
                path, known = self._path, self._known
            try:
                if path != self._watched:
                    self._take_up(path, known)
                elif path is not None:
                    self._look(path, known)
            except Exception:
                _log.exception("The parts of the recording could not be looked for")

    def _news(self) -> bool:
        return self._closing or self._path != self._watched

    def _take_up(self, path: Path | None, known: frozenset[str]) -> None:
        """Another file grows now, or none: of the one before, look once more."""
        before, self._watched = self._newest, path
        self._size_bytes, self._quiet_since, self._before = -1, time.monotonic(), []
        if str(path) in self._told:
            return
        present = None if before is None else look_at(before)
        if before is not None and present is not None:
            mine = known if path is None else known | {str(path)}
            self._tell(present, last_parts(present, mine | self._told, recordings_beside(before)))
        self._told.clear()
        self._newest = path

    def _look(self, path: Path, known: frozenset[str]) -> None:
        present = look_at(path)
        size_bytes = -1 if present is None else present.size_bytes
        if present is None or size_bytes != self._size_bytes:
            self._size_bytes, self._quiet_since, self._before = size_bytes, time.monotonic(), []
        elif time.monotonic() - self._quiet_since >= QUIET_S:
            now = list(recordings_beside(path))
            before, self._before = self._before, now
            if before:
                self._tell(present, next_parts(present, known | self._told, before, now))

    def _tell(self, present: FolderFile, parts: Sequence[FolderFile]) -> None:
        last = present
        for part in parts:
            _log.info("OBS goes on in %s", part.path)
            self._told.add(part.path)
            self._post(RecordFileEvent(path=part.path, began_utc=last.changed_utc, after=last.path))
            last = part
            self._newest = Path(part.path)


def look_at(path: Path) -> FolderFile | None:
    """The file as it lies there now; None when it does not."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return FolderFile(str(path), seen.st_size, seen.st_mtime)


def recordings_beside(path: Path) -> Iterable[FolderFile]:
    """The files of the same kind in the folder of `path`; none when it cannot be read."""
    try:
        with os.scandir(path.parent) as entries:
            for entry in entries:
                if entry.name.endswith(path.suffix) and entry.is_file(follow_symlinks=False):
                    seen = entry.stat()
                    yield FolderFile(str(path.parent / entry.name), seen.st_size, seen.st_mtime)
    except OSError:
        return
