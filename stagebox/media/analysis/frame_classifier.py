"""What one picture is: black, uniform, colour bars, a known "no signal" card, or a real picture.

Pure: arrays in, a `FrameKind` out. Levels are in video levels of a limited-range 8-bit picture (black 16,
white 235); pictures of another range or depth are brought there first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from stagebox.media.analysis import broken_pictures
from stagebox.media.analysis.small_marks import SmallMark, little_in

Plane = NDArray[np.uint8]
Signature = NDArray[np.float32]

BLOCK_PX = 8
DARK_LEVEL = 38.0
"""A tenth of the way from black to white: what ffmpeg's blackdetect takes for dark."""
FLAT_LEVELS = 8.0
"""The means of 8×8 blocks of a picture without detail differ by less: above coding noise, below dim text."""
COLOURLESS_LEVELS = 12.0
"""A dark blue screen is no black picture."""
SIGNATURE_SHAPE = (18, 32)
CARD_TOLERANCE = 12.0
BARS = ("111", "110", "011", "010", "101", "100", "001")
"""Red, green and blue of the bars: white, yellow, cyan, green, magenta, red, blue."""


class FrameKind(StrEnum):
    """What a picture is taken for; `SPECIAL` below names those that are findings."""

    PICTURE = "picture"
    BLACK = "black"
    UNIFORM = "uniform"
    BARS = "bars"
    CARD = "card"
    WORDS = "words"
    SNOW = "snow"
    HALF = "half"


SPECIAL = frozenset(FrameKind) - {FrameKind.PICTURE}


@dataclass(frozen=True, slots=True)
class YuvFrame:
    """One decoded picture: 8-bit planes Y, U and V (chroma may be smaller); `full_range` is 0–255 luma."""

    y: Plane
    u: Plane
    v: Plane
    full_range: bool = False


