"""`python -m stagebox.media.worker`: one recording in a process of its own.

A damaged file may crash a decoder, and with it this process, but not the one that asked. One JSON job comes
in on standard input; JSON lines go out on standard output:

    {"progress": {"step": "copy", "share": 0.4}}        any number of these
    {"report": {…}, "report_path": "/…/talk.report.json"}     the last line: `stagebox.report/1`
    {"error": {"what": "…", "remedy": "…", "code": "…"}}      instead of it, when there is no report

An error also says whether ffmpeg was killed from outside, was late, and was late while it gave way (`killed`,
`late`, `yielded`): then the same work may be done again.

Exit codes are those of `stagebox process`: 0 ok, 1 flagged or failed, 2 unusable input or broken set-up.
SIGTERM and SIGINT stop the work tidily: nothing partial is left. So does the end of the one who asked.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from stagebox.media import ahead

if TYPE_CHECKING:
    from stagebox.media.job import Job
    from stagebox.media.runner import Cancel
    from stagebox.model.settings import Settings

PROGRESS_EVERY_S = 0.2


def main() -> int:
    """Do the one job on standard input and return the exit code."""
    stop = threading.Event()

    def stopped(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stopped)
    parent = os.getppid()
    # It loads beside this process, which loads what it needs itself only now.
    with ahead.spare_viewer() as viewers:
        return _work(_Lines(sys.stdout), viewers, lambda: stop.is_set() or os.getppid() != parent)


def _work(out: "_Lines", viewers: list[ahead.Viewer], cancel: "Cancel") -> int:
    from stagebox.media import pages, runner
    from stagebox.media.pipeline import Outcome, process, verify_recording
    from stagebox.model.errors import ExitCode, StageboxError, StorageError
    from stagebox.model.report import Code, Verdict

    try:
        job, settings, verify = _read_request(sys.stdin.read(), viewers)
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
            )
            outcome = Outcome(report)
        else:
            outcome = process(job, settings, progress=out.progress, cancel=cancel, viewers=viewers)
            # The talk is made and proven: it does not fall with the page of all talks.
            with contextlib.suppress(StorageError):
                pages.write_index(job.out)
    except StageboxError as error:
        code = str(getattr(error, "code", Code.UNREADABLE))
        told: dict[str, Any] = {"what": error.what, "remedy": error.remedy, "code": code}
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


def _read_request(text: str, viewers: list[ahead.Viewer]) -> "tuple[Job, Settings, bool]":
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
    from stagebox.model.pauses import Pause

    expected_s, name = told.get("expected_s"), told.get("name")
    return Job(
        sources=tuple(Path(source) for source in told["sources"]),
        out=Path(told["out"]),
        name=None if name is None else safe_stem(name),
        expected_s=None if expected_s is None else float(expected_s),
        starts_s=tuple(float(start_s) for start_s in told.get("starts_s", ())),
        splits=tuple(int(number) for number in told.get("splits", ())),
        pauses=tuple(Pause(**pause) for pause in told.get("pauses", ())),
        started_utc=float(told.get("started_utc", 0.0)),
        facts=SessionFacts(**{key: str(value) for key, value in told.get("facts", {}).items()}),
        alarms=tuple(LiveAlarm(**alarm) for alarm in told.get("alarms", ())),
        hash=told.get("hash", "murmur3"),
    )


def _text(path: Path | None) -> str | None:
    from stagebox.media import runner

    return None if path is None else runner.exact(path)


class _Lines:
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
