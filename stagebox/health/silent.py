"""Is what OBS records silent, and why?"""

from stagebox.health.check import Check
from stagebox.health.listening import (
    MIC,
    cut_off,
    fine,
    grave,
    heard_within,
    levels_of,
    listening_ear,
    program_sound,
    silent_s,
    soft_voice,
    unknown,
)
from stagebox.model.facts import Facts
from stagebox.model.facts.sound import BackupRecorderFacts, MeterFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def silent(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when OBS has recorded nothing above silent_dbfs for silent_s seconds.

    Only a note where another check names the cause (muted, or OBS deaf while the backup recorder hears), and
    in a pause: the microphone works, and the room is quiet, for less than pause_s.
    """
    if not facts.sound.wanted.mic:
        return ()
    obs = program_sound(Code.SILENT, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    if heard_within(obs.hearing, limits.sound.silent_dbfs, limits.sound.silent_s, now):
        return fine(Code.SILENT)
    if soft_voice(facts, obs, limits, now):
        return fine(Code.SILENT, "Somebody speaks, but far too softly.")
    quiet_for_s = silent_s(obs.hearing, limits.sound.silent_dbfs, now)
    if quiet_for_s < limits.sound.silent_s:
        return unknown(Code.SILENT, "Nothing was heard yet.")
    level, summary, remedy = _cause(facts, obs, listening_ear(facts, limits, now), limits, now)
    return (
        Check(
            code=Code.SILENT,
            role=MIC,
            outcome="bad",
            level=level,
            summary=summary,
            remedy=remedy,
            evidence={
                "silent_s": round(quiet_for_s, 1),
                "limit_dbfs": limits.sound.silent_dbfs,
                **levels_of(facts.sound),
            },
        ),
    )


def _cause(
    facts: Facts, obs: MeterFacts, heard: BackupRecorderFacts | None, limits: HealthSettings, now: float
) -> tuple[Severity, str, str]:
    """(level, summary, remedy): muted, OBS deaf, microphone dead, or a quiet room."""
    sound = limits.sound
    if cut_off(obs):
        return (
            Severity.NOTE,
            "OBS records silence, because the microphone is muted.",
            "Touch “Switch the sound on”.",
        )
    if heard is not None and silent_s(heard.hearing, sound.speech_dbfs, now) < sound.silent_s:
        return (
            Severity.NOTE,
            "OBS records silence, but the room is not silent.",
            "Choose the right microphone in Set-up, Sources.",
        )
    obs_dead = silent_s(obs.hearing, sound.dead_dbfs, now) >= sound.silent_s
    ear_dead = heard is None or silent_s(heard.hearing, sound.dead_dbfs, now) >= sound.silent_s
    if obs_dead and ear_dead:
        return (
            grave(facts),
            "There is no sound at all, not even the noise of an open microphone.",
            "Check the microphone's switch and battery, its cable, and the mixer's output.",
        )
    paused = silent_s(obs.hearing, sound.silent_dbfs, now) < sound.pause_s
    return (
        Severity.NOTE if paused else Severity.WARNING,
        "Nobody is speaking, or the microphone is off at its switch.",
        "If somebody speaks, check the microphone's switch and battery.",
    )
