"""Is the microphone muted in OBS, or its fader down?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import (
    FADER_DOWN_DB,
    MIC,
    cut_off,
    grave,
    levels_of,
    meters,
    off_by_design,
)
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def muted(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS records the microphone muted or with its fader at the bottom; a note on title cards."""
    if not facts.sound.wanted.mic:
        return ()
    obs = meters(facts, limits, now)
    if obs is None or obs.seen is None or obs.seen.muted is None:
        return (unknown(Code.MUTED, MIC, "no_levels"),)
    if not cut_off(obs):
        return (fine(Code.MUTED, MIC),)
    level = Severity.NOTE if off_by_design(facts, obs) else grave(facts)
    evidence = {
        "muted": obs.seen.muted,
        "volume_db": obs.seen.volume_db,
        "fader_down_db": FADER_DOWN_DB,
        **levels_of(facts.sound),
    }
    return (bad(Code.MUTED, MIC, level, "muted" if obs.seen.muted else "fader", evidence=evidence),)
