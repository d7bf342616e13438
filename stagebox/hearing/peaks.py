"""Sound that is cut off at full scale. Pure.

A loud but whole sound touches full scale in single samples, a clipped one stands there: as it comes from a
device, in equal samples; behind a codec they are uneven, and the time up there tells.
"""

import numpy as np
from numpy.typing import NDArray

from stagebox.hearing.limits import CLIPPED_S, CLIPPED_SHARE

Floats = NDArray[np.float32]

CLIPPED_SAMPLES = 3
"""The shortest run."""


def clipped_runs(block: Floats) -> int:
    """How many runs of equal samples near full scale a block (samples, channels) of a device has."""
    if len(block) < CLIPPED_SAMPLES or float(np.max(np.abs(block))) < np.float32(CLIPPED_SHARE):
        return 0
    still = (block[1:] == block[:-1]) & (np.abs(block[1:]) >= np.float32(CLIPPED_SHARE))
    pairs = still[1:] & still[:-1]
    begins = pairs & ~np.vstack([np.zeros((1, pairs.shape[1]), bool), pairs[:-1]])
    return int(begins.sum())


def decoded_clipped_runs(data: Floats, rate_hz: int) -> NDArray[np.int64]:
    """Where runs near full scale begin in decoded (channels, samples), in any channel, as sample numbers."""
    if float(np.abs(data).max(initial=0)) < CLIPPED_SHARE:
        return np.empty(0, np.int64)
    shortest = max(CLIPPED_SAMPLES, round(rate_hz * CLIPPED_S))
    clipped = (np.abs(data) >= CLIPPED_SHARE).any(axis=0)
    edges = np.diff(clipped.astype(np.int8), prepend=0, append=0)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return starts[ends - starts >= shortest]
