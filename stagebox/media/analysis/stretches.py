"""Stretches of seconds or windows in which something holds. Pure."""

import numpy as np
from numpy.typing import NDArray


def stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (first, one past the last) of each run of True."""
    edges = np.diff(mask.astype(np.int8), prepend=0, append=0)
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def sliding(counts: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Sum of each second and the `size - 1` that follow."""
    total = np.concatenate(([0.0], np.cumsum(np.concatenate((counts, np.zeros(size))))))
    return total[size : size + counts.size] - total[: counts.size]


def spread(full: NDArray[np.bool_], size: int, events: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Seconds inside any full window, cut to the seconds from its first to its last event."""
    inside = np.zeros_like(full)
    for start in np.flatnonzero(full):
        hits = np.flatnonzero(events[start : start + size])
        if hits.size:
            inside[start + hits[0] : start + hits[-1] + 1] = True
    return inside
