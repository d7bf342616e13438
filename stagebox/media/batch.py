"""Many recordings at once, each in a child process: a file that crashes a decoder costs itself alone."""

import contextlib
import logging
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from stagebox.media import (
    earlier_verdict,
    growing,
    manifest,
    prestarted,
    processed_talk,
    runner,
    storage,
    talk_review,
    worker_messages,
)
from stagebox.media.batch_records import BatchRecords
from stagebox.media.batch_result import LATER, BatchResult, later, out_of_reach
from stagebox.media.collect import SUFFIXES, FoundRecording
from stagebox.media.index.rows import SkippedFile
from stagebox.media.index.run_log import CatalogueTalk
from stagebox.media.job import HashKind, Job, request
from stagebox.media.output_layout import OutputLayout
from stagebox.media.parts.offer_words import OfferedJoin
from stagebox.media.probe import UnusableError, unusable
from stagebox.media.work_turns import WorkTurns, recording_runs
from stagebox.model.errors import StageboxError
from stagebox.model.program import SceneLayout
from stagebox.model.report import Code
from stagebox.model.said import Sentence, from_json
from stagebox.model.settings import Settings
from stagebox.system.processes import end_group, signal_name
from stagebox.system.writers import written_by_anyone

log = logging.getLogger(__name__)

STILL_OPEN_S = 60.0
"""A file that was not written to for this long is finished, whoever may still have it open."""

_STOP_S = 10.0

Progress = Callable[[int, str, float], None]
"""Called with a recording's position in the batch, the step in one word, and the share done, 0 to 1."""

Finished = Callable[[int, BatchResult], None]
"""Called with a recording's position in the batch when it is done."""


def deadline_of(*paths: Path, gentle: bool) -> float:
    """Seconds that a worker may take for these recordings, however large and whoever else works on them."""
    size = sum(growing.size_of(path) or 0 for path in paths)
    passes_s = 5 * runner.deadline_for(size)
    return storage.OTHER_RUN_DEADLINE_S + passes_s * (runner.YIELD_FACTOR if gentle else 1.0)


