"""Do left and right take each other away on a single loudspeaker?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import (
    MIC,
    levels_of,
    listening_ear,
    program_sound,
    sorts_within,
)
from stagebox.hearing.limits import OUT_OF_PHASE_S
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

TURNED_SHARE = 0.8


def out_of_phase(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A warning when left and right were each other turned over for ten seconds, as the backup recorder
    heard."""
    if not facts.sound.wanted.mic:
        return ()
    obs = program_sound(Code.OUT_OF_PHASE, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    heard = listening_ear(facts, limits, now)
    if heard is None:
        return (unknown(Code.OUT_OF_PHASE, MIC, "no_ear"),)
    if not heard.sorts:
        return (unknown(Code.OUT_OF_PHASE, MIC, "no_voices"),)
    known = sorts_within(heard, OUT_OF_PHASE_S, now)
    sounding = [turned for _, sort, turned in known or () if sort != "nothing"]
    if not sounding:
        return (fine(Code.OUT_OF_PHASE, MIC),)  # nothing was heard for so long that it could be amiss
    share = sum(sounding) / len(sounding)
    if share < TURNED_SHARE:
        return (fine(Code.OUT_OF_PHASE, MIC),)
    evidence = {"turned_share": round(share, 2), "within_s": OUT_OF_PHASE_S, **levels_of(facts.sound)}
    return (bad(Code.OUT_OF_PHASE, MIC, Severity.WARNING, "turned", evidence=evidence),)
