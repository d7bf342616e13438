"""Many small losses are one big one: holes of a packet or two, again and again. Pure rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from stagebox.media.findings import span
from stagebox.media.packets import StreamClock
from stagebox.model.report import Code, Finding, Severity

OFTEN: tuple[tuple[float, int, float], ...] = ((10.0, 5, 1.0), (600.0, 30, 2.0))
"""So many holes, or so many seconds of them, within so many seconds (length, holes, lost) are told as one."""

FEWEST = 3
"""A hole or two are told each by itself, if they are long enough."""

SPARSE_SHARE = 0.2
"""So many of the pictures must be missing for a person to see it."""


@dataclass(frozen=True, slots=True)
class Spell:
    """From `start_s` to `end_s`, `holes` holes, which lack `lost_s` seconds together."""

    start_s: float
    end_s: float
    holes: int
    lost_s: float


def spells(small: Sequence[tuple[float, float]]) -> list[Spell]:
    """Where holes (start and length in seconds, in order) come so often that they count together."""
    if len(small) < FEWEST:
        return []
    at, lost = np.array(small, np.float64).T
    sums = np.concatenate(([0.0], np.cumsum(lost)))
    edges = np.zeros(at.size + 1, np.int64)
    for within_s, count, most_s in OFTEN:
        first = np.arange(at.size)
        after = np.searchsorted(at, at + within_s)
        often = (after - first >= count) | ((sums[after] - sums[first] >= most_s) & (after - first >= FEWEST))
        np.add.at(edges, first[often], 1)
        np.add.at(edges, after[often], -1)
    inside = np.flatnonzero(np.cumsum(edges[:-1]) > 0)
    return [
        Spell(
            float(at[run[0]]),
            float(at[run[-1]] + lost[run[-1]]),
            run.size,
            float(sums[run[-1] + 1] - sums[run[0]]),
        )
        for run in np.split(inside, np.flatnonzero(np.diff(inside) > 1) + 1)
        if run.size
    ]


def among(clock: StreamClock, start_s: float) -> bool:
    """Whether a hole that begins here is told as one of many."""
    return any(one.start_s - 0.01 <= start_s <= one.end_s for one in spells(clock.small))


def judge(picture: Sequence[StreamClock], sound: Sequence[StreamClock]) -> Iterator[Finding]:
    """The findings about what lacks in small pieces."""
    for number, clock in enumerate(sound, 1):
        track = f" of track {number}" if len(sound) > 1 else ""
        for spell in spells(clock.small):
            yield Finding(
                Code.DROPOUTS,
                Severity.WARNING,
                spell.start_s,
                spell.end_s,
                f"The sound{track} is hacked: {spell.holes} holes within "
                f"{span(spell.end_s - spell.start_s)} lack "
                f"{span(spell.lost_s)} of it. Packets of sound were lost on the way to the recording.",
                "Listen to this part. Look for another recording of this talk, or use the second ear's "
                "backup.",
                {"holes": spell.holes, "lost_s": round(spell.lost_s, 3), "packets_lost": True},
            )
    for clock in picture:
        for spell in spells(clock.small):
            missing = round(spell.lost_s / clock.usual_s) if clock.usual_s else 0
            shown = round((spell.end_s - spell.start_s) / clock.usual_s) - missing if clock.usual_s else 0
            if missing < SPARSE_SHARE * (missing + shown):
                continue
            yield Finding(
                Code.DISCONTINUITY,
                Severity.NOTE,
                spell.start_s,
                spell.end_s,
                f"The picture stutters: of about {missing + shown} pictures within "
                f"{span(spell.end_s - spell.start_s)}, {missing} are missing.",
                "Look at this part: the network or the computer could not keep up, or nothing moved.",
                {"stream": "picture", "shown": shown, "missing": missing},
            )
