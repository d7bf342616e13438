"""Is one channel dead while another carries sound?"""

from stagebox.health.check import Check
from stagebox.health.listening import (
    MIC,
    fine,
    levels_of,
    program_sound,
    unknown,
)
from stagebox.model.facts import Facts
from stagebox.model.facts.ladder import Ladder
from stagebox.model.facts.sound import Hearing
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

ABOVE_DB = 20.0
"""The other channel must be this far above the limit, so that its crosstalk would be heard."""

_SIDES = {0: "left", 1: "right"}


def channel_dead(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
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
            return fine(Code.CHANNEL_DEAD)
        return unknown(Code.CHANNEL_DEAD, "Nothing was heard yet on some channel.")
    loud = any(
        _still_s(hearing, ladder, sound.channel_dead_dbfs + ABOVE_DB, now) < sound.channel_dead_s
        for ladder in hearing.channels
    )
    if not loud:
        return unknown(Code.CHANNEL_DEAD, "Nothing is heard by which the channels could be compared.")
    names = " and ".join(_SIDES.get(number, f"{number + 1}th") for number in still)
    return (
        Check(
            code=Code.CHANNEL_DEAD,
            role=MIC,
            outcome="bad",
            level=Severity.WARNING,
            summary=f"The {names} channel is dead; the other carries sound.",
            remedy="Check the plug and the cable, and whether the mixer sends to both sides.",
            evidence={
                "channels": still,
                "limit_dbfs": sound.channel_dead_dbfs,
                **levels_of(facts.sound),
            },
        ),
    )


def _still_s(hearing: Hearing, ladder: Ladder, level_dbfs: float, now: float) -> float:
    if hearing.since is None:
        return 0.0
    last = ladder.last_above(level_dbfs)
    return now - max(hearing.since, last if last is not None else hearing.since)
