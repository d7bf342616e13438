"""The audio clock: quiet tones under the speech that say which twentieth of a second this is.

Each slot of 50 ms carries its number (mod 4096) as four tones, one of sixteen each; the fourth is a check.
They lie above 11.4 kHz, where the synthetic speech has nothing, and together at -51 dBFS: enough to pass
AAC at 160 kbit/s (every slot was read back down to -50 dBFS in speech 30 dB louder, 99 % at -54, none
wrong), and under the level that counts as silence, so that a quiet room still counts as quiet.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

RATE_HZ = 48_000
SLOT_S = 0.05
SLOT = int(RATE_HZ * SLOT_S)
CYCLE = 4096
"""The clock begins again after so many slots, 204.8 s."""

LEVEL_DBFS = -51.0
_BASE_HZ, _STEP_HZ, _TONES, _GROUPS = 11_400.0, 75.0, 16, 4
_FADE_S = 0.003

WINDOW = int(RATE_HZ * 0.04)
HOP = int(RATE_HZ * 0.01)
HOP_S = HOP / RATE_HZ
_CLEAR_RATIO = 1.6
"""The strongest tone of a group must be this many times the next, or the slot is not read."""

Samples = npt.NDArray[np.float32]


def _check(a: int, b: int, c: int) -> int:
    return (a + 3 * b + 5 * c + 7) % _TONES


def slot_samples(number: int) -> Samples:
    """The sound of one slot: SLOT samples of one channel."""
    a, b, c = number % 16, number // 16 % 16, number // 256 % 16
    table = _slot_tones()
    total: Samples = table[0, a] + table[1, b] + table[2, c] + table[3, _check(a, b, c)]
    return total


@cache
def _slot_tones() -> Samples:
    at_s = np.arange(SLOT) / RATE_HZ
    edge = np.minimum(np.arange(SLOT), np.arange(SLOT)[::-1]) / (_FADE_S * RATE_HZ)
    amplitude = 10 ** (LEVEL_DBFS / 20) * np.sqrt(2.0 / _GROUPS)
    tones = [
        amplitude * np.minimum(1.0, edge) * np.sin(2 * np.pi * frequency * at_s + position)
        for position, frequency in enumerate(_frequencies_hz())
    ]
    table: Samples = np.array(tones, np.float32).reshape(_GROUPS, _TONES, SLOT)
    return table


def _frequencies_hz() -> npt.NDArray[np.float64]:
    return _BASE_HZ + _STEP_HZ * np.arange(_GROUPS * _TONES, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class AudioClockReading:
    """What was heard around one moment: hops of HOP_S seconds, `at_s` the middle of each window.

    `slot` is the slot's number or -1, `clock_level` the strength of the tones (linear, any unit),
    `speech_dbfs` the level between 100 Hz and 4 kHz.
    """

    at_s: npt.NDArray[np.float64]
    slot: npt.NDArray[np.int64]
    clock_level: npt.NDArray[np.float64]
    speech_dbfs: npt.NDArray[np.float64]


def hear(samples: Samples, start_s: float = 0.0) -> AudioClockReading:
    """Read the clock and the speech out of one channel at RATE_HZ, `start_s` the time of the first sample."""
    count = max(0, (len(samples) - WINDOW) // HOP + 1)
    slots = np.full(count, -1, np.int64)
    levels = np.zeros(count)
    speech = np.full(count, -120.0)
    window = np.hanning(WINDOW)
    spectrum_hz = np.fft.rfftfreq(WINDOW, 1 / RATE_HZ)
    voice = (spectrum_hz >= 100) & (spectrum_hz <= 4000)
    turns = np.exp(-2j * np.pi * np.outer(np.arange(WINDOW), _frequencies_hz()) / RATE_HZ)
    for first in range(0, count, 512):  # in pieces: an hour of sound is 360,000 windows
        last = min(count, first + 512)
        piece = samples[first * HOP : (last - 1) * HOP + WINDOW]
        frames = np.lib.stride_tricks.sliding_window_view(piece, WINDOW)[::HOP] * window
        strength = np.abs(frames @ turns).reshape(-1, _GROUPS, _TONES)
        a, b, c, check = strength.argmax(2).T
        ordered = np.sort(strength, 2)
        clear = (ordered[:, :, -1] > _CLEAR_RATIO * ordered[:, :, -2]).all(1)
        right = clear & ((a + 3 * b + 5 * c + 7) % _TONES == check) & (ordered[:, :, -1].min(1) > 1e-3)
        slots[first:last] = np.where(right, a + 16 * b + 256 * c, -1)
        # Over all tones: where one slot gives way to the next, its strength is shared by two.
        levels[first:last] = np.sqrt((strength**2).sum((1, 2)))
        power = np.abs(np.fft.rfft(frames, axis=1)[:, voice]) ** 2
        rms = np.sqrt(2 * power.sum(1) / (WINDOW * float((window**2).sum())))
        speech[first:last] = 20 * np.log10(np.maximum(rms, 1e-6))
    at_s = start_s + (np.arange(count) * HOP + WINDOW / 2) / RATE_HZ
    return AudioClockReading(at_s, slots, levels, speech)
