"""Pictures that are no talk, though neither dark nor of one colour: snow, bars, half a picture. Pure.

Every rule works on a few thousand samples of a picture, and is there for its first glance: what may be one
of these is not yet told (see `picture_reader.py`).
"""

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from stagebox.media.analysis.frame_classifier import Plane, YuvFrame

Levels = NDArray[np.float32]

SAMPLES = 64
"""A plane is looked at in about so many rows."""

# Snow.
SNOW_LUMA_LEVELS, SNOW_CHROMA_LEVELS = 14.0, 6.0
"""Noise of a camera in the dark is weaker: standard deviations, in levels."""
SNOW_ALONE = 0.8
"""How far neighbours differ, by how far any two samples do: 1 for noise, far less for a picture."""
SNOW_EVEN = 0.55
"""The calmest field of snow is still so noisy, by the noisiest."""

# Bars.
BAR_ROWS = (0.06, 0.45)
TURNED_ROWS = (0.04, 0.6)
"""Of bars that lie: lists and tables have a plain half, too, so more must be plain."""
BAR_PLAIN = 0.95
"""So many of the columns must be of one colour from top to bottom."""
BAR_LEVELS = 12.0
FEWEST_BARS, FEWEST_COLOURS = 5, 4
BARS_ALIKE = 0.25

# Half a picture.
HALF_SHARES = (0.12, 0.92)
"""How much of the height can be gone; more is a picture of one colour."""
HALF_LEVELS = 6.0
ZERO_CHROMA = 24.0
"""A decoder's empty memory is green: both differences of colour are this far below grey."""


def is_snow(picture: "YuvFrame") -> bool:
    """Whether there is noise of the same strength everywhere, and nothing else: an input without a sender."""
    luma = _samples(picture.y)
    if _is_noise(luma, SNOW_LUMA_LEVELS):
        return True
    if float(np.abs(luma - np.median(luma)).mean()) > SNOW_LUMA_LEVELS:
        return False
    # An encoder that has too few bits leaves of snow its colours.
    return all(_is_noise(_samples(plane), SNOW_CHROMA_LEVELS) for plane in (picture.u, picture.v))


def _is_noise(levels: Levels, least: float) -> bool:
    spread = float(levels.std())
    if spread < least:
        return False
    across, down = np.diff(levels, axis=1), np.diff(levels, axis=0)
    if min(float((across**2).mean()), float((down**2).mean())) < SNOW_ALONE * 2 * spread**2:
        return False
    rows, columns = levels.shape[0] // 4, levels.shape[1] // 6
    fields = levels[: 4 * rows, : 6 * columns].reshape(4, rows, 6, columns)
    strengths = fields.std(axis=(1, 3))
    even = float(strengths.min()) >= SNOW_EVEN * float(strengths.max())
    return even and float(fields.mean(axis=(1, 3)).std()) < 0.3 * spread


def is_bars(picture: "YuvFrame") -> bool:
    """Whether upright or lying bars, equally wide and of several colours, fill it from edge to edge."""
    planes = (picture.y, picture.u, picture.v)
    lying = [plane.T for plane in planes]
    return (
        _are_bars(planes, BAR_ROWS)
        or _are_bars(lying, TURNED_ROWS)
        or _are_bars([plane[::-1] for plane in lying], TURNED_ROWS)
    )


def _are_bars(shown: Sequence["Plane"], shares: tuple[float, float]) -> bool:
    """Whether there are upright bars in Y, U and V between these shares of the height."""
    luma = _band(shown[0], shares)
    # Nearly every picture is told here.
    if float((np.ptp(luma, axis=0) <= BAR_LEVELS).mean()) < BAR_PLAIN:
        return False
    planes = [luma, *(_band(plane, shares) for plane in shown[1:])]
    flat = np.max([np.ptp(plane, axis=0) for plane in planes], axis=0) <= BAR_LEVELS
    if float(flat.mean()) < BAR_PLAIN:
        return False
    columns = np.stack([np.median(plane, axis=0) for plane in planes], axis=1)
    edges = np.flatnonzero(np.abs(np.diff(columns, axis=0)).max(axis=1) > BAR_LEVELS) + 1
    bounds = np.concatenate(([0], edges, [len(columns)]))
    widths = np.diff(bounds)
    wide = widths >= max(3, len(columns) // 64)
    if int(wide.sum()) < FEWEST_BARS or int(widths[wide].sum()) < 0.9 * len(columns):
        return False
    inner = widths[wide][1:-1]
    if np.abs(inner / np.median(inner) - 1).max() > BARS_ALIKE:
        return False
    colours = np.array([columns[start:end].mean(axis=0) for start, end in itertools.pairwise(bounds)])
    return _different(colours[wide]) >= FEWEST_COLOURS


def _different(colours: Levels) -> int:
    known: list[Levels] = []
    for colour in colours:
        if all(float(np.abs(colour - other).max()) > BAR_LEVELS for other in known):
            known.append(colour)
    return len(known)


def _band(plane: "Plane", shares: tuple[float, float]) -> Levels:
    """Some rows between these shares of the height, where bars of every kind are plain; 256 columns."""
    top, bottom = (int(plane.shape[0] * share) for share in shares)
    rows = np.unique(np.linspace(top, max(top, bottom - 1), 12).astype(int))
    columns = np.linspace(0, plane.shape[1] - 1, 256).astype(int)
    return np.asarray(plane[np.ix_(rows, columns)], np.float32)


def plain_below(picture: "YuvFrame") -> float:
    """The share of the height, from the bottom edge on, in which the picture is of one colour, 0 to 1."""
    luma = _samples(picture.y)
    ground = float(np.median(luma[-1]))
    odd = np.abs(luma - ground).max(axis=1) > HALF_LEVELS
    for plane in (picture.u, picture.v):
        levels = _samples(plane, rows=luma.shape[0])
        odd |= np.abs(levels - float(np.median(levels[-1]))).max(axis=1) > HALF_LEVELS
    rows = np.flatnonzero(odd)
    return 1.0 - (int(rows[-1]) + 1) / len(odd) if rows.size else 1.0


def is_half_green(picture: "YuvFrame") -> bool:
    """Whether the picture ends before its lower edge, in the green of memory that nothing was written to."""
    below = plain_below(picture)
    if not HALF_SHARES[0] <= below <= HALF_SHARES[1]:
        return False
    u, v = (float(np.median(plane[-1])) for plane in (picture.u, picture.v))
    return 128 - u >= ZERO_CHROMA and 128 - v >= ZERO_CHROMA


def _samples(plane: "Plane", rows: int | None = None) -> Levels:
    """About `SAMPLES` rows of the plane, the last among them, and as many columns as its shape says."""
    step = max(1, min(plane.shape) // SAMPLES)
    if rows is None:
        rows = plane.shape[0] // step
    down = np.linspace(step // 2, plane.shape[0] - 1, max(2, rows)).astype(int)
    return plane[down, step // 2 :: step].astype(np.float32)
