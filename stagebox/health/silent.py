"""Is what OBS records silent, and why?"""

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
    soft_voice,
)
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import BackupRecorderFacts, MeterFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def silent(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
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
        return (fine(Code.SILENT, MIC),)
    if soft_voice(facts, obs, limits, now):
        return (fine(Code.SILENT, MIC, key="soft"),)
    quiet_for_s = silent_s(obs.hearing, limits.sound.silent_dbfs, now)
    if quiet_for_s < limits.sound.silent_s:
        return (unknown(Code.SILENT, MIC, "nothing_heard"),)
    level, key = _cause(facts, obs, listening_ear(facts, limits, now), limits, now)
    evidence = {
        "silent_s": round(quiet_for_s, 1),
        "limit_dbfs": limits.sound.silent_dbfs,
        **levels_of(facts.sound),
    }
    return (bad(Code.SILENT, MIC, level, key, evidence=evidence),)


def _cause(
    facts: HealthFacts, obs: MeterFacts, heard: BackupRecorderFacts | None, limits: HealthSettings, now: float
) -> tuple[Severity, str]:
    """The level, and why: muted, OBS deaf, microphone dead, or a quiet room."""
    sound = limits.sound
    if cut_off(obs):
        return Severity.NOTE, "muted"
    if heard is not None and silent_s(heard.hearing, sound.speech_dbfs, now) < sound.silent_s:
        return Severity.NOTE, "deaf"
    obs_dead = silent_s(obs.hearing, sound.dead_dbfs, now) >= sound.silent_s
    ear_dead = heard is None or silent_s(heard.hearing, sound.dead_dbfs, now) >= sound.silent_s
    if obs_dead and ear_dead:
        return grave(facts), "dead"
    paused = silent_s(obs.hearing, sound.silent_dbfs, now) < sound.pause_s
    return (Severity.NOTE if paused else Severity.WARNING), "quiet_room"
