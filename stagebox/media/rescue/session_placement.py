"""Where segments and backups lie on the session's time: what was measured, else the clocks. Pure.

The backup ran on while OBS was away, so it is the best clock for a gap: where it fits both segments, the
gap is known to the millisecond. Clocks alone are good to some tenths of a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stagebox.media.rescue.align import ClockFit

_MEASURED_S = 0.002
_CLOCK_S = 0.3
_GUESS_S = 10.0
"""How far each kind of knowledge may be wrong, as weights of the least squares."""


@dataclass(frozen=True, slots=True)
class TimedSound:
    """A segment or a backup: its length, when it began by the clock (any zero, the same for all), or None.

    `rate_ppm` is, of a backup, how much slower its device ran than the clock, None when that is not known.
    """

    duration_s: float
    clock_s: float | None = None
    rate_ppm: float | None = None


@dataclass(frozen=True, slots=True)
class PlacedBackup:
    """A backup on the session's time: time = start_s + (1 + drift_ppm / 1e6) * backup time.

    `measured` says that cross-correlation put it there, not the clocks; `drift_ppm` None counts as nought.
    """

    start_s: float
    drift_ppm: float | None
    measured: bool

    @property
    def stretch(self) -> float:
        """Seconds of the session in one second of the backup."""
        return 1.0 + (self.drift_ppm or 0.0) / 1e6


@dataclass(frozen=True, slots=True)
class RescuePlacement:
    """Starts of the segments, the first at 0, and of the backups; None for a backup with no known place."""

    starts_s: tuple[float, ...]
    backups: tuple[PlacedBackup | None, ...]


def place(
    segments: Sequence[TimedSound], backups: Sequence[TimedSound], fits: Mapping[tuple[int, int], ClockFit]
) -> RescuePlacement:
    """Put everything on the session's time.

    Args:
        fits: what cross-correlation found, by number of segment and backup.
    """
    drifts = [_drift(number, backup, fits) for number, backup in enumerate(backups)]
    zero_s = segments[0].clock_s
    bias_s = _bias(segments, backups, fits)
    count = len(segments)
    rows: list[tuple[dict[int, float], float, float]] = [({0: 1.0}, 0.0, _MEASURED_S / 100)]
    for (segment, backup), found in fits.items():
        # The offset was measured in the middle of the common time: there it holds for any drift.
        turned_s = ((found.drift_ppm or 0.0) - (drifts[backup] or 0.0)) / 1e6 * found.middle_s
        rows.append(({count + backup: 1.0, segment: -1.0}, found.offset_s + turned_s, _MEASURED_S))
    for number, segment_ in enumerate(segments[1:], 1):
        if segment_.clock_s is not None and zero_s is not None:
            rows.append(({number: 1.0}, segment_.clock_s - zero_s, _CLOCK_S))
        rows.append(({number: 1.0, number - 1: -1.0}, segments[number - 1].duration_s, _GUESS_S))
    for number, backup_ in enumerate(backups):
        if backup_.clock_s is not None and zero_s is not None:
            rows.append(({count + number: 1.0}, backup_.clock_s - zero_s + bias_s, _CLOCK_S))
    starts = _solve(rows, count + len(backups))
    placed = [
        PlacedBackup(starts[count + number], drifts[number], any(key[1] == number for key in fits))
        if any(count + number in terms for terms, _, _ in rows)
        else None
        for number in range(len(backups))
    ]
    return RescuePlacement(_in_order(starts[:count], segments), tuple(placed))


def _drift(number: int, backup: TimedSound, fits: Mapping[tuple[int, int], ClockFit]) -> float | None:
    """The drift of one backup: measured in the sound, else of all, else by its own clock marks."""
    mine = [(fit.drift_ppm, fit.windows) for key, fit in fits.items() if key[1] == number]
    every = [(fit.drift_ppm, fit.windows) for fit in fits.values()]
    for group in (mine, every):
        known = [(ppm, weight) for ppm, weight in group if ppm is not None]
        if known:
            return sum(ppm * weight for ppm, weight in known) / sum(weight for _, weight in known)
    return backup.rate_ppm


def _bias(
    segments: Sequence[TimedSound], backups: Sequence[TimedSound], fits: Mapping[tuple[int, int], ClockFit]
) -> float:
    """How much later backups lie than the clocks say, from where both are known."""
    apart = [
        found.offset_s - (backup_s - segment_s)
        for (segment, backup), found in fits.items()
        if (backup_s := backups[backup].clock_s) is not None
        and (segment_s := segments[segment].clock_s) is not None
    ]
    return float(np.median(apart)) if apart else 0.0


def _solve(rows: Sequence[tuple[dict[int, float], float, float]], count: int) -> list[float]:
    matrix, right = np.zeros((len(rows), count)), np.zeros(len(rows))
    for number, (terms, value, wrong_s) in enumerate(rows):
        for column, factor in terms.items():
            matrix[number, column] = factor / wrong_s
        right[number] = value / wrong_s
    solved, *_ = np.linalg.lstsq(matrix, right, rcond=None)
    return [float(value) for value in solved]


def _in_order(starts_s: Sequence[float], segments: Sequence[TimedSound]) -> tuple[float, ...]:
    """No segment begins before the one before it ended: packets cannot overlap."""
    found = [0.0]
    for number, start_s in enumerate(starts_s[1:], 1):
        found.append(max(start_s, found[-1] + segments[number - 1].duration_s))
    return tuple(found)
