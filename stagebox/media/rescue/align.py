"""Where does one recording of a sound lie in another? Pure: samples in, figures out.

Windows of the talk's own sound are looked for in the backup by normalised cross-correlation, after the
first difference has flattened the spectrum of speech. A window counts only when its best place is far
better than its second best, and a fit only when the windows agree on one line: a wrong backup, a hum or a
loop fits nowhere or everywhere, and gives None instead of a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RATE_HZ = 8000
"""Sounds are compared at this rate: a sample is an eighth of a millisecond, and speech is all there."""
WINDOW_S = 3.0
"""A longer one would blur by drift: at 200 ppm it is 0.6 ms longer in one sound than in the other."""
SHORTEST_WINDOW_S = 1.0
WINDOWS = 40
"""So many windows at most, spread over the common time: enough for a straight line over hours."""
SEARCH_S = 3.0
"""How far the clocks may be wrong."""
AGREE_S = 0.010
"""Windows this close to the line agree with it."""
RESIDUAL_S = 0.020
"""No fit whose agreeing windows lie further from the line than this is used."""
MOST_PPM = 500.0
"""No two sound devices differ by more: a steeper line is no drift, but a wrong match."""

_CORRELATED = 0.2
_UNIQUE = 1.4
_PEAK_S = 0.03
"""The second best place is looked for outside this distance of the best."""
_HEARD = 10 ** (-50 / 20)
_FEWEST = 3
_MAJORITY = 0.6
_AGREEING = 0.35
_NEARLY_ALL = 0.8
NEAR_S = 0.15
"""A recording that lost sound for a moment lies this much beside the line after it, and no more."""
_SLOPE_ERROR_PPM = 20.0
_LONG_WINDOW_S = 6.0
_LONG_WINDOWS = 7
_COARSER = 4
_CHUNK = 1 << 19

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SoundLag:
    """The backup's sound of `backup_s` is the own sound of `own_s` (seconds from the start of each).

    `likeness` is the correlation there, 0 to 1.
    """

    own_s: float
    backup_s: float
    likeness: float


@dataclass(frozen=True, slots=True)
class ClockFit:
    """own time = offset_s + (1 + drift_ppm / 1e6) * backup time.

    `drift_ppm` is None when the common time was too short to measure it; then it counts as nought.
    `residual_s` is the largest distance of an agreeing window from the line, `windows` how many agree, of
    `tried` that were alike enough to be asked, and `middle_s` their mean backup time. `steps_s` is how far
    the other windows lie beside it: where the recording lost sound, what follows comes too early.
    """

    offset_s: float
    drift_ppm: float | None
    residual_s: float
    windows: int
    tried: int
    middle_s: float = 0.0
    steps_s: float = 0.0

    def own_time_s(self, backup_s: float) -> float:
        """The own sound's time of a moment of the backup."""
        return self.offset_s + (1.0 + (self.drift_ppm or 0.0) / 1e6) * backup_s


def lags(
    own: Sound, backup: Sound, about_s: float, *, search_s: float = SEARCH_S, windows: int = WINDOWS
) -> list[SoundLag]:
    """Where windows of the own sound lie in the backup; both at RATE_HZ, mono, full scale 1.

    Args:
        about_s: the own sound's time of the backup's beginning, as far as the clocks tell.
        search_s: how far that may be wrong.
    """
    own_s, backup_s = len(own) / RATE_HZ, len(backup) / RATE_HZ
    first_s, last_s = max(0.0, about_s - search_s), min(own_s, about_s + backup_s + search_s)
    window_s = min(WINDOW_S, max(SHORTEST_WINDOW_S, (last_s - first_s) / (2 * _FEWEST)))
    if last_s - first_s < window_s:
        return []
    count = max(1, min(windows, int((last_s - first_s) / (window_s / 2))))
    starts_s = np.linspace(first_s, last_s - window_s, count)
    pair = _SoundPair(own, backup, RATE_HZ)
    found = []
    for start_s in starts_s:
        lag = pair.place(float(start_s), window_s, about_s, search_s)
        if lag is not None:
            found.append(lag)
    return found


