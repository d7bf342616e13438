"""`python -m stagebox.media.worker`: recordings in processes of their own.

A damaged file may crash a decoder, and with it the process that reads it, but not the one that asked. A job
is a line of JSON on standard input; JSON lines go out on standard output:

    {"progress": {"step": "copy", "share": 0.4}}        any number of these
    {"report": {…}, "report_path": "/…/talk.report.json"}     the job's last line: `stagebox.report/1`
    {"error": {"what": "…", "remedy": "…", "code": "…"}}      instead of it, when there is no report
    {"free": true}                                      another job is taken; only if this one said `more`

An error also says whether ffmpeg was killed from outside, was late, and was late while it gave way (`killed`,
`late`, `yielded`): then the same work may be done again.

Where the platform can, each job is done by a fork of this process, which has loaded everything. This process
ends as a fork did that said nothing. Exit codes are those of `stagebox process`: 0 ok, 1 flagged or failed, 2
unusable input or broken set-up. SIGTERM and SIGINT stop the work tidily: nothing partial is left. So does the
end of the one who asked.
"""

import contextlib
import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from stagebox.media import prestarted
from stagebox.model.said import as_json, said_of
from stagebox.system import forks

if TYPE_CHECKING:
    from stagebox.media.job import Job
    from stagebox.media.runner import Cancel
    from stagebox.model.program import SceneLayout
    from stagebox.model.settings import Settings

PROGRESS_EVERY_S = 0.2
_SAID = (0, 1, 2)
"""Exit codes with which a job ends that has said its last line."""


def main() -> int:
    """Do the jobs on standard input and return the last one's exit code."""
    if not forks.possible():
        # It loads beside this process, which loads what it needs itself only then.
        return _do(sys.stdin.readline, prestarted.start_viewer)
    # Often there is one job. It and its viewer share what takes longest to load, load the rest beside each
    # other, and begin before it is known what they will do.
    _load_shared()
    line, code = _first()
    while code in _SAID and _wants_more(line):
        _JsonLines(sys.stdout).write({"free": True})
        if not (line := sys.stdin.readline()):
            break
        _load()
        code = forks.run(lambda: _do(lambda: line, _fork_viewer))
    if code not in _SAID:
        forks.end_as(code)
    return code


def _first() -> tuple[str, int]:
    """Do the first job; return its line and its exit code."""
    source, sink = os.pipe()
    lines: list[str] = []

    def hand_on() -> None:
        os.close(source)
        lines.append(sys.stdin.readline())
        with contextlib.suppress(BrokenPipeError), os.fdopen(sink, "w", encoding="utf-8") as told:
            told.write(lines[0])

    def begin() -> int:
        os.close(sink)
        with os.fdopen(source, encoding="utf-8") as told:
            return _do(told.readline, _fork_viewer)

    code = forks.run(begin, meanwhile=hand_on)
    return lines[0], code


