"""Is there a microphone at all: plugged in, in OBS, and in the scene that is on program?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import (
    MIC,
    ear,
    grave,
    levels_of,
    listening_ear,
    meters,
    off_by_design,
    on_air,
    silent_s,
)
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import MeterFacts
from stagebox.model.report import Code
from stagebox.model.said import Fact
from stagebox.model.settings import HealthSettings

SETTLE_S = 0.7
"""While scenes change, OBS's news about scene and sound come one after the other."""


def missing_mic(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when OBS lacks the input, the scene lacks it, or the device is gone; fine when it is heard."""
    if not facts.sound.wanted.mic:
        return ()
    obs, heard = meters(facts, limits, now), ear(facts, limits, now)
    if obs is not None and (since := obs.absent_since) is not None:
        if now - since < SETTLE_S:
            return (unknown(Code.MISSING, MIC, "changing"),)
        return (_bad(facts, "mic_not_in_obs"),)
    if obs is not None and not on_air(obs) and not off_by_design(facts, obs):
        if facts.program_scene == "" or obs.off_air_since is None or now - obs.off_air_since < SETTLE_S:
            return (unknown(Code.MISSING, MIC, "changing"),)
        return (_bad(facts, "mic_off_program", scene=facts.program_scene),)
    if obs is not None and on_air(obs) and _hears(obs, limits, now):
        return (fine(Code.MISSING, MIC),)
    if heard is not None and heard.seen is not None and heard.seen.status in ("no_device", "lost"):
        key = "mic_told" if heard.seen.detail else "mic"
        return (_bad(facts, key, reason=heard.seen.detail, help=heard.seen.remedy),)
    if obs is None:
        return (unknown(Code.MISSING, MIC, "no_levels"),)
    if listening_ear(facts, limits, now) is not None:
        return (fine(Code.MISSING, MIC),)
    return (unknown(Code.MISSING, MIC, "mic_unknown"),)


def _hears(obs: MeterFacts, limits: HealthSettings, now: float) -> bool:
    return silent_s(obs.hearing, limits.sound.dead_dbfs, now) < limits.stale_s and any(
        level.rms_dbfs >= limits.sound.dead_dbfs for level in obs.hearing.levels
    )


def _bad(facts: HealthFacts, key: str, **given: Fact) -> Check:
    evidence = {"scene": facts.program_scene, **levels_of(facts.sound)}
    return bad(Code.MISSING, MIC, grave(facts), key, evidence=evidence, **given)
