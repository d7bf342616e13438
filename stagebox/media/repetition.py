"""Many small losses are one big one: when short troubles of one kind count together. Pure.

A trouble that is too short to be told by itself is told when it comes again and again: by the share of the
time that it takes and by how often it comes, within some seconds, within ten minutes or in the whole talk.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WHOLE_TALK = math.inf
"""`RepetitionRule.within_s` of a rule that looks at the talk as a whole."""

HELD_SHARE = 0.8
"""Stretches found within a short time that hold so much of a longer one's losses tell the place better."""


@dataclass(frozen=True, slots=True)
class RepetitionRule:
    """One rule: losses count together when within `within_s` seconds there are enough of them.

    `count`: at least so many of them begin within that time. `share`: they take at least this share of it, or
    of the talk where that is shorter. `least_s`: and at least so many seconds.
    """

    within_s: float
    count: int
    share: float = 0.0
    least_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Repetition:
    """From the start of the first to the end of the last of `count` losses, `lost_s` seconds together."""

    start_s: float
    end_s: float
    count: int
    lost_s: float

    @property
    def length_s(self) -> float:
        """From the first loss's start to the last one's end, in seconds."""
        return self.end_s - self.start_s

    @property
    def share(self) -> float:
        """The share of this stretch that is lost, 0 to 1."""
        return min(1.0, self.lost_s / self.length_s) if self.length_s > 0 else 0.0

    def holds(self, start_s: float) -> bool:
        """Whether a loss that begins then is told with this stretch."""
        return self.start_s - 0.01 <= start_s <= self.end_s


def repeated(
    spans: Iterable[tuple[float, float]], length_s: float, rules: Sequence[RepetitionRule]
) -> list[Repetition]:
    """Return the stretches in which small losses of one kind count together, in order, apart from each other.

    Args:
        spans: start and end of each loss in seconds; those that overlap or touch are one.
        length_s: the length of the talk in seconds.
        rules: from the shortest time to the longest; one that holds is enough. A longer one's stretch takes
            the place of those inside it unless they hold nearly all that it lost.
    """
    start_s, end_s = _apart(spans)
    found: list[Repetition] = []
    if not start_s.size:
        return found
    sums = np.concatenate(([0.0], np.cumsum(end_s - start_s)))
    for rule in sorted(rules, key=lambda one: one.within_s):
        for first, after in _runs(start_s, sums, length_s, rule):
            lost_s = float(sums[after] - sums[first])
            one = Repetition(float(start_s[first]), float(end_s[after - 1]), after - first, lost_s)
            inside = [other for other in found if one.start_s < other.end_s and other.start_s < one.end_s]
            if inside and sum(other.lost_s for other in inside) >= HELD_SHARE * lost_s:
                continue
            found = [other for other in found if other not in inside]
            found.append(_around([one, *inside], start_s, end_s, sums))
    return sorted(found, key=lambda one: one.start_s)


Array = NDArray[np.float64]
Held = NDArray[np.bool_]


def _apart(spans: Iterable[tuple[float, float]]) -> tuple[Array, Array]:
    """Starts and ends, in order; what overlaps or touches is one, and what has no length is none."""
    given = np.array([(start, end) for start, end in spans if end > start], np.float64).reshape(-1, 2)
    given = given[np.argsort(given[:, 0], kind="stable")]
    if not len(given):
        return given[:, 0], given[:, 1]
    reach = np.maximum.accumulate(given[:, 1])
    begins = np.concatenate(([True], given[1:, 0] > reach[:-1]))
    firsts = np.flatnonzero(begins)
    return given[firsts, 0], reach[np.concatenate((firsts[1:] - 1, [len(given) - 1]))]


def _runs(start_s: Array, sums: Array, length_s: float, rule: RepetitionRule) -> list[tuple[int, int]]:
    """First and one past the last of the losses that this rule puts together, from each place it holds at."""
    within_s = min(rule.within_s, max(length_s, float(start_s[-1] - start_s[0]) + 1e-9))
    wanted_s = max(rule.least_s, rule.share * min(rule.within_s, length_s))
    first = np.arange(start_s.size)
    after = np.searchsorted(start_s, start_s + within_s)
    # A thousandth of a millisecond: sums of times that were divided and added are not exact.
    holds = (after - first >= rule.count) & (sums[after] - sums[first] >= wanted_s - 1e-6)
    inside, linked = _covered(first[holds], after[holds], start_s.size)
    # One that no such time has together with the one before it begins a stretch of its own.
    begins = np.flatnonzero(inside & ~linked)
    ends = np.flatnonzero(inside & ~np.concatenate((linked[1:], [False])))
    return [(int(begin), int(end) + 1) for begin, end in zip(begins, ends, strict=True)]


def _covered(first: NDArray[np.int64], after: NDArray[np.int64], count: int) -> tuple[Held, Held]:
    """Which losses lie in one of these ranges, and which of them in one together with the loss before it."""
    edges = np.zeros((2, count + 1), np.int64)
    for row, begin in enumerate((first, first + 1)):
        np.add.at(edges[row], begin, 1)
        np.add.at(edges[row], after, -1)
    inside, linked = np.cumsum(edges[:, :-1], axis=1) > 0
    return inside, linked


def _around(parts: Sequence[Repetition], start_s: Array, end_s: Array, sums: Array) -> Repetition:
    """One stretch from the first of these to the last, with all the losses in it."""
    first = int(np.searchsorted(start_s, min(part.start_s for part in parts)))
    last = int(np.searchsorted(end_s, max(part.end_s for part in parts)))
    lost_s = float(sums[last + 1] - sums[first])
    return Repetition(float(start_s[first]), float(end_s[last]), last + 1 - first, lost_s)
