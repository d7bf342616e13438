"""What the rescue is made of: every sound on the session's time, and from which one each moment is. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stagebox.media.rescue import align, decide
from stagebox.media.rescue.align import Fit
from stagebox.media.rescue.backups import Told
from stagebox.media.rescue.decide import HOP_S, Levels, Piece
from stagebox.media.rescue.listen import Heard
from stagebox.media.rescue.place import Placed, Placement, Timed, place

TAIL_S = 1.0
"""Sound that goes on this much longer than the picture was lost by OBS, and is kept; less is its own stop."""
LONGEST_TAIL_S = 3600.0
IN_TURN_S = 3.0
"""Backups of one talk are begun one after the other; clocks may be wrong by so much."""
BY_THE_CLOCKS_S = 6.0
"""A sound that comes twice in a talk (a jingle, a repeated demonstration) is found in the wrong backup too.
Where that shows, only what the clocks say as well, within so much, is believed."""
AUDIBLE_S = 6.0
"""A recording with this much sound must be found in its backup, or that is the backup of something else."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of OBS: its whole length, its sound, when it began by the wall clock (None: unknown)."""

    duration_s: float
    heard: Heard
    started_utc: float | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its sound, and what its diary tells."""

    heard: Heard
    told: Told


@dataclass(frozen=True, slots=True)
class Plan:
    """The rescue: where everything lies, what is taken from where, and what that gains.

    `own_gain` is the factor for the recording's own sound where that is taken.
    """

    placement: Placement
    fits: Mapping[tuple[int, int], Fit]
    pieces: Sequence[Piece]
    length_s: float
    gained_s: float
    own_gain: float


def plan(
    segments: Sequence[Segment], backups: Sequence[Backup], private: Sequence[tuple[float, float]] = ()
) -> Plan | str:
    """The plan, or why there is none, as a sentence.

    Of the backups, nothing is taken in the `private` stretches (start, end, in seconds of the session).
    """
    fits = _fits(segments, backups)
    if not fits and _audible_s(segments) >= AUDIBLE_S:
        return "The backup holds another sound than the recording: it was not used."
    placement = _placed(segments, backups, fits)
    if not in_turn(placement.backups, backups):
        fits = {
            key: fit for key, fit in fits.items() if _by_the_clocks(fit, segments[key[0]], backups[key[1]])
        }
        placement = _placed(segments, backups, fits)
        if not fits or not in_turn(placement.backups, backups):
            return "The parts of the backup contradict each other: they were not used."
    if not any(placement.backups):
        return "Neither the sounds nor the clocks tell where the backup belongs: it was not used."
    end_s = placement.starts_s[-1] + segments[-1].duration_s
    length_s = _length_s(end_s, backups, placement)
    hops = max(1, round(length_s / HOP_S))
    own = [
        on_session_time(segment.heard.levels, Placed(start_s, None, measured=True), hops)
        for segment, start_s in zip(segments, placement.starts_s, strict=True)
    ]
    theirs = [
        on_session_time(usable(one), placed, hops)
        for one, placed in zip(backups, placement.backups, strict=True)
    ]
    for levels in theirs:
        for start_s, end_s in private:
            levels[int(start_s / HOP_S) : math.ceil(end_s / HOP_S)] = np.nan
    all_own, all_theirs = decide.together(own, hops), decide.together(theirs, hops)
    return Plan(
        placement,
        fits,
        decide.pieces(own, theirs, length_s),
        length_s,
        decide.gained_s(all_own, all_theirs),
        decide.own_gain(all_own, all_theirs),
    )


def in_turn(placed: Sequence[Placed | None], backups: Sequence[Backup]) -> bool:
    """Whether each backup begins when the one before it has ended, as they were begun."""
    ended_s = -np.inf
    for place_, backup in zip(placed, backups, strict=True):
        if place_ is None:
            continue
        if place_.start_s < ended_s - IN_TURN_S:
            return False
        ended_s = place_.start_s + place_.stretch * backup.heard.duration_s
    return True


def _placed(
    segments: Sequence[Segment], backups: Sequence[Backup], fits: Mapping[tuple[int, int], Fit]
) -> Placement:
    return place(
        [Timed(segment.duration_s, segment.started_utc) for segment in segments],
        [Timed(one.heard.duration_s, one.told.started_utc, one.told.rate_ppm) for one in backups],
        fits,
    )


def _by_the_clocks(fit: Fit, segment: Segment, backup: Backup) -> bool:
    if segment.started_utc is None or backup.told.started_utc is None:
        return False
    return abs(backup.told.started_utc - segment.started_utc - fit.offset_s) <= BY_THE_CLOCKS_S


def usable(backup: Backup) -> Levels:
    """The backup's levels, without the silence that stands in it for sound that it lost itself."""
    levels = backup.heard.levels.copy()
    for silence in backup.told.silences:
        stretch = levels[max(0, int(silence.start_s / HOP_S)) : round(silence.end_s / HOP_S)]
        # It was noticed up to two seconds late: only what is silent there was lost.
        stretch[(stretch < decide.DEAD_DBFS).all(1)] = np.nan
    return levels


def on_session_time(levels: Levels, placed: Placed | None, hops: int) -> Levels:
    """The levels where they belong on the session's time; NaN where there are none."""
    found = np.full((hops, 2), np.nan, np.float32)
    if placed is None or not len(levels):
        return found
    middles_s = (np.arange(hops) + 0.5) * HOP_S
    index = np.floor((middles_s - placed.start_s) / placed.stretch / HOP_S).astype(np.int64)
    there = (index >= 0) & (index < len(levels))
    found[there] = levels[index[there]]
    return found


def _fits(segments: Sequence[Segment], backups: Sequence[Backup]) -> dict[tuple[int, int], Fit]:
    found = {}
    for number, segment in enumerate(segments):
        own = segment.heard.sound()
        for other, backup in enumerate(backups):
            about_s = None
            if segment.started_utc is not None and backup.told.started_utc is not None:
                about_s = backup.told.started_utc - segment.started_utc
            fit = align.align(own, backup.heard.sound(), about_s)
            if fit is not None:
                found[number, other] = fit
    return found


def _audible_s(segments: Sequence[Segment]) -> float:
    return sum(float((one.heard.levels.max(1) > decide.SILENT_DBFS).sum()) * HOP_S for one in segments)


def _length_s(end_s: float, backups: Sequence[Backup], placement: Placement) -> float:
    """The picture's length, or the sound's when that goes on."""
    ends = [
        placed.start_s + placed.stretch * one.heard.duration_s
        for one, placed in zip(backups, placement.backups, strict=True)
        if placed is not None
    ]
    last_s = min(max(ends), end_s + LONGEST_TAIL_S)
    return last_s if last_s > end_s + TAIL_S else end_s
