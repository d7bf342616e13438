"""A test recording of two seconds, by OBS itself or through a running stagebox: played back and verified."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stagebox.api.client import Client
from stagebox.doctor.result import Level, Result
from stagebox.doctor.stage import Stage
from stagebox.media import runner
from stagebox.media.pipeline import verify_recording
from stagebox.model.errors import ApiError, MediaError, ObsError, StageboxError
from stagebox.model.report import Code, Report, Severity
from stagebox.model.settings import Settings
from stagebox.obs.connection import STATE_EVENTS

SECONDS = 2.0
START_S, STOP_S, PLAY_S = 10.0, 20.0, 60.0
LEAST_S = 1.0
NAME = "stagebox-doctor-test"
CHECK, TITLE = "recording", "Test recording"
TEST_TITLE = "Test by stagebox doctor"
"""One of `model.set_up.TEST_TITLES`, by which it is known as no talk."""

OF_THE_ROOM = frozenset(
    {Code.BLACK, Code.NO_SIGNAL, Code.FROZEN, Code.SILENT, Code.QUIET, Code.CLIPPING, Code.CHANNEL_DEAD}
    | {Code.NO_SPEECH, Code.SHORT}
)
"""Findings about what is shown and heard in an empty room: the checks of the sources speak of those."""

_STARTED, _STOPPED = "OBS_WEBSOCKET_OUTPUT_STARTED", "OBS_WEBSOCKET_OUTPUT_STOPPED"


def through_obs(stage: Stage, settings: Settings, keep: Path, *, local: bool) -> Result:
    """Let OBS record for two seconds, and verify the file, which is then put into the folder `keep`.

    OBS's own settings are put back. Raises ObsError.
    """
    if bool(stage.obs.request("GetRecordStatus")["outputActive"]):
        return busy()
    path = record(stage)
    if not local:
        words = f"OBS recorded {path} on its own computer; it cannot be played back from here."
        return Result(CHECK, TITLE, Level.NOTE, words, "Play it there.")
    return verified(_put_aside(Path(path), keep), settings)


def _put_aside(path: Path, keep: Path) -> Path:
    """Move our own file out of the recordings, or leave it there when it cannot be moved."""
    try:
        keep.mkdir(parents=True, exist_ok=True)
        if not (keep / path.name).exists():
            return path.rename(keep / path.name)
    except OSError:
        pass  # On another disk. It is named as what it is, and may stay.
    return path


def busy() -> Result:
    """The answer while a recording runs: it is not touched."""
    words = "A recording runs, and is left alone."
    return Result(CHECK, TITLE, Level.NOTE, words, "Run this again when it has ended.")


def record(stage: Stage) -> str:
    """Record for two seconds with OBS; returns the file that OBS names.

    Raises:
        ObsError: OBS refused, or did not start or stop in time.
    """
    states: dict[str, str] = {}

    def on_event(kind: str, data: Mapping[str, Any]) -> None:
        if kind == "RecordStateChanged":
            states[str(data["outputState"])] = str(data.get("outputPath") or "")

    with stage.listen(STATE_EVENTS, on_event) as news, _named(stage):
        stage.obs.request("StartRecord")
        try:
            _wait(news, states, _STARTED, START_S, "start")
            _listen_for(news, SECONDS)
        finally:
            stage.obs.request("StopRecord")
        _wait(news, states, _STOPPED, STOP_S, "stop")
    if not states[_STOPPED]:
        raise ObsError("OBS does not name the file of the test recording.", "Look into OBS's folder.")
    return states[_STOPPED]


@contextmanager
def _named(stage: Stage) -> Iterator[None]:
    """Give the next recording a name of ours, and put OBS's own way of naming back."""
    parameter = {"parameterCategory": "Output", "parameterName": "FilenameFormatting"}
    found = stage.obs.request("GetProfileParameter", parameter)
    before = found.get("parameterValue") or found.get("defaultParameterValue")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    stage.obs.request("SetProfileParameter", parameter | {"parameterValue": f"{NAME}-{stamp}"})
    try:
        yield
    finally:
        stage.obs.request("SetProfileParameter", parameter | {"parameterValue": before})


