"""A picture as 27 × 48 fields, and what changes in them from one look to the next. Pure.

Parts of a picture can be wrong while the rest is right: the slides in a scene of several boxes, the camera
beside them. Where the boxes lie need not be told: a box is where a picture was and a flat one is, with
everything around it as before; a camera is where the picture was never still.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stagebox.model.program import COLUMNS, ROWS

if TYPE_CHECKING:
    from stagebox.media.analysis.frame_classifier import Plane, YuvFrame

Fields = NDArray[np.float32]
"""27 × 48 levels."""
Mask = NDArray[np.bool_]

SAMPLES = 6
"""A field is looked at in so many samples across and down."""
FIELD_FLAT_LEVELS = 12.0
FIELD_DARK_LEVEL = 38.0
PLAIN_LEVELS = 6.0
STRONG_LEVELS = 40.0
"""A colour so far from grey is none that slides have as a ground all over a box by chance."""


@dataclass(frozen=True, slots=True)
class FieldSamples:
    """One look: samples of the luma, and of each field its mean, its range, and its colour."""

    time_s: float
    samples: NDArray[np.int16]
    mean: Fields
    spread: Fields
    u: Fields
    v: Fields


def glimpse(picture: "YuvFrame", time_s: float) -> FieldSamples:
    """Return the fields of a picture that is shown at this time, in seconds."""
    samples = _sampled(picture.y)
    if picture.full_range:
        samples = (samples.astype(np.float32) * np.float32(219 / 255) + 16).astype(np.uint8)
    blocks = samples.reshape(ROWS, SAMPLES, COLUMNS, SAMPLES).transpose(0, 2, 1, 3)
    narrow = np.ascontiguousarray(blocks).reshape(ROWS, COLUMNS, SAMPLES**2)
    u, v = (_thinned(plane) for plane in (picture.u, picture.v))
    return FieldSamples(
        time_s,
        samples.astype(np.int16),
        narrow.mean(axis=2, dtype=np.float32),
        (narrow.max(axis=2) - narrow.min(axis=2)).astype(np.float32),
        u,
        v,
    )


def changed(before: FieldSamples, now: FieldSamples) -> Fields:
    """How far the samples of each field are, on average, from those of the look before."""
    away = np.abs(now.samples - before.samples)
    sums = away.reshape(ROWS, SAMPLES, COLUMNS * SAMPLES).sum(axis=1, dtype=np.float32)
    return np.asarray(sums.reshape(ROWS, COLUMNS, SAMPLES).sum(axis=2) / SAMPLES**2, np.float32)


def _sampled(plane: "Plane") -> "Plane":
    """Six by six samples of each field; some of them twice where the picture has not so many."""
    rows, columns = (
        ((np.arange(count * SAMPLES) + 0.5) * size / (count * SAMPLES)).astype(int)
        for count, size in ((ROWS, plane.shape[0]), (COLUMNS, plane.shape[1]))
    )
    samples: Plane = np.take(plane[rows], columns, axis=1)
    return samples


def _thinned(plane: "Plane") -> Fields:
    rows = ((np.arange(ROWS) + 0.5) * plane.shape[0] / ROWS).astype(int)
    columns = ((np.arange(COLUMNS) + 0.5) * plane.shape[1] / COLUMNS).astype(int)
    return plane[np.ix_(rows, columns)].astype(np.float32)


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A part of the picture, in fields: up to `bottom` and `right`, without them.

    It is `black`, or of one strong colour.
    """

    top: int
    left: int
    bottom: int
    right: int
    black: bool = True

    @property
    def share(self) -> float:
        """The share of the picture that it takes, 0 to 1."""
        return (self.bottom - self.top) * (self.right - self.left) / (ROWS * COLUMNS)

    @property
    def is_below(self) -> bool:
        """Whether it is all of the picture below its upper edge."""
        return self.left == 0 and self.right == COLUMNS and self.bottom == ROWS

    def inside(self) -> tuple[slice, slice]:
        """To be put behind fields in brackets."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


LEAST_SHARE, MOST_SHARE = 0.12, 0.85
MOST_BELOW_SHARE = 0.92
EDGE_LEVELS, EDGE_SEEN_SHARE = 10.0, 0.6
EDGE_SHARE = 0.85
"""So much of the length of a box's side must be seen against what lies beside it."""