class Batch:
    """Runs recordings through workers.

    Args:
        out: the folder for all outputs; None puts each beside its source.
        jobs: recordings at a time; 0 means one a core. While a recording runs it is one, with low priority.
        verify: only look; nothing is written.
        stop: when set, `run` stops its workers and raises CancelledError.
        spare: workers that were started ahead; those that are used are taken out.
        hash_kind: which hash of the packets the reports tell.
        layouts: the scenes of the pack, whose boxes are judged.
        flatten: all outputs go into `out` itself, with their folders in their names.
        skipped: files that were passed over, for the index to tell.
        about: what is known of talks from elsewhere, by the path of the recording as reports spell it.
        whole: whether `run` is given all that lies in the folders that were named.
        joins: talks that are to be joined from several of the recordings.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        out: Path | None = None,
        jobs: int = 0,
        verify: bool = False,
        progress: Progress | None = None,
        finished: Finished | None = None,
        stop: threading.Event | None = None,
        spare: list[prestarted.Worker] | None = None,
        hash_kind: HashKind = "murmur3",
        layouts: tuple[SceneLayout, ...] = (),
        flatten: bool = False,
        skipped: Sequence[SkippedFile] = (),
        about: Mapping[str, CatalogueTalk] | None = None,
        whole: bool = True,
        joins: Sequence[Job] = (),
    ) -> None:
        self._settings = settings
        self._joins = joins
        self._hash = hash_kind
        self._layouts = layouts
        self._spare = spare if spare is not None else []
        self._free: list[_Worker] = []
        self._out = out
        self._flatten = flatten
        self._skipped = skipped
        self._about = about
        self._whole = whole
        self._jobs = jobs or os.cpu_count() or 1
        self._verify = verify
        self._progress = progress or (lambda position, step, share: None)
        self._finished = finished or (lambda position, done: None)
        self._stop = threading.Event()
        self._outer_stop = stop or threading.Event()
        self.done: dict[int, BatchResult] = {}
        self._records: BatchRecords | None = None
        self._others: dict[int, list[tuple[int, Path]]] = {}
        self._turns = WorkTurns(lambda: recording_runs(settings.recording.folder))

    def run(self, found: Sequence[FoundRecording]) -> list[BatchResult]:
        """Do all, and return what came of each, in the given order. Ctrl-C stops the workers tidily.

        What was done until then is in `done`, and in the index with the rest.

        Raises:
            MediaError: ffmpeg is not installed.
        """
        for name in ("ffmpeg", "ffprobe"):
            runner.tool(name)
        self.done.clear()
        self._others.clear()
        records = self._records = None if self._verify else self._open_books(found)
        if records is not None:
            self._others = _by_position(records.together(), found)
            self._done_before(records, found)
        others = {at for some in self._others.values() for at, _ in some}
        left = [at for at in range(len(found)) if at not in self.done and at not in others]
        ended = "waits for its turn"
        with ThreadPoolExecutor(self._jobs, thread_name_prefix="batch") as pool:
            try:
                futures = {pool.submit(self._one, position, found[position]): position for position in left}
                if records is not None and left:
                    records.write(ended)
                for future in as_completed(futures):
                    position = futures[future]
                    self._tell(position, found[position].path, future.result())
            except BaseException:
                ended = "the run was stopped"
                self._stop.set()
                pool.shutdown(wait=True, cancel_futures=True)
                raise
            finally:
                while self._free:
                    self._free.pop().close()
                if records is not None:
                    records.write(ended)
        done = [self.done[position] for position in range(len(found))]
        return done if records is None else _with_offers(done, records.offers())

    def _open_books(self, found: Sequence[FoundRecording]) -> BatchRecords:
        roots = tuple(dict.fromkeys(one.root for one in found if one.root is not None))
        layout = OutputLayout(self._out, roots, self._flatten)
        records = BatchRecords(
            self._settings,
            layout,
            found,
            skipped=self._skipped,
            about=self._about,
            whole=self._whole,
            job=Job((), Path(), hash=self._hash, layouts=self._layouts),
            joins=self._joins,
        )
        for folder in records.folders:
            storage.sweep(folder / storage.HIDDEN)
        return records

    def _done_before(self, records: BatchRecords, found: Sequence[FoundRecording]) -> None:
        """Tell of what earlier runs made, without a thread or a process for each."""
        others = {at for some in self._others.values() for at, _ in some}
        for position, one in enumerate(found):
            if one.unusable is not None or position in others:
                continue
            if (known := records.finished_before(records.job(one.path))) is not None:
                for at, done in self._of_all(position, one.path, known):
                    self.done[at] = done
                    self._finished(at, done)
        records.keep({found[position].path: done for position, done in self.done.items()})

    def _tell(self, position: int, path: Path, done: BatchResult) -> None:
        paths = {position: path, **dict(self._others.get(position, ()))}
        for at, one in self._of_all(position, path, done):
            self.done[at] = one
            self._finished(at, one)
            if self._records is not None:
                self._records.note(paths[at], one)

    def _of_all(self, position: int, path: Path, done: BatchResult) -> list[tuple[int, BatchResult]]:
        """What came of a recording, and with it of the others that are joined with it."""
        if self._records is None or position not in self._others:
            return [(position, done)]
        together = [(position, path), *self._others[position]]
        return [(at, self._records.as_part(one, done)) for at, one in together]

    def _stopping(self) -> bool:
        return self._stop.is_set() or self._outer_stop.is_set()

    def _one(self, position: int, one: FoundRecording) -> BatchResult:
        if one.unusable is not None:
            return BatchResult(one.unusable.report(one.path), foreign=True)
        try:
            done = self._worked_off(position, one)
        except runner.CancelledError:
            raise
        except OSError as error:
            name, reason = runner.shown(one.path.name), str(error.strerror or error)
            wrong = unusable("not_worked_on", name=name, reason=reason)
            done = BatchResult(wrong.report(one.path), foreign=True)
        except storage.DiskFullError as error:
            return later(one.path, error, error.code)
        except storage.FolderError as error:
            return later(one.path, error, error.code)
        except Exception:
            # Whatever it was, it is this recording's: the others must be processed.
            log.exception("The work on %s failed", runner.shown(one.path))
            return BatchResult(_own_fault(one.path).report(one.path))
        return self._seen(one, done)

    def _seen(self, one: FoundRecording, done: BatchResult) -> BatchResult:
        """What came of it, seen from outside: where it was is gone, or it was no recording to begin with."""
        folder = one.root if one.root is not None else one.path.absolute().parent
        if done.report.output is None and not folder.is_dir():
            return out_of_reach(one.path, folder)
        nothing = not done.report.usable and one.root is None and one.path.suffix.lower() not in SUFFIXES
        return replace(done, foreign=True) if nothing else done

    def _worked_off(self, position: int, one: FoundRecording) -> BatchResult:
        job = Job((one.path,), Path(), hash=self._hash, layouts=self._layouts)
        if self._records is not None:
            job = self._records.adopted(self._records.job(one.path), self._stopping)
            if (known := self._records.made_before(job)) is not None:
                return known
        if growing.is_fresh(one.path, STILL_OPEN_S) and written_by_anyone(one.path):
            return BatchResult(growing.report(one.path))
        size_bytes = growing.size_of(one.path)
        if self._records is not None:
            storage.prepare(job.out)
        with self._turns.turn(self._stopping) as gentle:
            asked = request(job, self._settings, verify=self._verify, gentle=gentle, more=True)
            deadline_s = deadline_of(*job.sources, gentle=gentle)
            done = self._child(position, one.path, asked, deadline_s)
        later_bytes = growing.size_of(one.path)
        if size_bytes is not None and later_bytes is not None and later_bytes > size_bytes:
            return BatchResult(growing.report(one.path))
        if self._records is None:
            return replace(done, said=processed_talk.said_of(one.path))
        hidden, key = job.out / storage.HIDDEN, storage.key_of(job.sources, job.ranges)
        said = talk_review.load(hidden, key)
        entry = manifest.load(manifest.path_of(hidden, key))
        return replace(
            done, said=said, compared=None if entry is None else earlier_verdict.compared(entry, said)
        )

    def _child(self, position: int, path: Path, request: str, deadline_s: float) -> BatchResult:
        worker = self._worker()
        with contextlib.suppress(BrokenPipeError):
            worker.ask(request)
        free = False
        try:
            done, free = self._follow(position, path, worker, deadline_s)
            return done
        finally:
            if free:
                self._free.append(worker)
            else:
                worker.close()

    def _worker(self) -> "_Worker":
        """One that is free, or was started ahead, or is started now."""
        while self._free:
            with contextlib.suppress(IndexError):
                worker = self._free.pop()
                if worker.process.poll() is None:
                    return worker
                worker.close()
        try:
            return _Worker(self._spare.pop())
        except IndexError:
            return _Worker(prestarted.start())

    def _follow(
        self, position: int, path: Path, worker: "_Worker", deadline_s: float
    ) -> tuple[BatchResult, bool]:
        """What came of it, and whether the worker takes another job."""
        end = time.monotonic() + deadline_s
        last: dict[str, Any] = {}
        while True:
            if self._stopping():
                raise runner.CancelledError
            if time.monotonic() > end:
                return _late(path, deadline_s), False
            try:
                line = worker.told.get(timeout=0.1)
            except queue.Empty:
                continue
            if line is None:
                break
            if "free" in line:
                return _done(path, last, 0), True
            last = line
            if "progress" in line:
                self._progress(position, line["progress"]["step"], line["progress"]["share"])
        _end(worker.process, _STOP_S)
        return _done(path, last, worker.process.returncode), False


class _Worker:
    """A worker's process, and what it has told, line by line; None is its end."""

    def __init__(self, process: prestarted.Worker) -> None:
        assert process.stdout is not None
        self.process = process
        self.told: queue.Queue[dict[str, Any] | None] = queue.Queue(1000)
        self._reader = threading.Thread(target=_read_lines, args=(process.stdout, self.told), daemon=True)
        self._reader.start()

    def ask(self, request: str) -> None:
        """Hand a job to it. Raises BrokenPipeError when it is gone."""
        assert self.process.stdin is not None
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """End it: kindly, then for good."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        _end(self.process)
        self._reader.join(_STOP_S)
        self.process.stdout.close()


def _by_position(
    together: Mapping[Path, Sequence[Path]], found: Sequence[FoundRecording]
) -> dict[int, list[tuple[int, Path]]]:
    """Positions of recordings that are joined with others, with the positions and paths of those."""
    if not together:
        return {}
    positions = {one.path: at for at, one in enumerate(found)}
    return {positions[first]: [(positions[path], path) for path in rest] for first, rest in together.items()}


def _with_offers(done: Sequence[BatchResult], offers: Sequence[OfferedJoin]) -> list[BatchResult]:
    """What came of the recordings, each with the offer that it is in."""
    by_path = {path: offer for offer in offers for path in offer.recordings}
    return [replace(one, offer=by_path.get(one.report.source)) for one in done]


def _read_lines(stream: IO[str], told: "queue.Queue[dict[str, Any] | None]") -> None:
    try:
        while line := stream.readline(worker_messages.LONGEST):
            said = worker_messages.understood(line)
            if said is not None:
                told.put(said)
    finally:
        told.put(None)


def _end(process: subprocess.Popen[str], patience_s: float = 0.0) -> None:
    """Stop a worker that is still there after so long: kindly, so that it tidies up, then for good."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience_s)
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            end_group(process.pid)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_S)


def _done(path: Path, last: dict[str, Any], code: int) -> BatchResult:
    if "report" in last:
        page = last.get("page_path")
        report = manifest.read_report(last["report"], usable=last["report"]["verdict"] != "failed")
        return BatchResult(report, None if page is None else Path(page), bool(last.get("skipped")))
    if "error" in last:
        error = last["error"]
        found, what = Code(error["code"]), Sentence(from_json(error["said"], error["what"]))
        if found in LATER:
            return later(path, StageboxError(what, error["remedy"]), found)
        told = UnusableError(what, error["remedy"], code=found)
        return BatchResult(told.report(path), foreign=True, again=error["late"])
    if code < 0:
        word = signal_name(-code)
        error = unusable("killed", name=runner.shown(path.name), signal=-code, word=word)
    else:
        error = _own_fault(path)
    return BatchResult(error.report(path))


def _own_fault(path: Path) -> UnusableError:
    return unusable("own_fault", name=runner.shown(path.name))


def _late(path: Path, deadline_s: float) -> BatchResult:
    error = unusable("too_long", name=runner.shown(path.name), limit_s=deadline_s)
    return BatchResult(error.report(path), again=True)
