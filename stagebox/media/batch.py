"""Many recordings at once, each in a child process: a file that crashes a decoder costs itself alone."""

import contextlib
import logging
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from stagebox.media import ahead, growing, manifest, news, pages, runner, storage
from stagebox.media.collect import SUFFIXES, Found
from stagebox.media.job import HashKind, Job, request
from stagebox.media.probe import UnusableError
from stagebox.model.errors import ExitCode
from stagebox.model.report import Code, Finding, Report, Severity, Verdict
from stagebox.model.settings import Settings
from stagebox.model.signals import signal_name

log = logging.getLogger(__name__)

RECORDING_FRESH_S = 5.0
"""A file that was written to this recently is being recorded."""

STILL_OPEN_S = 60.0
"""A file that was not written to for this long is finished, whoever may still have it open."""

_STOP_S = 10.0
_TURN_POLL_S = 0.5

Progress = Callable[[int, str, float], None]
"""Called with a recording's position in the batch, the step in one word, and the share done, 0 to 1."""

Finished = Callable[[int, "Done"], None]
"""Called with a recording's position in the batch when it is done."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one recording.

    `foreign` says that input or set-up was unusable, not the recording bad; `again` that it took too long,
    which it may not another time.
    """

    report: Report
    page_path: Path | None = None
    skipped: bool = False
    foreign: bool = False
    again: bool = False


def exit_code(done: Sequence[Done]) -> ExitCode:
    """What a command that ends with these says."""
    if any(one.foreign for one in done):
        return ExitCode.UNUSABLE
    if any(one.report.verdict is not Verdict.OK for one in done):
        return ExitCode.NEEDS_PERSON
    return ExitCode.GOOD


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


def deadline_of(path: Path, *, gentle: bool) -> float:
    """Seconds that a worker may take for this recording, however large it is and whoever else works on it."""
    size = path.stat().st_size if path.exists() else 0
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
        spare: list[ahead.Worker] | None = None,
        hash_kind: HashKind = "murmur3",
    ) -> None:
        self._settings = settings
        self._hash = hash_kind
        self._spare = spare if spare is not None else []
        self._out = out
        self._jobs = jobs or os.cpu_count() or 1
        self._verify = verify
        self._progress = progress or (lambda position, step, share: None)
        self._finished = finished or (lambda position, done: None)
        self._stop = threading.Event()
        self._outer_stop = stop or threading.Event()
        self._turns = Turns(lambda: recording_runs(settings.recording.folder))

    def run(self, found: Sequence[Found]) -> list[Done]:
        """Do all, and return what came of each, in the given order. Ctrl-C stops the workers tidily.

        Raises:
            MediaError: ffmpeg is not installed.
        """
        for name in ("ffmpeg", "ffprobe"):
            runner.tool(name)
        if not self._verify:
            for folder in {self._folder(one.path) for one in found if one.unusable is None}:
                storage.sweep(folder / storage.HIDDEN)
        done: dict[int, Done] = {}
        with ThreadPoolExecutor(self._jobs, thread_name_prefix="batch") as pool:
            try:
                futures = {
                    pool.submit(self._one, position, one): position for position, one in enumerate(found)
                }
                for future in as_completed(futures):
                    position = futures[future]
                    done[position] = future.result()
                    self._finished(position, done[position])
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        if not self._verify:
            self._indexes(found)
        return [done[position] for position in range(len(found))]

    def _stopping(self) -> bool:
        return self._stop.is_set() or self._outer_stop.is_set()

    def _folder(self, source: Path) -> Path:
        return self._out if self._out is not None else source.absolute().parent

    def _indexes(self, found: Sequence[Found]) -> None:
        for folder in sorted({self._folder(one.path) for one in found if one.unusable is None}):
            with contextlib.suppress(storage.FolderError, storage.FullError):
                pages.write_index(folder)

    def _one(self, position: int, one: Found) -> Done:
        if one.unusable is not None:
            return Done(one.unusable.report(one.path), foreign=True)
        try:
            return self._worked_off(position, one)
        except runner.CancelledError:
            raise
        except OSError as error:
            reason = f"{runner.shown(one.path.name)} could not be worked on: {error.strerror or error}."
            wrong = UnusableError(reason, "Run the same command again.")
            return Done(wrong.report(one.path), foreign=True)
        except Exception:
            # Whatever it was, it is this recording's: the others must be processed.
            log.exception("The work on %s failed", runner.shown(one.path))
            return Done(_own_fault(one.path).report(one.path))

    def _worked_off(self, position: int, one: Found) -> Done:
        job = Job((one.path,), self._folder(one.path), hash=self._hash)
        if not self._verify and (known := _finished_before(job, self._settings)) is not None:
            return known
        if self._fresh(one.path) and growing.written_by_anyone(one.path):
            return Done(growing.report(one.path))
        size_bytes = growing.size_of(one.path)
        with self._turns.turn(self._stopping) as gentle:
            asked = request(job, self._settings, verify=self._verify, gentle=gentle)
            done = self._child(position, one.path, asked, gentle=gentle)
        later_bytes = growing.size_of(one.path)
        if size_bytes is not None and later_bytes is not None and later_bytes > size_bytes:
            return Done(growing.report(one.path))
        return done

    def _fresh(self, path: Path) -> bool:
        """Whether it was written to so lately that it may still be recorded."""
        with contextlib.suppress(OSError):
            return time.time() - path.stat().st_mtime < STILL_OPEN_S
        return False

    def _child(self, position: int, path: Path, request: str, *, gentle: bool) -> Done:
        try:
            process = self._spare.pop()
        except IndexError:
            process = ahead.start()
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(request)
            process.stdin.close()
        told: queue.Queue[dict[str, Any] | None] = queue.Queue(1000)
        reader = threading.Thread(target=_read_lines, args=(process.stdout, told), daemon=True)
        reader.start()
        try:
            return self._follow(position, path, process, told, deadline_of(path, gentle=gentle))
        finally:
            _end(process)
            reader.join(_STOP_S)
            process.stdout.close()

    def _follow(
        self,
        position: int,
        path: Path,
        process: subprocess.Popen[str],
        told: "queue.Queue[dict[str, Any] | None]",
        deadline_s: float,
    ) -> Done:
        end = time.monotonic() + deadline_s
        last: dict[str, Any] = {}
        while True:
            if self._stopping():
                raise runner.CancelledError
            if time.monotonic() > end:
                return _late(path, deadline_s)
            try:
                line = told.get(timeout=0.1)
            except queue.Empty:
                continue
            if line is None:
                break
            last = line
            if "progress" in line:
                self._progress(position, line["progress"]["step"], line["progress"]["share"])
        _end(process, _STOP_S)
        return _done(path, last, process.returncode)