def classify(picture: YuvFrame, cards: Sequence[Signature] = ()) -> FrameKind:
    """Return what the picture is; `cards` are the signatures of known "no signal" cards."""
    step = max(1, min(picture.y.shape) // 64)
    coarse = picture.y[::step, ::step]
    # A real picture nearly always shows its detail in a few thousand pixels; noise has no wide middle.
    low, high = np.percentile(coarse, [3, 97])
    if float(high - low) > 3 * FLAT_LEVELS:
        return _classify_detailed(picture, coarse, cards)
    if not picture.full_range and _is_plain_black(picture):
        return FrameKind.BLACK
    y = _limited(_block_means(picture.y), picture.full_range)
    if float(y.max() - y.min()) > FLAT_LEVELS:
        return _classify_detailed(picture, coarse, cards)
    chroma = (_block_means(picture.u), _block_means(picture.v))
    if any(float(plane.max() - plane.min()) > FLAT_LEVELS for plane in chroma):
        return FrameKind.PICTURE
    colourless = all(abs(float(plane.mean()) - 128) <= COLOURLESS_LEVELS for plane in chroma)
    return FrameKind.BLACK if colourless and float(y.max()) < DARK_LEVEL else FrameKind.UNIFORM


def _classify_detailed(picture: YuvFrame, coarse: Plane, cards: Sequence[Signature]) -> FrameKind:
    """What a picture is that is not of one colour."""
    if _is_bars(picture) or broken_pictures.is_bars(picture):
        return FrameKind.BARS
    if cards and _is_card(signature(picture), cards):
        return FrameKind.CARD
    little = little_in(picture)
    if little is SmallMark.WORDS:
        return FrameKind.WORDS
    if little is not None:
        return FrameKind.BLACK if _is_dark_ground(picture, coarse) else FrameKind.UNIFORM
    if broken_pictures.is_half_green(picture):
        return FrameKind.HALF
    return FrameKind.SNOW if broken_pictures.is_snow(picture) else FrameKind.PICTURE


def _is_dark_ground(picture: YuvFrame, coarse: Plane) -> bool:
    """Whether the colour that most of the picture has is black."""
    ground = np.array([np.median(coarse)], np.float32)
    dark = float(_limited(ground, picture.full_range)[0]) < DARK_LEVEL
    step = max(1, min(picture.u.shape) // 64)
    chroma = (float(np.median(plane[::step, ::step])) for plane in (picture.u, picture.v))
    return dark and all(abs(level - 128) <= COLOURLESS_LEVELS for level in chroma)


def signature(picture: YuvFrame) -> Signature:
    """Return the means of 18 × 32 fields of the luma, in video levels: what two equal pictures share."""
    rows, columns = SIGNATURE_SHAPE
    y = picture.y
    down = np.linspace(0, y.shape[0], rows + 1).astype(int)
    across = np.linspace(0, y.shape[1], columns + 1).astype(int)
    sums = np.add.reduceat(y, down[:-1], axis=0, dtype=np.uint32)
    sums = np.add.reduceat(sums, across[:-1], axis=1)
    means = sums / (np.diff(down)[:, None] * np.diff(across)[None, :])
    return _limited(means.astype(np.float32), picture.full_range)


def same_picture(one: Signature, other: Signature) -> bool:
    """True when two signatures differ by no more than coding noise."""
    return bool(np.abs(one - other).max() < 1.5)


def _is_card(seen: Signature, cards: Sequence[Signature]) -> bool:
    return any(float(np.abs(seen - card).max()) < CARD_TOLERANCE for card in cards)


def _is_plain_black(picture: YuvFrame) -> bool:
    """True when every single sample is dark, colourless and like the others: as their means are, then."""
    low, high = int(picture.y.min()), int(picture.y.max())
    if high >= DARK_LEVEL or high - low > FLAT_LEVELS:
        return False
    for plane in (picture.u, picture.v):
        low, high = int(plane.min()), int(plane.max())
        if high - low > FLAT_LEVELS or low < 128 - COLOURLESS_LEVELS or high > 128 + COLOURLESS_LEVELS:
            return False
    return True


def _limited(levels: Signature, full_range: bool) -> Signature:
    return (levels * np.float32(219 / 255) + np.float32(16)) if full_range else levels


def _block_means(plane: Plane) -> Signature:
    size = min(BLOCK_PX, *plane.shape)
    rows, columns = plane.shape[0] // size, plane.shape[1] // size
    cut = plane[: rows * size, : columns * size]
    sums = cut.reshape(rows, size, columns * size).sum(axis=1, dtype=np.uint16)
    means = sums.reshape(rows, columns, size).sum(axis=2, dtype=np.uint32) / (size * size)
    return np.asarray(means, dtype=np.float32)


def _is_bars(picture: YuvFrame) -> bool:
    """Seven upright bars in the well-known order in the upper half; grey edges (HD bars) are allowed."""
    top = picture.y.shape[0] // 2
    columns = np.arange(0, picture.y.shape[1], max(1, picture.y.shape[1] // 256))
    y = picture.y[4:top:8, columns].astype(np.float32)
    if y.shape[0] < 2 or float(np.median(y.max(axis=0) - y.min(axis=0))) > FLAT_LEVELS:
        return False
    down = picture.u.shape[0] * top // (2 * picture.y.shape[0])
    across = columns * picture.u.shape[1] // picture.y.shape[1]
    luma = _limited(y.mean(axis=0), picture.full_range) - 16
    cb = picture.u[down, across].astype(np.float32) - 128
    cr = picture.v[down, across].astype(np.float32) - 128
    red, green, blue = (1.164 * luma + 1.7 * cr, 1.164 * luma - 0.3 * cb - 0.7 * cr, 1.164 * luma + 2.0 * cb)
    names = [f"{int(r > 95)}{int(g > 95)}{int(b > 95)}" for r, g, b in zip(red, green, blue, strict=True)]
    runs: list[tuple[str, int]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    wide = [name for name, length in runs if length >= len(names) // 16]
    joined = " ".join(wide)
    return " ".join(BARS) in joined