def flat_box(seen: FieldSamples) -> FieldBox | None:
    """Return the largest part that is black or of one strong colour, if all its sides are clear edges.

    Sides at the picture's own edge need none; at most two are there, or it is a bar beside a narrow picture.
    """
    dark = (seen.mean + seen.spread / 2 < FIELD_DARK_LEVEL) & (seen.spread <= FIELD_FLAT_LEVELS)
    grey = (np.abs(seen.u - 128) <= FIELD_FLAT_LEVELS) & (np.abs(seen.v - 128) <= FIELD_FLAT_LEVELS)
    black = _bounded(dark & grey, black=True)
    strong = (np.maximum(np.abs(seen.u - 128), np.abs(seen.v - 128)) >= STRONG_LEVELS) & (
        seen.spread <= FIELD_FLAT_LEVELS
    )
    if black is not None or float(strong.mean()) < LEAST_SHARE:
        return black
    middle = float(np.median(seen.mean[strong]))
    same = strong & (np.abs(seen.mean - middle) <= PLAIN_LEVELS)
    for plane in (seen.u, seen.v):
        same &= np.abs(plane - float(np.median(plane[strong]))) <= PLAIN_LEVELS
    return _bounded(same, black=False)


def flat_below(seen: FieldSamples) -> FieldBox | None:
    """Return the part from an upper edge down that is of one colour from side to side, below a picture."""
    flat = seen.spread <= FIELD_FLAT_LEVELS
    for plane in (seen.mean, seen.u, seen.v):
        flat &= np.abs(plane - float(np.median(plane[-1]))) <= PLAIN_LEVELS
    rows = np.flatnonzero(~flat.all(axis=1))
    # The row in which the picture ends is of both.
    top = int(rows[-1]) + 1 if rows.size else 0
    box = FieldBox(top, 0, ROWS, COLUMNS, bool(seen.mean[-1].max() < FIELD_DARK_LEVEL))
    return box if LEAST_SHARE <= box.share <= MOST_BELOW_SHARE else None


def _bounded(there: Mask, *, black: bool) -> FieldBox | None:
    if not LEAST_SHARE <= float(there.mean()) <= MOST_SHARE:
        return None
    top, left, bottom, right = _largest(there)
    box = FieldBox(top, left, bottom, right, black)
    if not LEAST_SHARE <= box.share <= MOST_SHARE:
        return None
    at_edge = 0
    # A field at an edge is of both: it is left out, and the one after it must be something else.
    for outside, at in (
        (_beside(there, top - 2, left, right), top),
        (_beside(there, bottom + 1, left, right), ROWS - bottom),
        (_beside(there.T, left - 2, top, bottom), left),
        (_beside(there.T, right + 1, top, bottom), COLUMNS - right),
    ):
        if at <= 1:
            at_edge += 1
        elif float((~outside).mean()) < EDGE_SHARE:
            return None
    return box if at_edge <= 2 else None


def _beside(there: Mask, row: int, start: int, end: int) -> Mask:
    """A part of a row of fields; the row at the picture's edge stands for one beyond."""
    return there[min(max(row, 0), there.shape[0] - 1), start:end]


def _largest(there: Mask) -> tuple[int, int, int, int]:
    """The largest rectangle of fields that are there: top, left, bottom and right."""
    best, found = 0, (0, 0, 0, 0)
    heights = np.zeros(there.shape[1], np.int64)
    for row in range(there.shape[0]):
        heights = np.where(there[row], heights + 1, 0)
        stack: list[int] = []
        known = [*heights.tolist(), 0]
        for column, height in enumerate(known):
            while stack and known[stack[-1]] >= height:
                tall = known[stack.pop()]
                left = stack[-1] + 1 if stack else 0
                if tall * (column - left) > best:
                    best = tall * (column - left)
                    found = (row + 1 - tall, left, row + 1, column)
            stack.append(column)
    return found


def has_edges(mean: Fields, box: FieldBox) -> bool:
    """Whether a box could be seen there: most of what lies at its edges differs from what is beside it."""
    differs = []
    for fields, top, bottom, left, right in (
        (mean, box.top, box.bottom, box.left, box.right),
        (mean.T, box.left, box.right, box.top, box.bottom),
    ):
        for inner, outer in ((top + 1, top - 2), (bottom - 2, bottom + 1)):
            if 0 <= outer < fields.shape[0]:
                differs.append(np.abs(fields[inner, left:right] - fields[outer, left:right]) > EDGE_LEVELS)
    return bool(differs) and float(np.concatenate(differs).mean()) >= EDGE_SEEN_SHARE


def same_above(one: Fields, other: Fields, box: FieldBox) -> bool:
    """Whether what lies above the box is the same in both pictures."""
    above = slice(0, max(1, box.top - 1))
    return float((np.abs(one[above] - other[above]) <= 10).mean()) >= 0.85


def same_around(one: Fields, other: Fields, box: FieldBox) -> bool:
    """Whether what lies just outside of the box is the same in both pictures."""
    around = np.zeros((ROWS, COLUMNS), bool)
    around[max(0, box.top - 4) : box.bottom + 4, max(0, box.left - 4) : box.right + 4] = True
    around[max(0, box.top - 1) : box.bottom + 1, max(0, box.left - 1) : box.right + 1] = False
    if int(around.sum()) < 20:
        return False
    return float((np.abs(one - other)[around] <= 10).mean()) >= 0.7
