"""Is a rescue output wanted, and from which sound is each moment of it made? Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stagebox.model.report import Code, Finding, Severity

HOP_S = 0.02
GAIN_AT_LEAST_S = 0.2
"""A rescue that adds less sound than this is not made."""

SOUND_CODES = frozenset(
    {
        *(Code.SILENT, Code.NO_AUDIO, Code.NO_SPEECH, Code.GAP, Code.DROPOUTS, Code.CHANNEL_DEAD),
        *(Code.AV_LENGTH_MISMATCH, Code.TRUNCATED, Code.CORRUPT, Code.DISCONTINUITY, Code.SHORT),
    }
)
"""Findings after which the recording's own sound may lack something."""

SOUND_ALARMS = frozenset(
    {
        *(Code.SILENT, Code.MUTED, Code.OBS_DEAF, Code.WRONG_DEVICE, Code.CHANNEL_DEAD, Code.DROPOUTS),
        *(Code.OBS_DOWN, Code.OBS_STUCK, Code.NOT_RECORDING, Code.FOLDER_GONE, Code.DISK_FULL),
    }
)
"""Alarms of the time of recording after which it may, even where it was too short for a finding."""

SILENT_DBFS = -50.0
DEAD_DBFS = -90.0
"""Below this there is nothing at all: not even the noise of an open microphone."""
CHANNEL_DEAD_DBFS = -65.0
LOUDER_DB = 15.0

_SHORTEST_S = 0.1
_MOST_DB = 20.0

Levels = npt.NDArray[np.float32]
"""dBFS of each channel in each hop of HOP_S; NaN where there is no sound to be had."""


@dataclass(frozen=True, slots=True)
class SoundPiece:
    """From `start_s` to `end_s` of the session the sound of `source` `number`: "backup", "own" or "none"."""

    start_s: float
    end_s: float
    source: str
    number: int


def reasons(findings: Iterable[Finding], alarms: Iterable[str]) -> tuple[str, ...]:
    """What makes a rescue worth a try, as codes; nothing for a recording whose sound is whole."""
    found = [
        str(one.code)
        for one in findings
        if one.code in SOUND_CODES and not (one.code is Code.SILENT and one.severity is Severity.NOTE)
    ]
    found += [code for code in alarms if code in SOUND_ALARMS]
    return tuple(dict.fromkeys(found))


def gained_s(own: Levels, backup: Levels) -> float:
    """Seconds in which the backup has sound that the recording lacks; both on the session's time."""
    mine, theirs = np.nan_to_num(own, nan=-120.0), np.nan_to_num(backup, nan=-120.0)
    absent = np.isnan(own).all(1)
    loudest, theirs_loudest = mine.max(1), theirs.max(1)
    missing = absent & (theirs_loudest > DEAD_DBFS)
    silent = ~absent & (loudest < SILENT_DBFS)
    silent &= (theirs_loudest > SILENT_DBFS) & (theirs_loudest > loudest + LOUDER_DB)
    dead = (mine < CHANNEL_DEAD_DBFS) & (theirs > SILENT_DBFS) & (loudest[:, None] > SILENT_DBFS)
    return float((missing | silent | dead.any(1)).sum() * HOP_S)


def lost_s(pieces: Iterable[SoundPiece]) -> float:
    """Seconds of which neither has sound."""
    return sum((piece.end_s - piece.start_s for piece in pieces if piece.source == "none"), 0.0)


def pieces(own: Sequence[Levels], backups: Sequence[Levels], length_s: float) -> list[SoundPiece]:
    """From where each moment's sound is taken: a backup where there is one, else the recording.

    Args:
        own, backups: levels of each segment and each backup on the session's time.
    """
    hops = max(1, round(length_s / HOP_S))
    choice = np.zeros(hops, np.int64)
    best_own = _loudest([_fitted(one, hops) for one in own], hops)
    for number, one in enumerate(own):
        choice[~np.isnan(_fitted(one, hops)).all(1)] = number + 1
    for number, one in enumerate(backups):
        levels = _fitted(one, hops)
        there = ~np.isnan(levels).all(1)
        loudest = np.nan_to_num(levels, nan=-120.0).max(1)
        # A backup that was lost for a moment holds digital silence there, and the recording may not.
        there &= ~_long((loudest < DEAD_DBFS) & (best_own > loudest + LOUDER_DB))
        choice[there] = -(number + 1)
    edges = np.flatnonzero(np.diff(choice)) + 1
    starts = [0, *edges.tolist()]
    ends = [*edges.tolist(), hops]
    found = []
    for start, end in zip(starts, ends, strict=True):
        chosen = int(choice[start])
        source = "none" if chosen == 0 else "own" if chosen > 0 else "backup"
        end_s = length_s if end == hops else end * HOP_S
        found.append(SoundPiece(start * HOP_S, end_s, source, abs(chosen) - 1))
    return found


def own_gain(own: Levels, backup: Levels) -> float:
    """By what factor the recording's own sound is to be raised so that it is as loud as the backup's."""
    mine = np.nan_to_num(own, nan=-120.0).max(1)
    theirs = np.nan_to_num(backup, nan=-120.0).max(1)
    both = (mine > SILENT_DBFS) & (theirs > SILENT_DBFS)
    if both.sum() * HOP_S < 1.0:
        return 1.0
    difference_db = float(np.median((theirs - mine)[both]))
    return float(10 ** (min(_MOST_DB, max(-_MOST_DB, difference_db)) / 20))


def together(levels: Sequence[Levels], hops: int) -> Levels:
    """One row of levels for several recordings that follow each other."""
    found = np.full((hops, 2), np.nan, np.float32)
    for one in levels:
        fitted = _fitted(one, hops)
        there = ~np.isnan(fitted).all(1)
        found[there] = fitted[there]
    return found


def _fitted(levels: Levels, hops: int) -> Levels:
    found = np.full((hops, 2), np.nan, np.float32)
    found[: min(hops, len(levels))] = levels[:hops]
    return found


def _loudest(levels: Sequence[Levels], hops: int) -> npt.NDArray[np.float32]:
    found: npt.NDArray[np.float32] = np.nan_to_num(together(levels, hops), nan=-120.0).max(1)
    return found


def _long(wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Only the runs of at least _SHORTEST_S."""
    padded = np.concatenate([[False], wanted, [False]]).astype(np.int8)
    changes = np.diff(padded)
    kept = np.zeros(len(wanted), bool)
    for start, end in zip(np.flatnonzero(changes == 1), np.flatnonzero(changes == -1), strict=True):
        if (end - start) * HOP_S >= _SHORTEST_S:
            kept[start:end] = True
    return kept
