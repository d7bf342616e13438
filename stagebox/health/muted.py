"""Is the microphone muted in OBS, or its fader down?"""

from stagebox.health.check import Check
from stagebox.health.listening import (
    FADER_DOWN_DB,
    MIC,
    NO_METERS,
    cut_off,
    fine,
    grave,
    levels_of,
    meters,
    off_by_design,
    unknown,
)
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def muted(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS records the microphone muted or with its fader at the bottom; a note on title cards."""
    if not facts.sound.wanted.mic:
        return ()
    obs = meters(facts, limits, now)
    if obs is None or obs.seen is None or obs.seen.muted is None:
        return unknown(Code.MUTED, NO_METERS)
    if not cut_off(obs):
        return fine(Code.MUTED)
    what = (
        "The microphone is muted in OBS."
        if obs.seen.muted
        else "The microphone's fader in OBS is at the bottom."
    )
    remedy = "Touch “Switch the sound on”." if obs.seen.muted else "Touch “Build the scenes again”."
    return (
        Check(
            code=Code.MUTED,
            role=MIC,
            outcome="bad",
            level=Severity.NOTE if off_by_design(facts, obs) else grave(facts),
            summary=what,
            remedy=remedy,
            evidence={
                "muted": obs.seen.muted,
                "volume_db": obs.seen.volume_db,
                "fader_down_db": FADER_DOWN_DB,
                **levels_of(facts.sound),
            },
        ),
    )
