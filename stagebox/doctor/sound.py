"""The microphone's level while somebody speaks, as OBS hears it."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stagebox.doctor.checked_obs import CheckedObs
from stagebox.doctor.result import CheckLevel, CheckResult, checked
from stagebox.model.said import Fact
from stagebox.model.settings import AudioSource
from stagebox.obs.connection import METER_EVENTS, ObsRefusedError
from stagebox.obs.meters import dbfs

SILENT_DBFS, QUIET_DBFS, CLIPPING_DBFS = -50.0, -35.0, -0.5
DEAD_CHANNEL_DB = 30.0

CHECK = "mic"


def measure(stage: CheckedObs, name: str, seconds: float) -> tuple[float, ...] | None:
    """The highest level of each channel of the input `name` within `seconds`, in dBFS, by OBS's own meters.

    None when OBS gives no level for it: the input is in no scene that is on program. Raises ObsError.
    """
    peaks: list[float] = []

    def on_event(kind: str, data: Mapping[str, Any]) -> None:
        if kind != "InputVolumeMeters":
            return
        for one in data["inputs"]:
            if one["inputName"] == name:
                _keep_highest(peaks, one["inputLevelsMul"])

    with stage.listen(METER_EVENTS, on_event) as meters:
        deadline = time.monotonic() + seconds
        while (left_s := deadline - time.monotonic()) > 0:
            meters.wait_for_event(left_s)
    return tuple(peaks) or None


def _keep_highest(peaks: list[float], levels: Sequence[Sequence[float]]) -> None:
    for channel, level in enumerate(levels):
        peak = dbfs(float(level[1]))
        if channel == len(peaks):
            peaks.append(peak)
        peaks[channel] = max(peaks[channel], peak)


def microphone(
    stage: CheckedObs, name: str, source: AudioSource, seconds: float, ask: Callable[[float], None]
) -> CheckResult:
    """Listen to the microphone and judge its level. `ask` asks people to speak. Raises ObsError."""
    if source.kind == "none":
        return unset()
    try:
        muted = bool(stage.obs.request("GetInputMute", {"inputName": name})["inputMuted"])
    except ObsRefusedError:
        return checked(CHECK, CheckLevel.LOOK, "no_input")
    if muted:
        return checked(CHECK, CheckLevel.LOOK, "muted", {"muted": True})
    ask(seconds)
    return judge(measure(stage, name, seconds))


def unset() -> CheckResult:
    """The result for a box that has no microphone: what it records cannot be used."""
    return checked(CHECK, CheckLevel.LOOK, "unset")


def not_on_program(found: CheckResult, ear_dbfs: float | None) -> CheckResult:
    """The result of a microphone that OBS gives no level of: only the backup recorder can say that it
    works."""
    if ear_dbfs is None or ear_dbfs < SILENT_DBFS:
        return found
    evidence = {"ear_dbfs": round(ear_dbfs, 1)}
    told: dict[str, Fact] = {"found": found.summary, "help": found.remedy, "dbfs": round(ear_dbfs)}
    return checked(CHECK, CheckLevel.NOTE, "backup_hears", evidence, **told)


def judge(peaks: tuple[float, ...] | None) -> CheckResult:
    """What the highest level of each channel, in dBFS, means. Pure."""
    if peaks is None:
        return checked(CHECK, CheckLevel.LOOK, "no_level")
    loudest, softest = max(peaks), min(peaks)
    level, key = CheckLevel.LOOK, ""
    if loudest < SILENT_DBFS:
        key = "silent"
    elif len(peaks) > 1 and softest < SILENT_DBFS and loudest - softest > DEAD_CHANNEL_DB:
        key = "one_channel"
    elif loudest >= CLIPPING_DBFS:
        key = "loud"
    elif loudest < QUIET_DBFS:
        key = "quiet"
    else:
        level, key = CheckLevel.GOOD, "heard"
    evidence = {"peak_dbfs": [round(peak, 1) for peak in peaks]}
    return checked(CHECK, level, key, evidence, dbfs=round(loudest))


def deaf(found: CheckResult, heard_dbfs: float) -> CheckResult:
    """The result instead of `found`, which says silent, when the backup recorder heard the room. Pure."""
    evidence = {**found.evidence, "ear_dbfs": round(heard_dbfs, 1)}
    return checked(CHECK, CheckLevel.LOOK, "deaf", evidence, dbfs=round(heard_dbfs))


def is_silent(found: CheckResult) -> bool:
    """Whether a result says that OBS heard nothing. Pure."""
    peaks: list[float] = found.evidence.get("peak_dbfs", [0.0])
    return max(peaks) < SILENT_DBFS
