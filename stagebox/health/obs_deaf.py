"""Does the backup recorder hear the room while OBS hears nothing?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import (
    MIC,
    cut_off,
    grave,
    heard_within,
    levels_of,
    listening_ear,
    program_sound,
    silent_s,
)
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings

SPEECH_S = 0.8
"""The backup recorder must have heard this much without a pause: a cough that a noise gate swallows is no
proof."""


def obs_deaf(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when OBS heard nothing for deaf_s while the backup recorder heard speech; unknown when the room is
    quiet.

    Muted is not deaf: that is a check of its own.
    """
    if not facts.sound.wanted.mic or not facts.sound.wanted.ear:
        return ()
    obs = program_sound(Code.OBS_DEAF, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    sound = limits.sound
    if cut_off(obs) or heard_within(obs.hearing, sound.silent_dbfs, sound.deaf_s, now):
        return (fine(Code.OBS_DEAF, MIC),)
    deaf_for_s = silent_s(obs.hearing, sound.silent_dbfs, now)
    if deaf_for_s < sound.deaf_s:
        return (unknown(Code.OBS_DEAF, MIC, "nothing_heard"),)
    heard = listening_ear(facts, limits, now)
    if heard is None:
        return (unknown(Code.OBS_DEAF, MIC, "no_ear"),)
    if heard.hearing.loudest.spell_s(sound.speech_dbfs, now) < SPEECH_S:
        return (unknown(Code.OBS_DEAF, MIC, "room_quiet"),)
    evidence = {"deaf_s": round(deaf_for_s, 1), **levels_of(facts.sound)}
    return (bad(Code.OBS_DEAF, MIC, grave(facts), "deaf", evidence=evidence),)
