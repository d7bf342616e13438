"""OBS itself: its version, its scenes, its sample rate."""

from stagebox.doctor.checked_obs import ObsRequester
from stagebox.doctor.result import CheckLevel, CheckResult, checked
from stagebox.obs.pack import ScenePack

GOOD_RATE_HZ = 48_000


def version(obs: ObsRequester) -> CheckResult:
    """OBS answers, and which it is. Raises ObsError."""
    said = obs.request("GetVersion")
    told = {"version": str(said["obsVersion"]), "websocket": str(said["obsWebSocketVersion"])}
    return checked("obs", CheckLevel.GOOD, "good", told, version=told["version"])


def scenes(obs: ObsRequester, pack: ScenePack) -> CheckResult:
    """Whether OBS has the scenes that the pack declares. Raises ObsError."""
    present = {str(one["sceneName"]) for one in obs.request("GetSceneList")["scenes"]}
    missing = [scene.name for scene in pack.scenes if scene.name not in present]
    evidence = {"pack": pack.name, "missing": missing, "present": sorted(present)}
    if missing:
        return checked("scenes", CheckLevel.LOOK, "scenes_lack", evidence, names=", ".join(missing))
    return checked("scenes", CheckLevel.GOOD, "scenes", evidence, n=len(pack.scenes))


def sample_rate(obs: ObsRequester) -> CheckResult:
    """Whether OBS runs at 48 kHz, as capture cards and cameras do. Raises ObsError."""
    answer = obs.request("GetProfileParameter", {"parameterCategory": "Audio", "parameterName": "SampleRate"})
    return judge_rate(answer.get("parameterValue") or answer.get("defaultParameterValue"))


def judge_rate(told: object) -> CheckResult:
    """What OBS's own word for its sample rate means. Pure."""
    try:
        rate = int(str(told))
    except ValueError:
        return checked("sample_rate", CheckLevel.NOTE, "rate_not_told")
    evidence = {"rate_hz": rate}
    if rate != GOOD_RATE_HZ:
        return checked("sample_rate", CheckLevel.LOOK, "rate_other", evidence, khz=f"{rate / 1000:g}")
    return checked("sample_rate", CheckLevel.GOOD, "rate", evidence)