def _wait(news: Any, states: Mapping[str, str], state: str, limit_s: float, verb: str) -> None:
    deadline = time.monotonic() + limit_s
    while state not in states:
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise ObsError(
                f"The test recording did not {verb} within {limit_s:g} s.",
                "Look at OBS's own window: it may ask something, or its encoder may have failed.",
            )
        news.wait_for_event(left_s)


def _listen_for(news: Any, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (left_s := deadline - time.monotonic()) > 0:
        news.wait_for_event(left_s)


def through_stagebox(client: Client, settings: Settings) -> Result:
    """Ask the running stagebox for a recording of two seconds, as a person would. Raises ApiError."""
    state = client.state()
    if state["session"] is not None or state["recording"]:
        return busy()
    talk = {"title": TEST_TITLE}
    answer = client.send({"kind": "start_recording", "talk": talk}, timeout_s=START_S)
    if answer["status"] != "done":
        words = f"stagebox did not record: {answer['detail'] or answer['status']}"
        return Result(CHECK, TITLE, Level.LOOK, words, "`stagebox status` tells how things are.")
    try:
        session_id = str(client.state()["session"]["id"])
        # What is waited for is time itself: there is nothing to be told of.
        threading.Event().wait(SECONDS)
    finally:
        client.send({"kind": "stop_recording"}, timeout_s=STOP_S)
    session = _after(client, session_id)
    paths = [Path(one["path"]) for one in session["segments"] if one["path"]]
    if not paths:
        return Result(CHECK, TITLE, Level.LOOK, "OBS named no file.", "Look into OBS's folder.")
    return verified(paths[-1], settings)


def _after(client: Client, session_id: str) -> Mapping[str, Any]:
    """The session in the catalogue, as soon as its recording has ended."""
    try:
        client.wait_for(
            lambda state: state["session"] is None or state["session"]["id"] != session_id, STOP_S
        )
    except TimeoutError:
        raise ApiError("The test recording does not end.", "Look at OBS's own window.") from None
    found = [one for one in client.sessions(5) if one["id"] == session_id]
    if not found:
        raise ApiError("The test recording is not among the sessions.", "Look at `stagebox sessions`.")
    return found[0]


def verified(path: Path, settings: Settings) -> Result:
    """Play the file to its end and verify it."""
    try:
        done = runner.run(
            [
                runner.tool("ffmpeg"),
                "-nostdin",
                "-v",
                "error",
                "-i",
                runner.file_url(path),
                "-f",
                "null",
                "-",
            ],
            deadline_s=PLAY_S,
        )
        report = verify_recording(path, settings)
    except (MediaError, StageboxError) as error:
        return Result(CHECK, TITLE, Level.LOOK, error.what, error.remedy, {"file": str(path)})
    return judge(report, path, played=done.exit_code == 0, said=done.stderr)


def judge(report: Report, path: Path, *, played: bool, said: str) -> Result:
    """What playing and verifying the test recording found. Pure."""
    streams = [f"{stream.kind} {stream.codec}" for stream in report.streams]
    evidence = {"file": str(path), "duration_s": round(report.duration_s, 2), "streams": streams}
    bad = [
        one for one in report.findings if one.severity is not Severity.NOTE and one.code not in OF_THE_ROOM
    ]
    if not report.usable or bad:
        worst = max(bad, key=lambda one: one.severity.rank, default=None)
        words = worst.message if worst else "It cannot be used."
        remedy = (worst.remedy if worst else "") or "Look at OBS's output settings and its log."
        return Result(CHECK, TITLE, Level.LOOK, words, remedy, evidence)
    if not played:
        words = f"It does not play to its end: {said.strip().splitlines()[-1][:150] if said.strip() else ''}"
        return Result(CHECK, TITLE, Level.LOOK, words, "Look at OBS's output settings and its log.", evidence)
    if report.duration_s < LEAST_S:
        words = f"It lasts {report.duration_s:.1f} s only."
        remedy = "This computer is too slow for the settings: try a smaller picture or a lower obs.fps."
        return Result(CHECK, TITLE, Level.LOOK, words, remedy, evidence)
    words = f"{report.duration_s:.1f} s recorded, played and verified: {', '.join(streams)}."
    return Result(CHECK, TITLE, Level.GOOD, words, evidence=evidence)
