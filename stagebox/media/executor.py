"""Carries out the engine's wish for an MP4: one worker process at a time, watched for progress."""

import contextlib
import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stagebox.media import storage, trial_files, worker_messages
from stagebox.media.job import Job, LiveAlarm, SessionFacts, request
from stagebox.media.runner import KILLS, YIELD_FACTOR
from stagebox.messages.code_catalogue import REMEDY, coded, say
from stagebox.model.effects import ProcessSession
from stagebox.model.observations import JobDone, JobProgress
from stagebox.model.paths import path_of
from stagebox.model.program import SceneLayout
from stagebox.model.said import Sentence, as_json, from_json, said_of, together
from stagebox.model.settings import Settings
from stagebox.system.processes import end_group, signal_name

log = logging.getLogger(__name__)

Post = Callable[[JobDone | JobProgress], None]
WAITING_MOST = 1000
END_S = 5.0
TRIES = 3
"""How often work is begun that is killed each time; a killer that comes again is no accident."""
ROOM_EVERY_S = 2.0
"""How often is looked whether there is room again for a job that waits for it."""


class MediaExecutor:
    """Works off recordings in order, in child processes, so that a damaged file takes only its child along.

    Args:
        settings: the settings in force.
        post: told of progress and of the end; must only enqueue.
        recording: whether a recording runs now; work is then done gently, and not at all while it would
            take the room that the recording needs.
        layouts: the scenes of the pack, whose boxes are judged.
    """

    def __init__(
        self,
        settings: Settings,
        post: Post,
        recording: Callable[[], bool],
        layouts: tuple[SceneLayout, ...] = (),
    ) -> None:
        self._settings = settings
        self._layouts = layouts
        self._post = post
        self._recording = recording
        self._waiting: queue.Queue[ProcessSession | None] = queue.Queue(maxsize=WAITING_MOST)
        self._closing = threading.Event()
        self._child: subprocess.Popen[str] | None = None
        self._present = ""
        """The effect that is worked on."""
        self._newest: dict[str, str] = {}
        """The newest effect of each session: asked for again, with more files, it makes the others void."""
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="media", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def follow(self, settings: Settings) -> None:
        """Work with these settings from the next recording on."""
        self._settings = settings

    def submit(self, effect: ProcessSession) -> None:
        """Take a recording in hand; exactly one JobDone follows, unless this is closed before.

        What was asked for before for the same session is void then, and its worker is ended tidily.
        """
        with self._lock:
            before = self._newest.get(effect.session_id)
            self._newest[effect.session_id] = effect.effect_id
            if before is not None and before == self._present and self._child is not None:
                self._child.terminate()
        try:
            self._waiting.put_nowait(effect)
        except queue.Full:
            self._failed(effect, say("too_many_wait"))

    def close(self) -> None:
        """End; the present worker stops tidily and its recording is taken up again at the next start."""
        self._closing.set()
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(None)
        with self._lock:
            if self._child is not None:
                self._child.terminate()
        if self._thread.ident is not None:
            self._thread.join(END_S)
        with self._lock:
            if self._child is not None:
                _kill(self._child)

    def _run(self) -> None:
        while not self._closing.is_set():
            effect = self._waiting.get()
            if effect is None:
                return
            if self._is_void(effect):
                continue
            try:
                if not self._wait_for_room(effect):
                    return
                with self._lock:
                    self._present = effect.effect_id
                self._work_off(effect)
            except OSError as error:
                self._give_up(effect, say("worker_not_started", reason=str(error)))
            except Exception:
                # Whatever it was, it is this recording's: the next one must be processed.
                log.exception("The processing of %s failed", effect.name)
                self._give_up(effect, say("worker_fault"))

    def _give_up(self, effect: ProcessSession, what: str) -> None:
        try:
            self._failed(effect, what)
        except Exception:
            log.exception("What came of %s could not be handed over", effect.name)

    def _is_void(self, effect: ProcessSession) -> bool:
        """Whether the same session was asked for again since."""
        with self._lock:
            return self._newest.get(effect.session_id) != effect.effect_id

    def _work_off(self, effect: ProcessSession) -> None:
        """Process, and once more when the worker or its ffmpeg was killed: that says nothing of the file."""
        for left in reversed(range(TRIES)):
            last, code, stalled = self._process(effect)
            if (self._closing.is_set() and "report" not in last) or self._is_void(effect):
                return
            error = last.get("error", {})
            again = error.get("killed") or error.get("yielded")
            killed = again or (code in KILLS and "report" not in last)
            if stalled or not killed or not left:
                self._tell(effect, last, code, stalled)
                return
            log.warning("The processing of %s was killed, and is begun again", effect.name)

    def _wait_for_room(self, effect: ProcessSession) -> bool:
        """Wait while the MP4 would eat the recording's room; False when this is closed meanwhile."""
        recording = self._settings.recording
        folders = [folder for folder in (recording.folder, recording.second_folder) if folder is not None]
        while self._recording() and not storage.leaves_room(
            recording.out, [path_of(one) for one in effect.segments], folders, recording.reserve_bytes
        ):
            self._post(JobProgress(session_id=effect.session_id, step="waiting", share=0.0))
            if self._closing.wait(ROOM_EVERY_S):
                return False
        return not self._closing.is_set()

    def _process(self, effect: ProcessSession) -> tuple[dict[str, Any], int, bool]:
        """Run one worker; return its last word, its exit code, and whether it made no progress any more."""
        job = Job(
            sources=tuple(path_of(path) for path in effect.segments),
            out=trial_files.folder_of(self._settings.state_dir, effect)
            if effect.trial
            else self._settings.recording.out,
            name=effect.name,
            expected_s=effect.expected_s or None,
            starts_s=effect.starts_s,
            splits=effect.splits,
            ranges=effect.ranges,
            pauses=effect.pauses,
            layouts=self._layouts,
            program=effect.program,
            consent=effect.allows,
            started_utc=effect.started_utc,
            facts=SessionFacts(
                title=effect.title,
                speaker=effect.speaker,
                room=effect.room,
                event=self._settings.event.title,
                started_at=_iso(effect.started_utc),
            ),
            alarms=tuple(
                LiveAlarm(
                    code=mark.code,
                    level=mark.level,
                    start_s=mark.start_s,
                    end_s=mark.start_s if mark.end_s is None else mark.end_s,
                    text=mark.message,
                    lacks_s=mark.lacks_s,
                    said=as_json(said_of(mark.message)),
                    role=mark.role,
                )
                for mark in effect.marks
            ),
        )
        child = subprocess.Popen(
            [sys.executable, "-m", "stagebox.media.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            # A group of its own: Ctrl-C at the terminal reaches stagebox, which ends the worker tidily.
            start_new_session=True,
        )
        with self._lock:
            self._child = child
        stalled = threading.Event()
        last: dict[str, Any] = {}
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            with contextlib.suppress(BrokenPipeError):
                child.stdin.write(request(job, self._settings, gentle=self._recording()))
                child.stdin.close()
            for line in _watched(child, self._settings.waits.process_stall_s, stalled, self._recording):
                last = self._read(effect, line) or last
        finally:
            try:
                child.wait(END_S)
            except subprocess.TimeoutExpired:
                stalled.set()
                _kill(child)
                child.wait(END_S)
            if child.stdout is not None:
                child.stdout.close()
            with self._lock:
                self._child = None
        return last, child.returncode, stalled.is_set()

    def _read(self, effect: ProcessSession, line: str) -> dict[str, Any] | None:
        said = worker_messages.understood(line)
        if said is None:
            log.warning("the media worker said %r", line[:200])
            return None
        progress = said.get("progress")
        if progress is None:
            return None if "free" in said else said
        self._post(JobProgress(session_id=effect.session_id, step=progress["step"], share=progress["share"]))
        return None

    def _tell(self, effect: ProcessSession, last: dict[str, Any], code: int, stalled: bool) -> None:
        if "report" in last:
            report, summary = last["report"], summary_of(last["report"])
            done = JobDone(session_id=effect.session_id, verdict=report["verdict"], summary=summary)
            if effect.trial:
                self._done(effect, replace(done, trial=trial_files.result_of(effect, report, summary)))
            else:
                told = last.get("report_path") or ""
                self._done(effect, replace(done, output=report["output"] or "", report=told))
        elif "error" in last:
            error = last["error"]
            self._failed(effect, coded(_sentences(error, "what"), "worker_fault"))
        elif stalled:
            self._failed(effect, say("worker_stalled"))
        elif code < 0:
            self._failed(effect, say("worker_killed", signal=signal_name(-code)))
        else:
            self._failed(effect, say("worker_fault"))

    def _failed(self, effect: ProcessSession, what: str) -> None:
        kept = say("test_again") if effect.trial else say("recording_kept", files=", ".join(effect.segments))
        summary = together(what, kept)
        self._done(effect, JobDone(session_id=effect.session_id, verdict="failed", summary=summary))

    def _done(self, effect: ProcessSession, done: JobDone) -> None:
        """Tell the end. A trial is gone by then: after a crash between the two it would be judged again."""
        with self._lock:
            if self._newest.get(effect.session_id) != effect.effect_id:
                return  # The same session was asked for again meanwhile.
        if effect.trial:
            trial_files.remove(self._settings.state_dir, effect)
        self._post(done)
        with self._lock:
            if self._newest.get(effect.session_id) == effect.effect_id:
                del self._newest[effect.session_id]


def _watched(
    child: subprocess.Popen[str], stall_s: float, stalled: threading.Event, excused: Callable[[], bool]
) -> Iterator[str]:
    """The child's lines; a child that is silent for `stall_s` seconds is killed and `stalled` set.

    Args:
        excused: whether it may wait for the disk now; then it is given ten times as long.
    """
    assert child.stdout is not None
    heard, over = threading.Event(), threading.Event()

    def watch() -> None:
        waited = 0
        while not over.is_set():
            if heard.wait(stall_s):
                heard.clear()
                waited = 0
            elif excused() and waited + 1 < YIELD_FACTOR:
                waited += 1
            else:
                stalled.set()
                _kill(child)
                return

    watcher = threading.Thread(target=watch, name="media-stall", daemon=True)
    watcher.start()
    try:
        while line := child.stdout.readline(worker_messages.LONGEST):
            heard.set()
            yield line
    finally:
        over.set()
        heard.set()
        watcher.join(END_S)


def _kill(child: subprocess.Popen[str]) -> None:
    """Kill the worker and the ffmpeg processes of its group."""
    end_group(child.pid)


def summary_of(report: Mapping[str, Any]) -> str:
    """The worst finding in one sentence, or that all is well; and where the backup's sound was put."""
    rescued = (report.get("rescue") or {}).get("output")
    return together(_worst(report), say("backup_sound_in", file=Path(rescued).name) if rescued else "")


def _worst(report: Mapping[str, Any]) -> str:
    order = ("critical", "warning", "note")
    findings = sorted(report["findings"], key=lambda finding: order.index(finding["severity"]))
    if findings and findings[0]["severity"] != "note":
        return _sentences(findings[0], "message")
    return say("nothing_lost") if report["lossless"] else ""


def _sentences(told: Mapping[str, Any], name: str) -> str:
    """What is told under `name`, and its remedy, with what both are made of."""
    said = from_json(told.get("said"), told[name])
    remedy = replace(said, code=f"{said.code}.{REMEDY}" if said.code else "", words=told["remedy"])
    return together(Sentence(said), Sentence(remedy) if remedy.words else "")


def _iso(utc: float) -> str:
    return datetime.fromtimestamp(utc, UTC).isoformat(timespec="seconds") if utc else ""
