"""What the rescue is made of: every sound on the session's time, and from which one each moment is. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stagebox.media.rescue import align, sound_choice
from stagebox.media.rescue.align import ClockFit
from stagebox.media.rescue.backups import DiaryFacts
from stagebox.media.rescue.session_placement import PlacedBackup, RescuePlacement, TimedSound, place
from stagebox.media.rescue.sound_choice import HOP_S, Levels, SoundPiece
from stagebox.media.rescue.sound_files import DecodedSound

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
class RescueSegment:
    """One file of OBS: its whole length, its sound, when it began by the wall clock (None: unknown)."""

    duration_s: float
    heard: DecodedSound
    started_utc: float | None = None


@dataclass(frozen=True, slots=True)
class RescueBackup:
    """One backup: its sound, and what its diary tells."""

    heard: DecodedSound
    told: DiaryFacts


@dataclass(frozen=True, slots=True)
class RescuePlan:
    """The rescue: where everything lies, what is taken from where, and what that gains.

    `own_gain` is the factor for the recording's own sound where that is taken.
    """

    placement: RescuePlacement
    fits: Mapping[tuple[int, int], ClockFit]
    pieces: Sequence[SoundPiece]
    length_s: float
    gained_s: float
    own_gain: float


def plan(
    segments: Sequence[RescueSegment],
    backups: Sequence[RescueBackup],
    private: Sequence[tuple[float, float]] = (),
) -> RescuePlan | str:
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
        on_session_time(segment.heard.levels, PlacedBackup(start_s, None, measured=True), hops)
        for segment, start_s in zip(segments, placement.starts_s, strict=True)
    ]
    theirs = [
        on_session_time(usable(one), placed, hops)
        for one, placed in zip(backups, placement.backups, strict=True)
    ]
    for levels in theirs:
        for start_s, end_s in private:
            levels[int(start_s / HOP_S) : math.ceil(end_s / HOP_S)] = np.nan
    all_own, all_theirs = sound_choice.together(own, hops), sound_choice.together(theirs, hops)
    return RescuePlan(
        placement,
        fits,
        sound_choice.pieces(own, theirs, length_s),
        length_s,
        sound_choice.gained_s(all_own, all_theirs),
        sound_choice.own_gain(all_own, all_theirs),
    )


def in_turn(placed: Sequence[PlacedBackup | None], backups: Sequence[RescueBackup]) -> bool:
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
    segments: Sequence[RescueSegment],
    backups: Sequence[RescueBackup],
    fits: Mapping[tuple[int, int], ClockFit],
) -> RescuePlacement:
    return place(
        [TimedSound(segment.duration_s, segment.started_utc) for segment in segments],
        [TimedSound(one.heard.duration_s, one.told.started_utc, one.told.rate_ppm) for one in backups],
        fits,
    )


def _by_the_clocks(fit: ClockFit, segment: RescueSegment, backup: RescueBackup) -> bool:
    if segment.started_utc is None or backup.told.started_utc is None:
        return False
    return abs(backup.told.started_utc - segment.started_utc - fit.offset_s) <= BY_THE_CLOCKS_S


def usable(backup: RescueBackup) -> Levels:
    """The backup's levels, without the silence that stands in it for sound that it lost itself."""
    levels = backup.heard.levels.copy()
    for silence in backup.told.silences:
        stretch = levels[max(0, int(silence.start_s / HOP_S)) : round(silence.end_s / HOP_S)]
        # It was noticed up to two seconds late: only what is silent there was lost.
        stretch[(stretch < sound_choice.DEAD_DBFS).all(1)] = np.nan
    return levels


def on_session_time(levels: Levels, placed: PlacedBackup | None, hops: int) -> Levels:
    """The levels where they belong on the session's time; NaN where there are none."""
    found = np.full((hops, 2), np.nan, np.float32)
    if placed is None or not len(levels):
        return found
    middles_s = (np.arange(hops) + 0.5) * HOP_S
    index = np.floor((middles_s - placed.start_s) / placed.stretch / HOP_S).astype(np.int64)
    there = (index >= 0) & (index < len(levels))
    found[there] = levels[index[there]]
    return found


def _fits(
    segments: Sequence[RescueSegment], backups: Sequence[RescueBackup]
) -> dict[tuple[int, int], ClockFit]:
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


def _audible_s(segments: Sequence[RescueSegment]) -> float:
    return sum(float((one.heard.levels.max(1) > sound_choice.SILENT_DBFS).sum()) * HOP_S for one in segments)


def _length_s(end_s: float, backups: Sequence[RescueBackup], placement: RescuePlacement) -> float:
    """The picture's length, or the sound's when that goes on."""
    ends = [
        placed.start_s + placed.stretch * one.heard.duration_s
        for one, placed in zip(backups, placement.backups, strict=True)
        if placed is not None
    ]
    last_s = min(max(ends), end_s + LONGEST_TAIL_S)
    return last_s if last_s > end_s + TAIL_S else end_s
