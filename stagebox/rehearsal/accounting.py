"""Is each second of a session in an output, or in a finding that says why it is not? Pure.

The counters in the picture tell which seconds of the venue's clock an output holds. A finding that says
that something is missing (a gap, an end that breaks off, a recording that is too short) explains the seconds
that lie at its place. What neither holds nor explains is unaccounted for: there must be none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from stagebox.rehearsal.continuity import ReadFrame
from stagebox.rehearsal.painter import TICK_HZ

EXPLAINING = frozenset({"gap", "truncated", "short", "discontinuity", "corrupt", "unreadable", "empty"})
EDGE_S = 1.5
"""Start and end of a session, and of what a finding speaks of, are known no better than this."""
LOOK_S, LOOK_FRAMES = 3.0, 200
"""So far around a jump it is looked whether the counter is right again."""
CUT_S = 0.5
"""A counter that goes on by this much more than the output has left something out."""
NEAR_S = 0.5
"""A finding's place is known no better than this."""
STEP_TICKS = 6
"""Frames whose counters are this close together (a tenth of a second) leave nothing out between them."""


@dataclass(frozen=True, slots=True)
class ReadOutput:
    """One output: its frames as they were read back, and its report's findings."""

    frames: Sequence[ReadFrame]
    findings: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SecondsAccount:
    """Seconds of a session by their number from its start: held, explained, and neither."""

    held: frozenset[int]
    explained: frozenset[int]
    unaccounted: tuple[int, ...]

    @property
    def good(self) -> bool:
        """Whether every second is accounted for."""
        return not self.unaccounted


def account(session: tuple[int, int], outputs: Iterable[ReadOutput]) -> SecondsAccount:
    """The account of a session that was recorded between two ticks of the venue's clock."""
    first, last = session
    count = max(0, int((last - first) / TICK_HZ - EDGE_S))
    held: set[int] = set()
    explained: set[int] = set()
    for output in outputs:
        ticks = ticks_of(output.frames)
        for start, end in held_ticks(ticks):
            low, high = max(0.0, (start - first) / TICK_HZ), (end - first) / TICK_HZ
            held |= set(range(int(low), int(high) + 1)) if high >= 0 else set()
        for start, end in explained_ticks(output, ticks):
            low, high = (start - first) / TICK_HZ - EDGE_S, (end - first) / TICK_HZ + EDGE_S
            explained |= {second for second in range(count) if low <= second + 1 and second <= high}
    skipped = {0} if EDGE_S >= 1 else set()
    unaccounted = [
        second for second in range(count) if second not in held | explained and second not in skipped
    ]
    return SecondsAccount(
        frozenset(second for second in held if second < count),
        frozenset(explained - held),
        tuple(unaccounted),
    )


def held_ticks(ticks: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """From where to where, in ticks, an output goes on without a cut.

    A machine that is too slow repeats pictures and shows others early: the counter stands and jumps, and is
    soon right again. Time is missing where the counter is ahead of the output for good.
    """
    found: list[tuple[float, float]] = []
    ahead = [(at_s, tick / TICK_HZ - at_s) for at_s, tick in ticks]
    for number, (at_s, tick) in enumerate(ticks):
        jump_s = 0.0 if not number else (tick - ticks[number - 1][1]) / TICK_HZ
        if not found or (jump_s >= CUT_S and _stays_ahead(ahead, number, at_s)):
            found.append((tick, tick))
        else:
            found[-1] = (min(found[-1][0], tick), max(found[-1][1], tick))
    return found


def _stays_ahead(ahead: Sequence[tuple[float, float]], number: int, at_s: float) -> bool:
    """Whether the counter is further ahead of the output from frame `number` on than it was before."""
    before = [one for one_s, one in ahead[max(0, number - LOOK_FRAMES) : number] if at_s - one_s <= LOOK_S]
    after = [one for one_s, one in ahead[number : number + LOOK_FRAMES] if one_s - at_s <= LOOK_S]
    return min(after) - max(before) >= CUT_S


def ticks_of(frames: Sequence[ReadFrame]) -> list[tuple[float, float]]:
    """Time in the output and tick of the venue, of every frame.

    A frame without a counter (a title card) has the tick that its distance from the nearest one gives.
    """
    read = [(frame.at_s, float(frame.tick)) for frame in frames if frame.tick is not None]
    if not read:
        return []
    found = []
    nearest = 0
    for frame in frames:
        while nearest + 1 < len(read) and abs(read[nearest + 1][0] - frame.at_s) <= abs(
            read[nearest][0] - frame.at_s
        ):
            nearest += 1
        at_s, tick = read[nearest]
        found.append((frame.at_s, tick + (frame.at_s - at_s) * TICK_HZ))
    return found


def explained_ticks(output: ReadOutput, ticks: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """From where to where, in ticks, findings say that something is missing."""
    found: list[tuple[float, float]] = []
    for finding in output.findings:
        if finding["code"] not in EXPLAINING or not ticks:
            continue
        lacks_s = float(
            finding["evidence"].get("gap_s")
            or finding["evidence"].get("lost_s")
            or max(0.0, finding["end_s"] - finding["start_s"])
        )
        start = _place(ticks, finding["start_s"])
        found.append((start, start + lacks_s * TICK_HZ))
    return found


def _place(ticks: Sequence[tuple[float, float]], at_s: float) -> float:
    """The last tick before the largest jump near `at_s`."""
    around = [(one_s, tick) for one_s, tick in ticks if abs(one_s - at_s) <= NEAR_S]
    if not around:
        return ticks[-1][1] if at_s > ticks[-1][0] else ticks[0][1]
    jumps = [after - before for (_, before), (_, after) in pairwise(around)]
    if not jumps or max(jumps) <= STEP_TICKS:
        return min(around, key=lambda one: abs(one[0] - at_s))[1]
    return around[jumps.index(max(jumps))][1]
