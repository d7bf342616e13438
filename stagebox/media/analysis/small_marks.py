"""Pictures of one colour with a little in them: a pointer, a logo, the words "no signal". Pure.

A dark terminal, an editor and a section slide are pictures of one colour with a little in them, too. So what
is there decides: a single small thing, a filled box at a corner, or words that say that no signal comes.
"""

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stagebox.media.analysis.letters import Ink, says_no_signal

if TYPE_CHECKING:
    from stagebox.media.analysis.frame_classifier import YuvFrame

PLAIN_SHARE = 0.9
"""So much of the picture is of the ground's colour, or nothing here applies."""
GROUND_LEVELS = 10.0
"""What differs by less from the ground is the ground."""
POINTER = (0.035, 0.075)
"""A pointer is at most this wide and high, in shares of the picture."""
LOGO_SHARES = (0.008, 0.06)
"""What is smaller and no pointer may be a word."""
LOGO_FILL = 0.7
"""Letters fill a third of the box around them, a logo's plate nearly all of it."""
WORDS = (0.75, 0.4)
CLOSE_WIDTH_PX = 960
"""A picture wider than twice this is looked at in every second pixel, or fewer."""


class SmallMark(Enum):
    """What stands on the one colour."""

    POINTER = "a pointer"
    LOGO = "a logo"
    WORDS = "words"


def little_in(picture: "YuvFrame") -> SmallMark | None:
    """What little stands on the picture's one colour; None when there is nothing, much, or anything else."""
    step = max(1, picture.y.shape[1] // CLOSE_WIDTH_PX)
    y = picture.y[::step, ::step]
    coarse = y[::4, ::4]
    ground = int(np.median(coarse))
    if float((np.abs(coarse.astype(np.int16) - ground) <= GROUND_LEVELS).mean()) < PLAIN_SHARE:
        return None
    other = (y > ground + GROUND_LEVELS) | (y < ground - GROUND_LEVELS)
    rows, columns = np.flatnonzero(other.any(axis=1)), np.flatnonzero(other.any(axis=0))
    if not rows.size or not _is_plain_around(picture, rows, columns, y.shape):
        return None
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    height, width = (bottom - top) / y.shape[0], (right - left) / y.shape[1]
    inside = other[top:bottom, left:right]
    if width <= POINTER[0] and height <= POINTER[1] and _is_one(inside):
        return SmallMark.POINTER
    fill = float(inside.mean())
    if (
        LOGO_SHARES[0] <= width * height <= LOGO_SHARES[1]
        and fill >= LOGO_FILL
        and _is_at_a_corner(top, bottom, left, right, y.shape)
    ):
        return SmallMark.LOGO
    if width <= WORDS[0] and height <= WORDS[1]:
        levels = np.abs(y[top:bottom, left:right].astype(np.float32) - np.float32(ground))
        ink: Ink = levels / max(levels.max(), np.float32(1))
        if says_no_signal(ink):
            return SmallMark.WORDS
    return None


def _is_plain_around(
    picture: "YuvFrame", rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, ...]
) -> bool:
    """Whether outside of what is there the colour is the same, too."""
    for plane in (picture.u, picture.v):
        step = max(1, min(plane.shape) // 64)
        levels = plane[::step, ::step].astype(np.int16)
        odd = np.abs(levels - int(np.median(levels))) > GROUND_LEVELS
        down, across = levels.shape[0] / shape[0], levels.shape[1] / shape[1]
        odd[
            int(rows[0] * down) : int(rows[-1] * down) + 2,
            int(columns[0] * across) : int(columns[-1] * across) + 2,
        ] = 0
        if odd.any():
            return False
    return True


def _is_one(there: NDArray[np.bool_]) -> bool:
    """Whether it is one thing: no column and no row between its edges is empty."""
    return bool(there.any(axis=0).all() and there.any(axis=1).all())


def _is_at_a_corner(top: int, bottom: int, left: int, right: int, shape: tuple[int, ...]) -> bool:
    down, across = (top + bottom) / (2 * shape[0]), (left + right) / (2 * shape[1])
    return min(down, 1 - down) < 0.25 and min(across, 1 - across) < 0.25
