"""Whether two seconds of sound can be somebody speaking. Pure, and generous: real talk must pass.

Speech swings in level, and it changes its colour between vowels and hissing consonants several times a
second, without a steady beat. Hum and noise do not swing, applause and held chords keep their colour, and
drums keep their beat.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SWING_DB = 8.0
"""Between the quiet and the loud tenth of the windows. Speech in loud noise still reaches it."""
COLOUR_SWING_DB = 10.0
"""The same for the ratio of hiss (3–9 kHz) to voice (100–1000 Hz), over the frames that are not pauses."""
BEAT = 0.8
"""Correlation of the level with itself a beat later. Speech stays below 0.6."""
BEAT_WINDOWS = (25, 80)
FRAME_STEP_S = 0.04
RANGE_DB = 30.0
LEAST_HISS_DB = -40.0
"""Below this there is no hiss but what a codec adds to pure tones."""


def sounds_like_speech(samples: Floats, rate_hz: int, levels_dbfs: Floats) -> bool:
    """Return True when the samples (one channel, at least a second) can be speech.

    `levels_dbfs` are the levels of their windows of 10 ms.
    """
    quiet, loud = np.percentile(levels_dbfs, [10, 90])
    if loud - quiet < SWING_DB:
        return False
    if _colour_swing_db(samples, rate_hz) < COLOUR_SWING_DB:
        return False
    return _beat(levels_dbfs) < BEAT


def _colour_swing_db(samples: Floats, rate_hz: int) -> float:
    size = 1 << max(7, (rate_hz // 50).bit_length() - 1)
    step = max(1, int(FRAME_STEP_S * rate_hz))
    if samples.size < 4 * size:
        return 0.0
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::step]
    spectra = np.fft.rfft(frames * np.hanning(size).astype(np.float32), axis=1)
    power = spectra.real**2 + spectra.imag**2
    frequencies = np.fft.rfftfreq(size, 1 / rate_hz)
    voice = power[:, (frequencies > 100) & (frequencies < 1000)].sum(axis=1)
    hiss = power[:, (frequencies > 3000) & (frequencies < 9000)].sum(axis=1)
    both = 10 * np.log10(voice + hiss + 1e-9)
    ratio = 10 * np.log10((hiss + 1e-9) / (voice + 1e-9))[both > both.max() - RANGE_DB]
    low, high = np.percentile(np.maximum(ratio, LEAST_HISS_DB), [10, 90])
    return float(high - low)


def _beat(levels_dbfs: Floats) -> float:
    level = np.maximum(levels_dbfs, levels_dbfs.max() - 40).astype(np.float64)
    level -= level.mean()
    first, last = BEAT_WINDOWS
    lags = np.arange(first, min(last, level.size // 2) + 1)
    if not lags.size:
        return 0.0
    alike = np.correlate(level, level, "full")[level.size - 1 + lags]
    power = np.concatenate(([0.0], np.cumsum(level**2)))
    scale = np.sqrt(power[level.size - lags] * np.maximum(power[-1] - power[lags], 0.0))
    return float(np.divide(alike, scale, out=np.zeros_like(scale), where=scale > 0).max(initial=0.0))
