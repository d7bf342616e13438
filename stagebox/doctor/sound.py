"""The microphone's level while somebody speaks, as OBS hears it."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stagebox.doctor.checked_obs import CheckedObs
from stagebox.doctor.result import CheckLevel, CheckResult
from stagebox.model.settings import AudioSource
from stagebox.obs.connection import METER_EVENTS, ObsRefusedError
from stagebox.obs.meters import dbfs

SILENT_DBFS, QUIET_DBFS, CLIPPING_DBFS = -50.0, -35.0, -0.5
DEAD_CHANNEL_DB = 30.0

CHECK, TITLE = "mic", "Microphone"


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
        remedy = "Run `stagebox provision`, and compare `stagebox devices` with the settings."
        return CheckResult(CHECK, TITLE, CheckLevel.LOOK, f"OBS has no input “{name}”.", remedy)
    if muted:
        remedy = "Touch the loudspeaker beside it in OBS's mixer, so that it is no longer red."
        return CheckResult(CHECK, TITLE, CheckLevel.LOOK, "It is muted in OBS.", remedy, {"muted": True})
    ask(seconds)
    return judge(measure(stage, name, seconds))


def unset() -> CheckResult:
    """The result for a box that has no microphone: what it records cannot be used."""
    remedy = (
        "Choose it on the touch screen under Set-up, Sources; or set sources.mic in stagebox.toml to one of "
        "`stagebox devices`."
    )
    return CheckResult(CHECK, TITLE, CheckLevel.LOOK, "None is chosen: nobody will be heard.", remedy)


def not_on_program(found: CheckResult, ear_dbfs: float | None) -> CheckResult:
    """The result of a microphone that OBS gives no level of: only the backup recorder can say that it
    works."""
    if ear_dbfs is None or ear_dbfs < SILENT_DBFS:
        return found
    words = f"{found.summary} The second ear hears it ({ear_dbfs:.0f} dBFS)."
    return CheckResult(CHECK, TITLE, CheckLevel.NOTE, words, found.remedy, {"ear_dbfs": round(ear_dbfs, 1)})


def judge(peaks: tuple[float, ...] | None) -> CheckResult:
    """What the highest level of each channel, in dBFS, means. Pure."""
    if peaks is None:
        return CheckResult(
            CHECK,
            TITLE,
            CheckLevel.LOOK,
            "OBS gives no level, for the scene on program has no microphone.",
            "Put a scene with sound on program, for example “Screen”, and run this again.",
        )
    evidence = {"peak_dbfs": [round(peak, 1) for peak in peaks]}
    loudest = max(peaks)
    words = f"{loudest:.0f} dBFS at the loudest"
    if loudest < SILENT_DBFS:
        remedy = (
            "Is it switched on, its battery full, its cable in, the fader up, phantom power on? Did somebody "
            "speak? If the room hears it, OBS listens to another device: see `stagebox devices`."
        )
        return CheckResult(CHECK, TITLE, CheckLevel.LOOK, f"It is silent ({words}).", remedy, evidence)
    if len(peaks) > 1 and min(peaks) < SILENT_DBFS and loudest - min(peaks) > DEAD_CHANNEL_DB:
        remedy = "Check the cable and the mixer's panning; or set the input to mono in OBS's audio settings."
        return CheckResult(
            CHECK, TITLE, CheckLevel.LOOK, f"Only one channel has sound ({words}).", remedy, evidence
        )
    if loudest >= CLIPPING_DBFS:
        return CheckResult(
            CHECK, TITLE, CheckLevel.LOOK, f"It is too loud ({words}).", "Turn its gain down.", evidence
        )
    if loudest < QUIET_DBFS:
        remedy = "Turn its gain up until speech reaches about -12 dBFS."
        return CheckResult(CHECK, TITLE, CheckLevel.LOOK, f"It is too quiet ({words}).", remedy, evidence)
    return CheckResult(CHECK, TITLE, CheckLevel.GOOD, f"Heard: {words}.", evidence=evidence)


def deaf(found: CheckResult, heard_dbfs: float) -> CheckResult:
    """The result instead of `found`, which says silent, when the backup recorder heard the room. Pure."""
    words = f"OBS hears nothing, but the room is not silent ({heard_dbfs:.0f} dBFS by the second ear)."
    remedy = (
        "OBS listens to another device, or its fader is down: choose the microphone that `stagebox devices` "
        "lists as sources.mic, then run `stagebox provision`."
    )
    evidence = {**found.evidence, "ear_dbfs": round(heard_dbfs, 1)}
    return CheckResult(CHECK, TITLE, CheckLevel.LOOK, words, remedy, evidence)


def is_silent(found: CheckResult) -> bool:
    """Whether a result says that OBS heard nothing. Pure."""
    peaks: list[float] = found.evidence.get("peak_dbfs", [0.0])
    return max(peaks) < SILENT_DBFS