def _load_shared() -> None:
    """What both a job and its viewer need; a single thread, so that it can be forked."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from stagebox.media import viewer
    from stagebox.media.analysis import flv_index

    del flv_index, viewer
    gc.collect()
    gc.freeze()


def _load() -> None:
    """All that takes time, once for all further jobs."""
    from stagebox.media import html, pages, pipeline, viewer

    del pages, pipeline
    html.load()
    viewer.load()
    gc.collect()
    gc.freeze()


def _wants_more(line: str) -> bool:
    with contextlib.suppress(ValueError, AttributeError):
        return bool(json.loads(line).get("more"))
    return False


def _fork_viewer() -> prestarted.WaitingViewer:
    from stagebox.media import viewer

    return prestarted.WaitingViewer(*forks.start(viewer.answer))


def _do(next_line: Callable[[], str], start_viewer: Callable[[], prestarted.WaitingViewer]) -> int:
    """Do one job and return its exit code; it is asked for when all is loaded."""
    stop = threading.Event()

    def stopped(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    with prestarted.spare_viewer(start_viewer) as viewers:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stopped)
        parent = os.getppid()
        return _work(
            next_line, _JsonLines(sys.stdout), viewers, lambda: stop.is_set() or os.getppid() != parent
        )


def _work(
    next_line: Callable[[], str], out: "_JsonLines", viewers: list[prestarted.WaitingViewer], cancel: "Cancel"
) -> int:
    from stagebox.media import runner
    from stagebox.media.pipeline import JobOutcome, process, verify_recording
    from stagebox.model.errors import ExitCode, StageboxError, StorageError
    from stagebox.model.report import Code, Verdict

    line = next_line()
    if not line and cancel():
        return int(ExitCode.UNUSABLE)  # nobody came with a job, and nobody is left to be told
    try:
        job, settings, verify = _read_request(line, viewers)
        if verify:
            (path,) = job.sources
            report = verify_recording(
                path,
                settings,
                expected_s=job.expected_s,
                progress=out.progress,
                cancel=cancel,
                viewers=viewers,
                kind=job.hash,
                layouts=job.layouts,
            )
            outcome = JobOutcome(report)
        else:
            outcome = process(job, settings, progress=out.progress, cancel=cancel, viewers=viewers)
            # The talk is made and proven: it does not fall with the page of all talks.
            if job.top is None:
                from stagebox.media.index import writing

                with contextlib.suppress(StorageError):
                    writing.write(job.out)
    except StageboxError as error:
        code = str(getattr(error, "code", Code.UNREADABLE))
        told: dict[str, Any] = {"what": error.what, "remedy": error.remedy, "code": code}
        told["said"] = as_json(said_of(error.what))
        told["killed"] = isinstance(error, runner.KilledError)
        told["late"] = isinstance(error, runner.DeadlineError)
        told["yielded"] = isinstance(error, runner.DeadlineError) and error.yielded
        out.write({"error": told})
        return int(error.exit_code)
    out.write(
        {
            "report": outcome.report.to_json(),
            "report_path": _text(outcome.report_path),
            "page_path": _text(outcome.page_path),
            "skipped": outcome.skipped,
        }
    )
    return int(ExitCode.GOOD if outcome.report.verdict is Verdict.OK else ExitCode.NEEDS_PERSON)


def _read_request(text: str, viewers: list[prestarted.WaitingViewer]) -> "tuple[Job, Settings, bool]":
    from stagebox.media import runner
    from stagebox.model.errors import StageboxError
    from stagebox.model.settings import Settings

    try:
        asked = json.loads(text)
        if asked.get("gentle"):
            runner.lower_priority(*(viewer.process.pid for viewer in viewers))
        settings = Settings.model_validate_json(json.dumps(asked.get("settings", {})))
        return _job(asked["job"]), settings, bool(asked.get("verify"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StageboxError(f"The worker was given no job that it understands: {error}.") from None


def _job(told: Mapping[str, Any]) -> "Job":
    from stagebox.media.job import Job, LiveAlarm, SessionFacts, safe_stem
    from stagebox.model.pauses import EndedPause
    from stagebox.model.program import OnProgram
    from stagebox.model.ranges import FileRange
    from stagebox.model.schedule import TalkConsent

    expected_s, name = told.get("expected_s"), told.get("name")
    return Job(
        sources=tuple(Path(source) for source in told["sources"]),
        out=Path(told["out"]),
        name=None if name is None else safe_stem(name),
        expected_s=None if expected_s is None else float(expected_s),
        starts_s=tuple(float(start_s) for start_s in told.get("starts_s", ())),
        splits=tuple(int(number) for number in told.get("splits", ())),
        pauses=tuple(EndedPause(**pause) for pause in told.get("pauses", ())),
        started_utc=float(told.get("started_utc", 0.0)),
        facts=SessionFacts(**{key: str(value) for key, value in told.get("facts", {}).items()}),
        alarms=tuple(LiveAlarm(**alarm) for alarm in told.get("alarms", ())),
        hash=told.get("hash", "murmur3"),
        layouts=tuple(_layout(layout) for layout in told.get("layouts", ())),
        program=tuple(OnProgram(**mark) for mark in told.get("program", ())),
        top=None if (top := told.get("top")) is None else Path(top),
        ranges=tuple(FileRange(**one) for one in told.get("ranges", ())),
        consent=TalkConsent.read(told.get("consent")),
        gaps_s=None if (gaps_s := told.get("gaps_s")) is None else tuple(gaps_s),
    )


def _layout(told: Mapping[str, Any]) -> "SceneLayout":
    from stagebox.model.program import SceneBox, SceneLayout

    boxes = tuple(SceneBox(role=one["role"], box=tuple(one["box"])) for one in told["boxes"])
    return SceneLayout(
        scene=str(told["scene"]), boxes=boxes, ground=tuple(told["ground"]), sound=bool(told["sound"])
    )


def _text(path: Path | None) -> str | None:
    from stagebox.media import runner

    return None if path is None else runner.exact(path)


class _JsonLines:
    """JSON lines out; progress is thinned so that a slow reader does not slow the work."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._last_s = 0.0

    def progress(self, step: str, share: float) -> None:
        now_s = time.monotonic()
        if now_s - self._last_s >= PROGRESS_EVERY_S:
            self._last_s = now_s
            self.write({"progress": {"step": step, "share": round(share, 4)}})

    def write(self, value: dict[str, Any]) -> None:
        with self._lock:
            self._stream.write(json.dumps(value) + "\n")
            self._stream.flush()


if __name__ == "__main__":
    sys.exit(main())
