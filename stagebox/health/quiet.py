"""Is the talk far too quiet, though not silent?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import (
    MIC,
    heard_within,
    levels_of,
    program_sound,
    silent_s,
    soft_voice,
)
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def quiet(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when sound came, but never above quiet_dbfs for quiet_s seconds. Silence is another check's.

    A voice below the level of silence, as the backup recorder hears it, is not silence: it is said after
    silent_s.
    """
    if not facts.sound.wanted.mic:
        return ()
    obs = program_sound(Code.QUIET, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    sound = limits.sound
    still = silent_s(obs.hearing, sound.silent_dbfs, now) >= sound.silent_s
    soft = still and soft_voice(facts, obs, limits, now)
    if not soft and heard_within(obs.hearing, sound.quiet_dbfs, sound.quiet_s, now):
        return (fine(Code.QUIET, MIC),)
    quiet_for_s = silent_s(obs.hearing, sound.quiet_dbfs, now)
    if not soft and (still or quiet_for_s < sound.quiet_s):
        return (unknown(Code.QUIET, MIC, "nothing_heard"),)
    evidence = {
        "quiet_s": round(quiet_for_s, 1),
        "limit_dbfs": sound.quiet_dbfs,
        **levels_of(facts.sound),
    }
    return (bad(Code.QUIET, MIC, Severity.WARNING, "quiet", evidence=evidence),)
