"""OBS itself: its version, its scenes, its sample rate."""

from stagebox.doctor.checked_obs import ObsRequester
from stagebox.doctor.result import CheckLevel, CheckResult
from stagebox.obs.pack import ScenePack

GOOD_RATE_HZ = 48_000


def version(obs: ObsRequester) -> CheckResult:
    """OBS answers, and which it is. Raises ObsError."""
    said = obs.request("GetVersion")
    words = f"OBS {said['obsVersion']} answers, websocket {said['obsWebSocketVersion']}."
    return CheckResult("obs", "OBS", CheckLevel.GOOD, words, evidence={"version": str(said["obsVersion"])})


def scenes(obs: ObsRequester, pack: ScenePack) -> CheckResult:
    """Whether OBS has the scenes that the pack declares. Raises ObsError."""
    present = {str(one["sceneName"]) for one in obs.request("GetSceneList")["scenes"]}
    missing = [scene.name for scene in pack.scenes if scene.name not in present]
    evidence = {"missing": missing, "present": sorted(present)}
    if missing:
        return CheckResult(
            "scenes",
            "Scenes",
            CheckLevel.LOOK,
            f"OBS lacks {_list(missing)} of the scene pack “{pack.name}”.",
            "Run `stagebox provision`: it builds what is missing and leaves the rest alone.",
            evidence,
        )
    return CheckResult(
        "scenes",
        "Scenes",
        CheckLevel.GOOD,
        f"All {len(pack.scenes)} of “{pack.name}” are there.",
        evidence=evidence,
    )


def sample_rate(obs: ObsRequester) -> CheckResult:
    """Whether OBS runs at 48 kHz, as capture cards and cameras do. Raises ObsError."""
    answer = obs.request("GetProfileParameter", {"parameterCategory": "Audio", "parameterName": "SampleRate"})
    return judge_rate(answer.get("parameterValue") or answer.get("defaultParameterValue"))


def judge_rate(told: object) -> CheckResult:
    """What OBS's own word for its sample rate means. Pure."""
    try:
        rate = int(str(told))
    except ValueError:
        return CheckResult(
            "sample_rate", "Sample rate", CheckLevel.NOTE, "OBS does not tell its sample rate."
        )
    evidence = {"rate_hz": rate}
    if rate != GOOD_RATE_HZ:
        return CheckResult(
            "sample_rate",
            "Sample rate",
            CheckLevel.LOOK,
            f"OBS runs at {rate / 1000:g} kHz, and HDMI sound comes at 48 kHz: it can crackle and drift.",
            "In OBS: Settings, Audio, Sample Rate: 48 kHz; then start OBS again. Set the mixer likewise.",
            evidence,
        )
    return CheckResult("sample_rate", "Sample rate", CheckLevel.GOOD, "48 kHz.", evidence=evidence)


def _list(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
