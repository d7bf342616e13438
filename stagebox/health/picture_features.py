"""The figures of a picture that the rules judge by. Pure: pixels in, figures out."""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stagebox.model.facts.pictures import PictureFeatures

Pixels = npt.NDArray[np.uint8]
"""Height × width × 3, in the order red, green, blue."""

Level = npt.NDArray[np.float32]
"""The brightest of each pixel's colours. Luma would call a full blue nearly black."""

CARD_SHAPE = (18, 32)
_GRID = (6, 12)
_POINTER_SHARE = 0.03
_FLAT_BLOCK = 2.5
_BAND_ROWS = (0.1, 0.55)
"""Colour bars of every kind (SMPTE, EBU, full field) are plain vertical bands in this part of the height."""
_BARS = "wycgmrb"
_BAR_COLOURS = {
    (1, 1, 1): "w",
    (1, 1, 0): "y",
    (0, 1, 1): "c",
    (0, 1, 0): "g",
    (1, 0, 1): "m",
    (1, 0, 0): "r",
    (0, 0, 1): "b",
    (0, 0, 0): "k",
}


def features_of(pixels: Pixels, cards: Sequence[Pixels] = ()) -> PictureFeatures:
    """The figures of a picture of at least 32 × 18 pixels; `cards` are thumbnails of taught cards.

    Raises ValueError when the array is no such picture.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.shape[0] < 18 or pixels.shape[1] < 32:
        raise ValueError(f"not a picture: an array of shape {pixels.shape}")
    level = _brightest(pixels)
    # Without the outermost 1 %: a logo's corner or an edge of the scaler does not make a picture rich.
    low, middle, high = _quantiles(pixels).T
    red, green, blue = (float(value) for value in pixels.mean(axis=(0, 1)))
    return PictureFeatures(
        mean_level=round(float(level.mean()), 2),
        peak_level=round(_peak(level), 2),
        detail=round(_peak(_deviation(pixels, middle)), 2),
        spread=round(float((high - low).max()), 2),
        mean_rgb=(round(red, 1), round(green, 1), round(blue, 1)),
        uniform_share=round(_uniform_share(level), 3),
        bars_likeness=round(_bars_likeness(pixels), 3),
        card_distance=_card_distance(pixels, cards),
        fingerprint=hashlib.blake2b(np.ascontiguousarray(pixels).tobytes(), digest_size=12).hexdigest(),
    )


def thumbnail(pixels: Pixels) -> Pixels:
    """The picture averaged down to 32 × 18 pixels: what a taught card is remembered and compared by."""
    rows = np.linspace(0, pixels.shape[0], CARD_SHAPE[0] + 1).astype(int)[:-1]
    columns = np.linspace(0, pixels.shape[1], CARD_SHAPE[1] + 1).astype(int)[:-1]
    total = np.add.reduceat(np.add.reduceat(pixels.astype(np.float64), rows, axis=0), columns, axis=1)
    heights = np.diff(np.append(rows, pixels.shape[0]))
    widths = np.diff(np.append(columns, pixels.shape[1]))
    area = heights[:, None, None] * widths[None, :, None]
    small: Pixels = (total / area).round().astype(np.uint8)
    return small


def _quantiles(pixels: Pixels) -> npt.NDArray[np.int64]:
    """The 1st, 50th and 99th hundredth of each colour, 3 × 3; counting is far quicker than sorting."""
    total = pixels.shape[0] * pixels.shape[1]
    found = []
    for colour in range(3):
        counted = np.bincount(pixels[:, :, colour].ravel(), minlength=256).cumsum()
        found.append(np.searchsorted(counted, (0.01 * total, 0.5 * total, 0.99 * total)))
    return np.array(found)


def _deviation(pixels: Pixels, middle: npt.NDArray[np.int64]) -> Level:
    """How far each pixel is from the middle colour, in its colour that is furthest."""
    away: Pixels = np.abs(pixels.astype(np.int16) - middle.astype(np.int16)).astype(np.uint8)
    return _brightest(away)


def _brightest(pixels: Pixels) -> Level:
    # Pairwise: numpy's own maximum along so short an axis takes ten times as long.
    brightest: Level = np.maximum(
        np.maximum(pixels[:, :, 0], pixels[:, :, 1]), pixels[:, :, 2], dtype=np.float32
    )
    return brightest


def _peak(level: Level) -> float:
    # Without the surroundings of the brightest spot: a mouse pointer alone does not make a screen lit.
    row, column = np.unravel_index(int(level.argmax()), level.shape)
    reach = max(2, round(level.shape[1] * _POINTER_SHARE))
    rest = level.copy()
    rest[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1] = 0
    flat = rest.ravel()
    # A prompt of a few letters on a dark screen is some hundred of two million pixels.
    count = max(8, flat.size // 20_000)
    return float(np.partition(flat, flat.size - count)[-count:].mean())


def _uniform_share(level: Level) -> float:
    height, width = level.shape[0] // _GRID[0], level.shape[1] // _GRID[1]
    if not height or not width:
        return 0.0
    blocks = level[: height * _GRID[0], : width * _GRID[1]].reshape(_GRID[0], height, _GRID[1], width)
    return float((blocks.std(axis=(1, 3)) < _FLAT_BLOCK).mean())


def _bars_likeness(pixels: Pixels) -> float:
    """How much of the order white, yellow, cyan, green, magenta, red, blue stands in plain vertical bands."""
    top, bottom = (int(pixels.shape[0] * share) for share in _BAND_ROWS)
    band = pixels[top:bottom].astype(np.float32)
    columns = band.mean(axis=0)
    plain = float((band.std(axis=0).max(axis=1) < 12.0).mean())
    if plain < 0.8:
        return 0.0
    high = float(columns.max())
    if high < 60:
        return 0.0
    bits = (columns > 0.5 * high).astype(int)
    names = "".join(_BAR_COLOURS[(r, g, b)] for r, g, b in bits.tolist())
    runs = _runs(names, shortest=max(2, len(names) // 32))
    # Equal widths, one after the other: a chart of coloured columns has gaps between them.
    return plain * _in_order(runs) / len(_BARS)


def _runs(names: str, shortest: int) -> str:
    runs: list[str] = []
    start = 0
    for index in range(1, len(names) + 1):
        if index == len(names) or names[index] != names[start]:
            if index - start >= shortest and (not runs or runs[-1] != names[start]):
                runs.append(names[start])
            start = index
    return "".join(runs)


def _in_order(runs: str) -> int:
    """How many bars in a row stand in the standard's order, in the longest such stretch."""
    longest = 0
    for start in range(len(runs)):
        place = _BARS.find(runs[start])
        length = 0
        while place >= 0 and start + length < len(runs) and place + length < len(_BARS):
            if runs[start + length] != _BARS[place + length]:
                break
            length += 1
        longest = max(longest, length)
    return longest


def _card_distance(pixels: Pixels, cards: Sequence[Pixels]) -> float | None:
    if not cards:
        return None
    small = thumbnail(pixels).astype(np.float32)
    return round(min(float(np.abs(small - card).mean()) for card in cards), 2)
