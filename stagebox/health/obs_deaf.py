"""Does the backup recorder hear the room while OBS hears nothing?"""

from stagebox.health.check import Check
from stagebox.health.listening import (
    MIC,
    NO_EAR,
    cut_off,
    fine,
    grave,
    heard_within,
    levels_of,
    listening_ear,
    program_sound,
    silent_s,
    unknown,
)
from stagebox.model.facts import Facts
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings

SPEECH_S = 0.8
"""The backup recorder must have heard this much without a pause: a cough that a noise gate swallows is no
proof."""


def obs_deaf(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
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
        return fine(Code.OBS_DEAF)
    deaf_for_s = silent_s(obs.hearing, sound.silent_dbfs, now)
    if deaf_for_s < sound.deaf_s:
        return unknown(Code.OBS_DEAF, "Nothing was heard yet.")
    heard = listening_ear(facts, limits, now)
    if heard is None:
        return unknown(Code.OBS_DEAF, NO_EAR)
    if heard.hearing.loudest.spell_s(sound.speech_dbfs, now) < SPEECH_S:
        return unknown(Code.OBS_DEAF, "The room is quiet: OBS and the second ear cannot be compared.")
    return (
        Check(
            code=Code.OBS_DEAF,
            role=MIC,
            outcome="bad",
            level=grave(facts),
            summary="The microphone is silent in OBS, but the room is not.",
            remedy="OBS listens to the wrong device, or a filter swallows the sound: see Set-up, Sources.",
            evidence={"deaf_s": round(deaf_for_s, 1), **levels_of(facts.sound)},
        ),
    )
