"""Does the talk's sound go on as hiss or hum, with nobody speaking?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import (
    MIC,
    levels_of,
    listening_ear,
    program_sound,
    sorts_within,
)
from stagebox.hearing.limits import NO_SPEECH_STEADY_SHARE
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

WITHIN_S = 60.0


def no_speech(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A warning while OBS records hiss or hum that is no silence, and no voice was heard for a minute.

    Applause, music and a film are no hiss: they swing.
    """
    if not facts.sound.wanted.mic:
        return ()
    obs = program_sound(Code.NO_SPEECH, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    if not facts.recording:
        return (fine(Code.NO_SPEECH, MIC),)
    heard = listening_ear(facts, limits, now)
    if heard is None:
        return (unknown(Code.NO_SPEECH, MIC, "no_ear"),)
    if not heard.sorts:
        return (unknown(Code.NO_SPEECH, MIC, "no_voices"),)
    if any(sort == "voice" for _, sort, _ in heard.sorts[-int(WITHIN_S) :]):
        return (fine(Code.NO_SPEECH, MIC),)
    known = sorts_within(heard, WITHIN_S, now)
    if not known:
        return (fine(Code.NO_SPEECH, MIC),)  # no minute of hiss was heard, for there was no minute yet
    noise = sum(sort == "noise" for _, sort, _ in known) / len(known)
    loud = obs.hearing.loudest.last_above(limits.sound.silent_dbfs)
    if noise < NO_SPEECH_STEADY_SHARE or loud is None or now - loud > limits.sound.silent_s:
        return (fine(Code.NO_SPEECH, MIC),)  # what is below the level of silence is another check's
    evidence = {"noise_share": round(noise, 2), "within_s": WITHIN_S, **levels_of(facts.sound)}
    return (bad(Code.NO_SPEECH, MIC, Severity.WARNING, "noise", evidence=evidence),)
