"""Is the sound distorted because the input is too loud?"""

from stagebox.health.check import Check, bad, fine
from stagebox.health.listening import MIC, calm, counted, levels_of, listening_ear, program_sound
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

FLAT_PARTS = 3
"""Of the parts of two seconds within ten, so many with a voice whose peaks are cut off below full scale."""

SECONDS = 3
"""Clipping in fewer seconds than this is a bang or a clap, and only noted."""


def clipping(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A warning when clipped peaks are many and keep coming; a note for a few.

    OBS tells only that a reading touched full scale; the backup recorder counts the clipped peaks. So the
    backup recorder's count decides where it listens, and OBS's readings must agree.
    """
    if not facts.sound.wanted.mic:
        return ()
    obs = program_sound(Code.CLIPPING, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    heard = listening_ear(facts, limits, now)
    if heard is not None and counted(heard.flat, now)[0] >= FLAT_PARTS:
        evidence = {"flat_parts": counted(heard.flat, now)[0], **levels_of(facts.sound)}
        return (bad(Code.CLIPPING, MIC, Severity.WARNING, "before", evidence=evidence),)
    if calm(obs.clipped, obs.hearing, limits.sound.speech_dbfs, now):
        return (fine(Code.CLIPPING, MIC),)
    readings, seconds = counted(obs.clipped, now)
    peaks = counted(heard.clipped, now)[0] if heard is not None else readings
    if heard is not None and not peaks:
        return (
            fine(Code.CLIPPING, MIC),
        )  # full scale was touched, as a mastered sound does, but not cut off
    grave = peaks >= limits.sound.clipping_count and seconds >= SECONDS
    evidence = {
        "clipped_peaks": peaks,
        "full_scale_readings": readings,
        "in_seconds": seconds,
        **levels_of(facts.sound),
    }
    level, key = (Severity.WARNING, "loud") if grave else (Severity.NOTE, "moment")
    return (bad(Code.CLIPPING, MIC, level, key, evidence=evidence),)
