"""Is there a microphone at all: plugged in, in OBS, and in the scene that is on program?"""

from stagebox.health.check import Check
from stagebox.health.listening import (
    MIC,
    NO_METERS,
    ear,
    fine,
    grave,
    levels_of,
    listening_ear,
    meters,
    off_by_design,
    on_air,
    silent_s,
    unknown,
)
from stagebox.model.facts import Facts
from stagebox.model.facts.sound import BackupRecorderFacts, MeterFacts
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings

SETTLE_S = 0.7
"""While scenes change, OBS's news about scene and sound come one after the other."""


def missing_mic(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when OBS lacks the input, the scene lacks it, or the device is gone; fine when it is heard."""
    if not facts.sound.wanted.mic:
        return ()
    obs, heard = meters(facts, limits, now), ear(facts, limits, now)
    if obs is not None and (since := obs.absent_since) is not None:
        if now - since < SETTLE_S:
            return unknown(Code.MISSING, "OBS is changing its sources.")
        return _bad(
            facts,
            "OBS has no microphone input.",
            "Touch “Build the scenes again”, which puts it back.",
        )
    if obs is not None and not on_air(obs) and not off_by_design(facts, obs):
        if facts.program_scene == "" or obs.off_air_since is None or now - obs.off_air_since < SETTLE_S:
            return unknown(Code.MISSING, "OBS is changing its scene.")
        return _bad(
            facts,
            f"The scene “{facts.program_scene}” has no sound from the microphone.",
            "Touch a scene with sound, or “Build the scenes again”, which puts it back.",
        )
    if obs is not None and on_air(obs) and _hears(obs, limits, now):
        return fine(Code.MISSING)
    if heard is not None and (gone := _gone(facts, heard)):
        return gone
    if obs is None:
        return unknown(Code.MISSING, NO_METERS)
    if listening_ear(facts, limits, now) is not None:
        return fine(Code.MISSING)
    return unknown(
        Code.MISSING, "OBS hears nothing, and the second ear cannot say whether the microphone is there."
    )


def _hears(obs: MeterFacts, limits: HealthSettings, now: float) -> bool:
    return silent_s(obs.hearing, limits.sound.dead_dbfs, now) < limits.stale_s and any(
        level.rms_dbfs >= limits.sound.dead_dbfs for level in obs.hearing.levels
    )


def _gone(facts: Facts, heard: BackupRecorderFacts) -> tuple[Check, ...]:
    if heard.seen is None or heard.seen.status not in ("no_device", "lost"):
        return ()
    return _bad(
        facts,
        heard.seen.detail or "The microphone is missing.",
        heard.seen.remedy or "Check its cable and its power.",
    )


def _bad(facts: Facts, summary: str, remedy: str) -> tuple[Check, ...]:
    return (
        Check(
            code=Code.MISSING,
            role=MIC,
            outcome="bad",
            level=grave(facts),
            summary=summary,
            remedy=remedy,
            evidence={"scene": facts.program_scene, **levels_of(facts.sound)},
        ),
    )
