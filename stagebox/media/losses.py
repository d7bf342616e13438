"""Many small losses are one big one: holes of a packet or two, again and again. Pure rules."""

import math
from collections.abc import Iterator, Sequence

from stagebox.media.findings import finding
from stagebox.media.packets import StreamClock
from stagebox.media.repetition import Repetition, RepetitionRule, repeated
from stagebox.messages.code_catalogue import say
from stagebox.model.report import Code, Finding, Severity

OFTEN = (
    RepetitionRule(10.0, 5),
    RepetitionRule(10.0, 3, least_s=1.0),
    RepetitionRule(600.0, 30),
    RepetitionRule(600.0, 3, least_s=2.0),
)
"""When holes count together. A hole or two are told each by itself, if they are long enough."""

SPARSE_SHARE = 0.2
"""So many of the pictures must be missing for a person to see it."""


def spells(small: Sequence[tuple[float, float]]) -> list[Repetition]:
    """Where holes (start and length in seconds) come so often that they count together."""
    return repeated(((start_s, start_s + lost_s) for start_s, lost_s in small), math.inf, OFTEN)


def among(clock: StreamClock, start_s: float) -> bool:
    """Whether a hole that begins here is told as one of many."""
    return any(one.holds(start_s) for one in spells(clock.small))


def judge(picture: Sequence[StreamClock], sound: Sequence[StreamClock]) -> Iterator[Finding]:
    """The findings about what lacks in small pieces."""
    for number, clock in enumerate(sound, 1):
        where = say("on_track", number=number) if len(sound) > 1 else ""
        for spell in spells(clock.small):
            yield finding(
                Code.DROPOUTS,
                Severity.WARNING,
                spell.start_s,
                spell.end_s,
                "holes",
                {"holes": spell.count, "lost_s": round(spell.lost_s, 3), "packets_lost": True},
                where=where,
                holes=spell.count,
                within_s=spell.end_s - spell.start_s,
                lost_s=spell.lost_s,
            )
    for clock in picture:
        for spell in spells(clock.small):
            missing = round(spell.lost_s / clock.usual_s) if clock.usual_s else 0
            shown = round((spell.end_s - spell.start_s) / clock.usual_s) - missing if clock.usual_s else 0
            if missing < SPARSE_SHARE * (missing + shown):
                continue
            yield finding(
                Code.DISCONTINUITY,
                Severity.NOTE,
                spell.start_s,
                spell.end_s,
                "stutter",
                {"stream": "picture", "shown": shown, "missing": missing},
                all=missing + shown,
                within_s=spell.end_s - spell.start_s,
                missing=missing,
            )
