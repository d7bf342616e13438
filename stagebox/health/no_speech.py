"""Does the talk's sound go on as hiss or hum, with nobody speaking?"""

from stagebox.health.check import Check
from stagebox.health.listening import (
    MIC,
    NO_EAR,
    NOT_TOLD,
    fine,
    levels_of,
    listening_ear,
    program_sound,
    sorts_within,
    unknown,
)
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

WITHIN_S = 60.0
NOISE_SHARE = 0.8


def no_speech(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A warning while OBS records hiss or hum that is no silence, and no voice was heard for a minute.

    Applause, music and a film are no hiss: they swing.
    """
    if not facts.sound.wanted.mic:
        return ()
    obs = program_sound(Code.NO_SPEECH, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    if not facts.recording:
        return fine(Code.NO_SPEECH)
    heard = listening_ear(facts, limits, now)
    if heard is None:
        return unknown(Code.NO_SPEECH, NO_EAR)
    if not heard.sorts:
        return unknown(Code.NO_SPEECH, NOT_TOLD)
    if any(sort == "voice" for _, sort, _ in heard.sorts[-int(WITHIN_S) :]):
        return fine(Code.NO_SPEECH)
    known = sorts_within(heard, WITHIN_S, now)
    if not known:
        return fine(Code.NO_SPEECH)  # no minute of hiss was heard, for there was no minute yet
    noise = sum(sort == "noise" for _, sort, _ in known) / len(known)
    loud = obs.hearing.loudest.last_above(limits.sound.silent_dbfs)
    if noise < NOISE_SHARE or loud is None or now - loud > limits.sound.silent_s:
        return fine(Code.NO_SPEECH)  # what is below the level of silence is another check's
    return (
        Check(
            code=Code.NO_SPEECH,
            role=MIC,
            outcome="bad",
            level=Severity.WARNING,
            summary="There is sound, but only hiss or hum: nobody has been heard for a minute.",
            remedy="If somebody speaks, check the microphone's battery and switch, and the mixer's input.",
            evidence={"noise_share": round(noise, 2), "within_s": WITHIN_S, **levels_of(facts.sound)},
        ),
    )
