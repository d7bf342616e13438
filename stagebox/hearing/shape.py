"""How the waves are shaped, and how two channels stand to each other. Pure.

A mixer that clipped, and a fader behind it, leave flat tops at any level, and a codec makes them uneven: no
run of equal samples is left. But the samples of loud moments still crowd at the ceiling instead of thinning
out towards the peaks. Their kurtosis (fourth moment over the squared second) says so: 1 for a square wave,
1.5 for a sine, 3 for noise, and 2.6 to 7 for voices, also limited and compressed ones.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FLAT_KURTOSIS = 2.35
"""Speech clipped by 20 dB or more has 1.6 to 2.3, at 48 kbit/s as at 160."""
LOUD_DB = 6.0
"""Loud moments are those this near to the loudest."""
MOMENT_S = 0.02
TONE_SHARE = 0.25
"""Pure tones have flat tops of their own; this much of the power lies near one frequency then."""
FAINT_DBFS = -40.0
"""What is never louder than this was not clipped by anybody."""

MONO_LOSS_DB = -6.0
"""Out of phase: both channels on one loudspeaker have half or less of the level that either has."""
STEADY_DB = 8.0
"""Hiss, hum and a room's rumble swing less between the quiet and the loud tenth of their 10 ms."""


def flat_tops(samples: Floats, rate_hz: int) -> bool:
    """Whether the loud moments of one channel, about two seconds of it, are cut off at the top.

    True also for some music with few tones: ask whether somebody speaks as well.
    """
    size = max(1, int(MOMENT_S * rate_hz))
    count = samples.size // size
    if count < 10:
        return False
    moments = samples[: count * size].reshape(count, size)
    power = np.einsum("ws,ws->w", moments, moments) / size
    loudest = float(power.max())
    if not loudest > 10 ** (FAINT_DBFS / 10):
        return False
    loud = moments[power >= loudest * 10 ** (-LOUD_DB / 10)]
    squares = np.square(loud).ravel()
    kurtosis = float(np.mean(np.square(squares)) / np.mean(squares) ** 2)
    return kurtosis < FLAT_KURTOSIS and _tone_share(loud.ravel()) < TONE_SHARE


def mono_loss_db(energy: float, product: float) -> float:
    """By how many dB two channels change when they are added: 0 for equal ones, −3 for unrelated ones.

    Args:
        energy: the sum of the squares of both channels' samples.
        product: the sum of the products of their samples.
    """
    if not energy > 0:
        return 0.0
    return float(10 * np.log10(max(1e-6, 0.5 + product / energy)))


def swing_db(levels_db: NDArray[np.floating]) -> float:
    """Between the quiet and the loud tenth of levels, in dB."""
    ordered = np.sort(levels_db)
    return float(ordered[int(0.9 * (ordered.size - 1))] - ordered[int(0.1 * (ordered.size - 1))])


def _tone_share(samples: Floats) -> float:
    spectrum = np.square(np.abs(np.fft.rfft(samples * np.hanning(samples.size))))
    at, total = int(spectrum.argmax()), float(spectrum.sum())
    return float(spectrum[max(0, at - 4) : at + 5].sum()) / total if total > 0 else 1.0