def fit(found: Sequence[SoundLag]) -> ClockFit | None:
    """The line on which most windows agree; None when there is none, or it would be a guess."""
    if len(found) < _FEWEST:
        return None
    own = np.array([lag.own_s for lag in found])
    backup = np.array([lag.backup_s for lag in found])
    offset_s, slope = _best_line(backup, own - backup)
    agree = np.abs(own - backup - offset_s - slope * backup) <= AGREE_S
    for _ in range(3):
        if agree.sum() < _FEWEST:
            return None
        offset_s, slope = _line(backup[agree], (own - backup)[agree])
        agree = np.abs(own - backup - offset_s - slope * backup) <= AGREE_S
    beside = np.abs(own - backup - offset_s - slope * backup)
    near = beside <= NEAR_S
    if agree.sum() < max(_FEWEST, _AGREEING * len(found)) or near.sum() < _NEARLY_ALL * len(found):
        return None
    steps_s = float(beside[near & ~agree].max(initial=0.0))
    offset_s, slope = _line(backup[agree], (own - backup)[agree])
    rest = np.abs((own - backup)[agree] - offset_s - slope * backup[agree])
    drift_ppm: float | None = slope * 1e6
    if _slope_error_ppm(backup[agree], rest) > _SLOPE_ERROR_PPM:
        drift_ppm = None
        offset_s = float(np.median((own - backup)[agree]))
        rest = np.abs((own - backup)[agree] - offset_s)
    residual_s = float(rest.max())
    if residual_s > RESIDUAL_S or abs(drift_ppm or 0.0) > MOST_PPM:
        return None
    return ClockFit(
        offset_s, drift_ppm, residual_s, int(agree.sum()), len(found), float(backup[agree].mean()), steps_s
    )


def align(own: Sound, backup: Sound, about_s: float | None, *, search_s: float = SEARCH_S) -> ClockFit | None:
    """Where the backup lies in the own sound: near what the clocks say, else anywhere; None without a fit.

    `about_s` None says that no clock tells anything. Looking everywhere takes some seconds for an hour.
    """
    if about_s is not None:
        near = fit(lags(own, backup, about_s, search_s=search_s))
        if near is not None:
            return near
    anywhere = _anywhere(own, backup)
    return None if anywhere is None else fit(lags(own, backup, anywhere, search_s=SEARCH_S))


def _anywhere(own: Sound, backup: Sound) -> float | None:
    """Own time of the backup's beginning, from a few long windows that are looked for everywhere.

    At a quarter of the rate, where drift within a long window does not matter.
    """
    window_s = min(_LONG_WINDOW_S, len(own) / RATE_HZ / 2)
    if window_s < SHORTEST_WINDOW_S or len(backup) < window_s * RATE_HZ:
        return None
    pair = _SoundPair(_coarser(own), _coarser(backup), RATE_HZ / _COARSER)
    whole_s = (len(own) + len(backup)) / RATE_HZ
    offsets = []
    for start_s in np.linspace(0.0, len(own) / RATE_HZ - window_s, _LONG_WINDOWS):
        lag = pair.place(float(start_s), window_s, 0.0, whole_s)
        if lag is not None:
            offsets.append(lag.own_s - lag.backup_s)
    middle = float(np.median(offsets)) if offsets else 0.0
    together = [offset for offset in offsets if abs(offset - middle) < 1.0]
    return middle if len(together) >= 2 and len(together) >= _MAJORITY * len(offsets) else None


def _coarser(sound: Sound) -> Sound:
    whole = len(sound) // _COARSER * _COARSER
    means: Sound = sound[:whole].reshape(-1, _COARSER).mean(1)
    return means


