"""Is one channel dead while another carries sound?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import MIC, levels_of, program_sound
from stagebox.hearing.limits import ALIVE_ABOVE_DB
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.level_ladder import LevelLadder
from stagebox.model.facts.sound import ListenerFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def channel_dead(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when OBS's channel was below channel_dead_dbfs for channel_dead_s while another was loud."""
    if not facts.sound.wanted.mic:
        return ()
    obs = program_sound(Code.CHANNEL_DEAD, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    sound = limits.sound
    hearing = obs.hearing
    still = [
        number
        for number, ladder in enumerate(hearing.channels)
        if _still_s(hearing, ladder, sound.channel_dead_dbfs, now) >= sound.channel_dead_s
    ]
    if not still:
        if hearing.channels and all(
            ladder.last_above(sound.channel_dead_dbfs) is not None for ladder in hearing.channels
        ):
            return (fine(Code.CHANNEL_DEAD, MIC),)
        return (unknown(Code.CHANNEL_DEAD, MIC, "not_compared"),)
    loud = any(
        _still_s(hearing, ladder, sound.channel_dead_dbfs + ALIVE_ABOVE_DB, now) < sound.channel_dead_s
        for ladder in hearing.channels
    )
    if not loud:
        return (unknown(Code.CHANNEL_DEAD, MIC, "not_compared"),)
    stereo = len(hearing.channels) == 2 and len(still) == 1
    return (
        bad(
            Code.CHANNEL_DEAD,
            MIC,
            Severity.WARNING,
            ("left", "right")[still[0]] if stereo else "several",
            evidence={"channels": still, "limit_dbfs": sound.channel_dead_dbfs, **levels_of(facts.sound)},
            channels=", ".join(str(number + 1) for number in still),
        ),
    )


def _still_s(hearing: ListenerFacts, ladder: LevelLadder, level_dbfs: float, now: float) -> float:
    if hearing.since is None:
        return 0.0
    last = ladder.last_above(level_dbfs)
    return now - max(hearing.since, last if last is not None else hearing.since)
