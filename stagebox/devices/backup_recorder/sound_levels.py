"""What is measured of each block of sound: levels, and samples that never came. Pure."""

import numpy as np
import numpy.typing as npt

from stagebox.model.facts.sound import FLOOR_DBFS, ChannelLevel

Block = npt.NDArray[np.float32]
"""Samples by channel, full scale is 1."""


def levels(block: Block) -> tuple[ChannelLevel, ...]:
    """The level of each channel of a block that is not empty."""
    rms = np.sqrt(np.mean(np.square(block, dtype=np.float64), axis=0))
    peak = np.max(np.abs(block), axis=0)
    return tuple(
        ChannelLevel(rms_dbfs=dbfs(float(one)), peak_dbfs=dbfs(float(top)))
        for one, top in zip(rms, peak, strict=True)
    )


def dbfs(amplitude: float) -> float:
    """An amplitude (1 is full scale) in dBFS, not below FLOOR_DBFS."""
    if not amplitude > 10 ** (FLOOR_DBFS / 20):
        return FLOOR_DBFS
    return round(20 * float(np.log10(amplitude)), 2)


class SampleCadence:
    """Counts samples against the clock: finds samples that never came, and the device's true rate.

    Blocks may come late when the machine is busy, but never early: so the earliest arrival within a
    window tells the truth, and samples are lost when it moves later from one window to the next.
    """

    WINDOW_S = 1.0
    LEAST_LOSS_S = 0.1
    RATE_SPAN_S = 20.0
    _SETTLE_WINDOWS = 3
    _FOLLOW_S = 0.0005

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._frames = 0
        self._window_began: float | None = None
        self._earliest_s = float("inf")
        self._usual_s: float | None = None
        self._windows = 0
        self._marks: list[tuple[float, int]] = []

    def came(self, frames: int, now: float) -> int:
        """Note `frames` that arrived at the monotonic time `now`; return how many were lost before."""
        self._frames += frames
        if self._window_began is None:
            self._window_began = now
        self._earliest_s = min(self._earliest_s, now - self._frames / self._rate_hz)
        if now - self._window_began < self.WINDOW_S:
            return 0
        earliest_s, usual_s = self._earliest_s, self._usual_s
        self._window_began, self._earliest_s = now, float("inf")
        self._windows += 1
        self._mark(earliest_s)
        if usual_s is None or self._windows <= self._SETTLE_WINDOWS:
            self._usual_s = earliest_s
            return 0
        if earliest_s - usual_s < self.LEAST_LOSS_S:
            self._usual_s = max(earliest_s, usual_s - self._FOLLOW_S)
            return 0
        lost = round((earliest_s - usual_s) * self._rate_hz)
        self._frames += lost
        self._marks.clear()
        return lost

    @property
    def measured_rate_hz(self) -> float | None:
        """Samples a second that really came, over the last RATE_SPAN_S seconds; None until known."""
        if not self._marks:
            return None
        (began, first), (ended, last) = self._marks[0], self._marks[-1]
        return (last - first) / (ended - began) if ended - began >= self.RATE_SPAN_S - self.WINDOW_S else None

    def _mark(self, earliest_s: float) -> None:
        if self._windows <= self._SETTLE_WINDOWS:
            return
        self._marks.append((earliest_s + self._frames / self._rate_hz, self._frames))
        span_s = self._marks[-1][0] - self._marks[0][0]
        if span_s > self.RATE_SPAN_S:
            del self._marks[0]