class Turns:
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


def _finished_before(job: Job, settings: Settings) -> Done | None:
    """What an earlier run made of this very job, without starting a process for it."""
    key = storage.key_of(job.sources)
    entry = manifest.load(manifest.path_of(job.out / storage.HIDDEN, key))
    if entry is None or not manifest.is_current(entry, job, settings.verify):
        return None
    return Done(entry.report, pages.page_path(job.out, entry.stem), skipped=True)


def _read_lines(stream: IO[str], told: "queue.Queue[dict[str, Any] | None]") -> None:
    try:
        while line := stream.readline(news.LONGEST):
            said = news.understood(line)
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
            process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_S)


def _done(path: Path, last: dict[str, Any], code: int) -> Done:
    if "report" in last:
        page = last.get("page_path")
        report = manifest.read_report(last["report"], usable=last["report"]["verdict"] != "failed")
        return Done(report, None if page is None else Path(page), bool(last.get("skipped")))
    if "error" in last:
        error = last["error"]
        finding = Finding(Code(error["code"]), Severity.CRITICAL, 0.0, 0.0, error["what"], error["remedy"])
        return Done(
            Report(runner.exact(path), None, None, 0.0, findings=(finding,), usable=False),
            foreign=True,
            again=error["late"],
        )
    if code < 0:
        error = UnusableError(
            f"The program that read {runner.shown(path.name)} was ended by signal {-code} "
            f"({signal_name(-code)}).",
            "The file may be damaged so that ffmpeg does not survive it. Look for another file of this talk.",
        )
    else:
        error = _own_fault(path)
    return Done(error.report(path))


def _own_fault(path: Path) -> UnusableError:
    return UnusableError(
        f"stagebox itself failed while it read {runner.shown(path.name)}.",
        "The recording is untouched. Please report this, with the first megabyte of the file if you may.",
    )


def _late(path: Path, deadline_s: float) -> Done:
    error = UnusableError(
        f"The work on {runner.shown(path.name)} took longer than {deadline_s / 60:.0f} min and was stopped.",
        "The recording is untouched. Run the same command again when the computer has less to do.",
    )
    return Done(error.report(path), again=True)
