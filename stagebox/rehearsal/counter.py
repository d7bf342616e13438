"""A number as a picture: a block code that is read exactly or not at all.

A field of 12 x 4 black and white cells inside a coloured ring, a cell wide. The colour says who shows it and
lets a reader find it at any size; the cells carry a 24-bit number, who shows it, and a CRC-16.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
import numpy.typing as npt

COLUMNS, ROWS = 12, 4
CELL_PX = 20
WIDTH_PX, HEIGHT_PX = (COLUMNS + 2) * CELL_PX, (ROWS + 2) * CELL_PX
LIMIT = 1 << 24
"""Numbers are below this."""

_WHITENING = 0b101101001110001011010011100101101001
_SYNC = (1, 0, 1, 0, 0, 1)
_UNCLEAR = 0.22
"""A cell this near to the middle between black and white (of 0.5) is not guessed at: the reading is None."""
_LEAST_CONTRAST = 60.0

Gray = npt.NDArray[np.uint8] | npt.NDArray[np.float32]


class CounterSource(IntEnum):
    """Who shows the counter."""

    SLIDES = 1
    CAMERA = 2


RING_BGR = {CounterSource.SLIDES: (220, 0, 220), CounterSource.CAMERA: (0, 190, 0)}
"""Colour of the ring: magenta for slides, green for the camera."""


@dataclass(frozen=True, slots=True)
class CodeBox:
    """Where a code lies in a frame, ring included, in pixels (edges may be fractions)."""

    left: float
    top: float
    right: float
    bottom: float


def _crc16(value: int, bits: int) -> int:
    """CRC-16/CCITT over the lowest `bits` bits of `value`."""
    crc = 0xFFFF
    for position in range(bits - 1, -1, -1):
        crc ^= ((value >> position) & 1) << 15
        crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def bits_of(number: int, shown: CounterSource) -> npt.NDArray[np.uint8]:
    """The ROWS x COLUMNS cells, 1 is white. Raises ValueError for a number outside 0 .. LIMIT-1."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"counter {number} is not in 0 .. {LIMIT - 1}")
    payload = number << 2 | shown
    word = (payload ^ (_WHITENING & (1 << 26) - 1)) << 16 | _crc16(payload, 26)
    cells = [word >> position & 1 for position in range(41, -1, -1)]
    return np.array([*_SYNC[:3], *cells, *_SYNC[3:]], np.uint8).reshape(ROWS, COLUMNS)


@cache
def _ring(shown: CounterSource) -> npt.NDArray[np.uint8]:
    picture = np.zeros((HEIGHT_PX, WIDTH_PX, 4), np.uint8)
    picture[:, :, :3] = RING_BGR[shown]
    return picture


def encode(number: int, shown: CounterSource) -> npt.NDArray[np.uint8]:
    """The code as HEIGHT_PX x WIDTH_PX x 4 pixels (blue, green, red, unused)."""
    picture = _ring(shown).copy()
    inner = picture[CELL_PX:-CELL_PX, CELL_PX:-CELL_PX]
    cells = inner.reshape(ROWS, CELL_PX, COLUMNS, CELL_PX, 4)
    cells[...] = (bits_of(number, shown) * np.uint8(255))[:, None, :, None, None]
    return picture


def decode(luma: Gray, box: CodeBox) -> tuple[int, CounterSource] | None:
    """Read the code in a frame's luma plane at `box`: (number, who shows it), or None when in any doubt."""
    cell_width = (box.right - box.left) / (COLUMNS + 2)
    cell_height = (box.bottom - box.top) / (ROWS + 2)
    if cell_width < 2.5 or cell_height < 2.5:
        return None
    # Nine points in the middle of each cell: blur and ringing live at the edges.
    spread = np.array([-0.18, 0.0, 0.18])
    xs = box.left + cell_width * (np.arange(COLUMNS)[:, None] + 1.5 + spread)
    ys = box.top + cell_height * (np.arange(ROWS)[:, None] + 1.5 + spread)
    x = np.floor(xs).astype(np.intp).ravel()
    y = np.floor(ys).astype(np.intp).ravel()
    if x[0] < 0 or y[0] < 0 or x[-1] >= luma.shape[1] or y[-1] >= luma.shape[0]:
        return None
    cells = luma[np.ix_(y, x)].astype(np.float32).reshape(ROWS, 3, COLUMNS, 3).mean((1, 3)).ravel()
    sync = np.concatenate([cells[:3], cells[-3:]])
    white, black = sync[np.array(_SYNC) == 1].mean(), sync[np.array(_SYNC) == 0].mean()
    if white - black < _LEAST_CONTRAST:
        return None
    share = (cells - black) / (white - black)
    if np.any(np.abs(share - 0.5) < _UNCLEAR):
        return None
    bits = (share > 0.5).astype(int)
    if tuple(bits[:3]) + tuple(bits[-3:]) != _SYNC:
        return None
    word = 0
    for bit in bits[3:-3]:
        word = word << 1 | int(bit)
    payload = (word >> 16) ^ (_WHITENING & (1 << 26) - 1)
    if _crc16(payload, 26) != word & 0xFFFF or payload & 3 not in (
        CounterSource.SLIDES,
        CounterSource.CAMERA,
    ):
        return None
    return payload >> 2, CounterSource(payload & 3)


def locate(u: Gray, v: Gray, shown: CounterSource) -> CodeBox | None:
    """Find the ring by its colour in the chroma planes (half the luma's size); None when it is not there."""
    mask = (u > 150) & (v > 150) if shown is CounterSource.SLIDES else (u < 106) & (v < 106)
    rows, columns = mask.sum(1), mask.sum(0)
    if rows.max(initial=0) < 12 or columns.max(initial=0) < 6:
        return None
    # The bars of the ring are its fullest rows and columns; stray pixels of that colour elsewhere are few.
    full_rows = np.flatnonzero(rows >= 0.6 * rows.max())
    full_columns = np.flatnonzero(columns >= 0.6 * columns.max())
    box = CodeBox(
        2.0 * full_columns[0], 2.0 * full_rows[0], 2.0 * (full_columns[-1] + 1), 2.0 * (full_rows[-1] + 1)
    )
    shape = (box.right - box.left) / (box.bottom - box.top)
    wanted = WIDTH_PX / HEIGHT_PX
    return box if 0.75 * wanted < shape < 1.33 * wanted else None