class _SoundPair:
    """Two sounds to be compared."""

    def __init__(self, own: Sound, backup: Sound, rate_hz: float) -> None:
        self._own = own
        self._own_flat = np.diff(own, prepend=own[:1])
        self._backup_flat = np.diff(backup, prepend=backup[:1])
        self._rate_hz = rate_hz

    def place(self, start_s: float, window_s: float, about_s: float, search_s: float) -> SoundLag | None:
        """Where the own sound's window is in the backup; None when it is silent, or not clearly anywhere."""
        rate_hz = self._rate_hz
        first, count = round(start_s * rate_hz), round(window_s * rate_hz)
        heard = self._own[first : first + count]
        if len(heard) < count or np.sqrt(np.mean(np.square(heard, dtype=np.float64))) < _HEARD:
            return None
        window = self._own_flat[first : first + count].astype(np.float64)
        low = max(0, round((start_s - about_s - search_s) * rate_hz))
        high = min(len(self._backup_flat), round((start_s - about_s + search_s) * rate_hz) + count)
        stretch = self._backup_flat[low:high].astype(np.float64)
        if len(stretch) < count:
            return None
        likeness = np.abs(_correlation(window, stretch))
        best = int(likeness.argmax())
        around = round(_PEAK_S * rate_hz)
        others = np.concatenate([likeness[: max(0, best - around)], likeness[best + around + 1 :]])
        second = float(others.max(initial=0.0))
        if likeness[best] < _CORRELATED or likeness[best] < _UNIQUE * second:
            return None
        at = low + best + _between(likeness, best)
        middle = count / 2
        return SoundLag((first + middle) / rate_hz, (at + middle) / rate_hz, float(likeness[best]))


def _correlation(
    window: npt.NDArray[np.float64], stretch: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Normalised correlation of the window with each place of the stretch that holds it whole."""
    count, places = len(window), len(stretch) - len(window) + 1
    # In chunks that overlap: a stretch may be hours long.
    size = min(1 << (len(stretch) + count - 1).bit_length(), max(_CHUNK, 1 << (2 * count).bit_length()))
    turned = np.conj(np.fft.rfft(window, size))
    step = size - count + 1
    raw = np.concatenate(
        [
            np.fft.irfft(np.fft.rfft(stretch[at : at + size], size) * turned, size)[:step]
            for at in range(0, places, step)
        ]
    )[:places]
    sums = np.concatenate([[0.0], np.cumsum(np.square(stretch))])
    energy = sums[count : count + places] - sums[:places]
    # A stretch of silence resembles nothing: a floor keeps rounding errors from looking like likeness.
    floor = 1e-6 * float(energy.max(initial=0.0)) + 1e-12
    result: npt.NDArray[np.float64] = raw / np.sqrt(
        np.maximum(energy, floor) * float(np.square(window).sum()) + 1e-24
    )
    return result


def _between(likeness: npt.NDArray[np.float64], best: int) -> float:
    """Where between samples the peak is: the top of a parabola through three of them."""
    if not 0 < best < len(likeness) - 1:
        return 0.0
    before, peak, after = (float(value) for value in likeness[best - 1 : best + 2])
    bend = before - 2 * peak + after
    return 0.0 if bend >= 0 else min(0.5, max(-0.5, 0.5 * (before - after) / bend))


def _best_line(at: npt.NDArray[np.float64], value: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The line through two windows, or level through one, that most windows agree with."""
    best, most = (float(np.median(value)), 0.0), -1
    for one in range(len(at)):
        for other in range(one, len(at)):
            slope = 0.0
            if at[other] - at[one] > 1e-9:
                slope = float((value[other] - value[one]) / (at[other] - at[one]))
            if abs(slope) * 1e6 > 2 * MOST_PPM:
                continue
            offset = float(value[one] - slope * at[one])
            agreeing = int((np.abs(value - offset - slope * at) <= AGREE_S).sum())
            if agreeing > most:
                best, most = (offset, slope), agreeing
    return best


def _line(at: npt.NDArray[np.float64], value: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Offset and slope of the least squares line."""
    middle = float(at.mean())
    spread = float(np.square(at - middle).sum())
    slope = float(((at - middle) * (value - value.mean())).sum() / spread) if spread > 0 else 0.0
    return float(value.mean()) - slope * middle, slope


def _slope_error_ppm(at: npt.NDArray[np.float64], rest: npt.NDArray[np.float64]) -> float:
    """The standard error of the slope; a half millisecond of jitter is assumed at least."""
    spread = float(np.square(at - at.mean()).sum())
    if spread <= 0 or len(at) <= 2:
        return float("inf")
    jitter_s = max(0.0005, float(np.sqrt(np.square(rest).sum() / (len(at) - 2))))
    return jitter_s / float(np.sqrt(spread)) * 1e6
