"""Whether two seconds of sound can be somebody speaking. Pure.

Speech swings: vowels and pauses change its level by tens of dB, and vowels and hissing consonants change its
colour, several times a second. Hum and noise do neither; music holds its colour; applause its level.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SWING_DB = 12.0
"""Between the quiet and the loud tenth of the windows."""


def sounds_like_speech(samples: Floats, rate_hz: int, levels_dbfs: Floats) -> bool:
    """Return True when the samples (one channel, at least a second) can be speech; generous by intent.

    `levels_dbfs` are the levels of their windows of 10 ms.
    """
    del samples, rate_hz
    quiet, loud = np.percentile(levels_dbfs, [10, 90])
    return bool(loud - quiet >= SWING_DB)
