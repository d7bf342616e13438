"""A test recording of two seconds, by OBS itself or through a running stagebox: played back and verified."""

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from stagebox.api.client import Client
from stagebox.doctor.checked_obs import CheckedObs
from stagebox.doctor.result import (
    CheckLevel,
    CheckResult,
    as_told,
    checked,
    in_snapshot,
    of_error,
    of_finding,
)
from stagebox.media import runner
from stagebox.media.pipeline import verify_recording
from stagebox.messages.code_catalogue import say_check
from stagebox.model.errors import ApiError, MediaError, ObsError, StageboxError
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.said import Sentence, from_json
from stagebox.model.settings import Settings
from stagebox.obs.connection import STATE_EVENTS

SECONDS = 2.0
START_S, STOP_S, PLAY_S = 10.0, 20.0, 60.0
LEAST_S = 1.0
NAME = "stagebox-doctor-test"
CHECK = "recording"

OF_THE_ROOM = frozenset(
    {Code.BLACK, Code.NO_SIGNAL, Code.FROZEN, Code.SILENT, Code.QUIET, Code.CLIPPING, Code.CHANNEL_DEAD}
    | {Code.NO_SPEECH, Code.SHORT}
)
"""Findings about what is shown and heard in an empty room: the checks of the sources speak of those."""

_STARTED, _STOPPED = "OBS_WEBSOCKET_OUTPUT_STARTED", "OBS_WEBSOCKET_OUTPUT_STOPPED"


def through_obs(stage: CheckedObs, settings: Settings, *, local: bool) -> CheckResult:
    """Let OBS record for two seconds, and verify the file, which then goes.

    OBS's own settings are put back. Raises ObsError.
    """
    if bool(stage.obs.request("GetRecordStatus")["outputActive"]):
        return busy()
    path = record(stage)
    if not local:
        return checked(CHECK, CheckLevel.NOTE, "elsewhere", path=path)
    try:
        return verified(Path(path), settings)
    finally:
        _remove(Path(path))


def _remove(path: Path) -> None:
    """Remove the test's own file, which its name tells; a recording of anybody else stays."""
    if path.stem.startswith(f"{NAME}-"):
        with contextlib.suppress(OSError):
            path.unlink()


def busy() -> CheckResult:
    """The answer while a recording runs: it is not touched."""
    return checked(CHECK, CheckLevel.NOTE, "busy")


def record(stage: CheckedObs) -> str:
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
            _wait(news, states, _STARTED, START_S, "no_start")
            _listen_for(news, SECONDS)
        finally:
            stage.obs.request("StopRecord")
        _wait(news, states, _STOPPED, STOP_S, "no_stop")
    if not states[_STOPPED]:
        raise ObsError(*say_check(CHECK, "no_name"))
    return states[_STOPPED]


@contextmanager
def _named(stage: CheckedObs) -> Iterator[None]:
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


def _wait(news: Any, states: Mapping[str, str], state: str, limit_s: float, late: str) -> None:
    deadline = time.monotonic() + limit_s
    while state not in states:
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise ObsError(*say_check(CHECK, late, limit_s=limit_s))
        news.wait_for_event(left_s)


def _listen_for(news: Any, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (left_s := deadline - time.monotonic()) > 0:
        news.wait_for_event(left_s)


def through_stagebox(client: Client) -> CheckResult:
    """Have the running stagebox make a trial of two seconds, which leaves no trace. Raises ApiError."""
    state = client.state()
    if state["session"] is not None or (state["recording"] and not state["trial"]):
        return busy()
    answer = client.send({"kind": "start_trial", "seconds": SECONDS}, timeout_s=START_S)
    if answer["status"] != "done":
        reason = Sentence(from_json(answer.get("said"), answer["detail"]))
        return checked(CHECK, CheckLevel.LOOK, "refused", {"status": answer["status"]}, reason=reason)
    trial_id = str((client.state()["trial"] or {}).get("id", ""))
    try:
        state = client.wait_for(partial(_is_over, trial_id), STOP_S + PLAY_S)
    except TimeoutError:
        raise ApiError(*say_check(CHECK, "no_end")) from None
    told = state["trial"]
    if told is None or told["id"] != trial_id:
        return checked(CHECK, CheckLevel.NOTE, "gave_way")
    return _of_trial(state, told["result"])


def _is_over(trial_id: str, state: Mapping[str, Any]) -> bool:
    told = state["trial"]
    return told is None or told["id"] != trial_id or told["phase"] == "done"


def _of_trial(state: Mapping[str, Any], told: Mapping[str, Any]) -> CheckResult:
    findings = [
        Finding(
            Code(one["code"]),
            Severity(one["severity"]),
            0.0,
            0.0,
            in_snapshot(state, one["message"]),
            one["remedy"],
        )
        for one in told["findings"]
    ]
    usable = told["verdict"] != "failed"
    evidence = {"duration_s": round(told["duration_s"], 2), "streams": list(told["streams"])}
    if not usable and not findings:
        summary = in_snapshot(state, told["summary"])
        return as_told(CHECK, CheckLevel.LOOK, "unusable", summary, "", evidence)
    return judge(findings, evidence, usable=usable, played=True, said="")


def verified(path: Path, settings: Settings) -> CheckResult:
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
        return of_error(CHECK, CheckLevel.LOOK, error, {"file": str(path)})
    streams = [f"{stream.kind} {stream.codec}" for stream in report.streams]
    evidence = {"duration_s": round(report.duration_s, 2), "streams": streams}
    return judge(
        report.findings, evidence, usable=report.usable, played=done.exit_code == 0, said=done.stderr
    )


def judge(
    findings: Sequence[Finding], evidence: Mapping[str, Any], *, usable: bool, played: bool, said: str
) -> CheckResult:
    """What playing and verifying the test recording found. Pure."""
    bad = [one for one in findings if one.severity is not Severity.NOTE and one.code not in OF_THE_ROOM]
    if bad:
        worst = max(bad, key=lambda one: one.severity.rank)
        return of_finding(CHECK, CheckLevel.LOOK, worst, evidence)
    if not usable:
        return checked(CHECK, CheckLevel.LOOK, "unusable", evidence)
    if not played:
        last = said.strip().splitlines()[-1:]
        return checked(CHECK, CheckLevel.LOOK, "no_play", {**evidence, "ffmpeg": "".join(last)[:150]})
    length_s = float(evidence["duration_s"])
    if length_s < LEAST_S:
        return checked(CHECK, CheckLevel.LOOK, "short", evidence, length_s=length_s)
    return checked(CHECK, CheckLevel.GOOD, "good", evidence, length_s=length_s)
