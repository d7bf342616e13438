"""Processes what arrives in a folder. A rescan is the truth; watchdog only wakes it up early.

watchdog's observer ends without a word when its folder is deleted and made anew, so nothing rests on it.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from stagebox.media import collect
from stagebox.media.batch import Batch
from stagebox.media.batch_result import BatchResult
from stagebox.media.collect import FoundRecording
from stagebox.media.index.rows import SkippedFile
from stagebox.media.runner import CancelledError, shown
from stagebox.model.program import SceneLayout
from stagebox.model.report import Code, Severity
from stagebox.model.settings import Settings
from stagebox.model.verdicts import NOT_DONE, SETTLED, verdict_words
from stagebox.system.writers import written_by_anyone

RESCAN_S = 5.0
SETTLE_S = 4.0
"""A file is complete when it has not changed for this long and nobody has it open for writing."""

RETRY_S = 60.0
"""When the disk was full or a folder could not be written, try again after this."""

Stamp = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""

Say = Callable[[str], None]


@dataclass(slots=True)
class FileArrivals:
    """Decides which files are complete. Pure: it is told the time and what was seen."""

    settle_s: float = SETTLE_S
    _since: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    _taken: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)

    def ready(
        self, now_s: float, seen: Mapping[Path, Stamp], being_written: Callable[[Path], bool]
    ) -> list[Path]:
        """The files that can be taken now. `being_written` is asked last, since it is dear."""
        for gone in self._since.keys() - seen.keys():
            del self._since[gone]
        for gone in self._taken.keys() - seen.keys():
            del self._taken[gone]
        found = []
        for path, stamp in seen.items():
            taken = self._taken.get(path)
            if taken is not None and taken[0] == stamp and now_s < taken[1]:
                continue
            before = self._since.get(path)
            if before is None or before[0] != stamp:
                self._since[path] = (stamp, now_s)
            elif now_s - before[1] >= self.settle_s and not being_written(path):
                found.append(path)
        return found

    def took(self, path: Path, stamp: Stamp, again_s: float = float("inf")) -> None:
        """This file is done with, until it changes or until `again_s`."""
        self._taken[path] = (stamp, again_s)


class FolderWatch:
    """Watches one folder until `stop` is set.

    Args:
        say: called with one line for each change: folder gone, folder back, a recording's verdict.
        done: called with what came of each recording.
        layouts: the scenes of the pack, whose boxes are judged.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        *,
        out: Path | None = None,
        jobs: int = 0,
        flatten: bool = False,
        say: Say,
        done: Callable[[BatchResult], None],
        stop: threading.Event,
        settle_s: float = SETTLE_S,
        rescan_s: float = RESCAN_S,
        layouts: tuple[SceneLayout, ...] = (),
    ) -> None:
        self._folder = folder.absolute()
        self._settings = settings
        self._out = out
        self._jobs = jobs
        self._flatten = flatten
        self._say = say
        self._done = done
        self._stop = stop
        self._layouts = layouts
        self._rescan_s = rescan_s
        self._arrivals = FileArrivals(settle_s)
        self._there: bool | None = None
        self._told: dict[Path, str] = {}
        self._skipped: list[SkippedFile] = []
        self._offered: set[tuple[str, ...]] = set()
        self._hint = _FolderHint(self._folder)

    def run(self) -> None:
        """Watch until `stop` is set."""
        try:
            while not self._stop.is_set():
                self.step(time.monotonic())
                self._hint.wait(self._rescan_s, self._stop)
        finally:
            self._hint.close()

    def step(self, now_s: float) -> None:
        """Look once, and process what is complete."""
        seen = self._look()
        ready = self._arrivals.ready(now_s, seen, written_by_anyone)
        if not ready:
            return
        found = [replace(one, root=self._folder) for one in collect.recordings(ready) if one.path in seen]
        batch = Batch(
            self._settings,
            out=self._out,
            jobs=self._jobs,
            finished=lambda at, done: self._finished(found[at], seen, done),
            stop=self._stop,
            layouts=self._layouts,
            flatten=self._flatten,
            skipped=self._skipped,
            whole=False,
        )
        with contextlib.suppress(CancelledError):
            self._tell_offers(batch.run(found))

    def _tell_offers(self, done: Iterable[BatchResult]) -> None:
        """Say what looks like parts of one talk, each time that there is another part."""
        for offer in dict.fromkeys(one.offer for one in done if one.offer is not None):
            if offer.recordings not in self._offered:
                self._offered.add(offer.recordings)
                self._say(f"{shown(offer.what)} Join them: {offer.command}")

    def _look(self) -> dict[Path, Stamp]:
        try:
            with os.scandir(self._folder):
                pass
        except OSError as error:
            if self._there is not False:
                self._say(f"{shown(self._folder)} cannot be read ({error.strerror}): waiting for it")
            self._there = False
            return {}
        if self._there is not True:
            again = "is back" if self._there is False else "is being watched"
            self._say(f"{shown(self._folder)} {again}")
            self._there = True
            self._hint.restart()
        seen = {}
        self._skipped = []
        for path in collect.contents(self._folder):
            if isinstance(path, SkippedFile):
                self._skipped.append(path)
                continue
            with contextlib.suppress(OSError):
                status = path.stat()
                seen[path] = (status.st_size, status.st_mtime_ns)
        return seen

    def _finished(self, one: FoundRecording, seen: Mapping[Path, Stamp], done: BatchResult) -> None:
        codes = {finding.code for finding in done.report.findings}
        later = done.again or bool(done.later) or Code.GROWING in codes
        again_s = time.monotonic() + RETRY_S if later else float("inf")
        self._arrivals.took(one.path, seen[one.path], again_s)
        line = _line(one.path, done)
        if not done.skipped and self._told.get(one.path) != line:
            self._told[one.path] = line
            self._say(line)
            self._done(done)


def _line(path: Path, done: BatchResult) -> str:
    report, judged = done.report, done.judged
    bad = [finding for finding in judged.counts if finding.severity is not Severity.NOTE]
    worst = max(bad, key=lambda finding: finding.severity.rank, default=None)
    word = SETTLED.get(judged.settled) or verdict_words(judged.verdict)
    told = f"{shown(path.name)}: {NOT_DONE if done.later else word}"
    if report.output is not None:
        told += f", {shown(Path(report.output).name)}"
    return told if worst is None else f"{told}: {shown(worst.message)} {shown(worst.remedy)}"


class _FolderHint(FileSystemEventHandler):
    """Wakes the rescan when something changes in the folder; when it fails, the rescan comes by itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changed = threading.Event()
        self._observer: BaseObserver | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Something changed (or, as our own reading, did not: then a rescan costs little)."""
        if event.event_type in ("created", "moved", "closed", "deleted"):
            self._changed.set()

    def wait(self, timeout_s: float, stop: threading.Event) -> None:
        """Wait for a change, at most `timeout_s`; returns at once when `stop` is set."""
        end = time.monotonic() + timeout_s
        while not stop.is_set() and time.monotonic() < end:
            if self._changed.wait(0.2):
                self._changed.clear()
                return

    def restart(self) -> None:
        """Watch the folder as it is now; it may be another one of the same name."""
        self.close()
        observer = Observer()
        try:
            observer.schedule(self, str(self._folder), recursive=True)
            observer.start()
        except OSError:
            return
        self._observer = observer

    def close(self) -> None:
        """Stop watching."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(5.0)
            self._observer = None
