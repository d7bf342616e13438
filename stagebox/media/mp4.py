"""Where the samples of an MP4's tracks lie and when they are shown, by its own sample tables."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
Floats = NDArray[np.float64]

LARGEST_INDEX_BYTES = 256 << 20
"""An index for days of recording; more is no index."""
_HEAD_BYTES = 16
_MORE_THAN_4_GB, _TO_THE_END = 1, 0
_STBL = (b"mdia", b"minf", b"stbl")


class OddError(Exception):
    """The file is no MP4 of which this can be said."""


@dataclass(frozen=True, slots=True)
class Track:
    """Where a track's samples begin in the file and their sizes in bytes, in decoding order.

    `shown_s` is when each is shown, edit lists heeded, in seconds. `set_up` is what the track tells
    decoders of itself (`stsd`), in which the parameter sets or the AudioSpecificConfig stand.
    """

    at: Ints
    size: Shorts
    shown_s: Floats = field(default_factory=lambda: np.empty(0, np.float64))
    set_up: bytes = b""


def tracks_of(file: int) -> tuple[Track, ...] | None:
    """Return the tracks of a plain MP4 in its own order, None when it is fragmented or not understood.

    Args:
        file: its descriptor.

    Raises OSError when the file cannot be read.
    """
    try:
        index = _index(file)
        second = _time_scale(index, 0, len(index), b"mvhd")
        return tuple(
            _track(index, start, end, second) for name, start, end in _boxes(index) if name == b"trak"
        )
    except (OddError, ValueError, IndexError):
        return None


def _index(file: int) -> memoryview:
    """The content of the box `moov`."""
    at, end = 0, os.fstat(file).st_size
    while at < end:
        head = os.pread(file, _HEAD_BYTES, at)
        size, name, skip = _head(memoryview(head), end - at)
        if name == b"moov":
            if size > LARGEST_INDEX_BYTES:
                raise OddError
            return memoryview(os.pread(file, size - skip, at + skip))
        at += size
    raise OddError


def _head(data: memoryview, rest: int) -> tuple[int, bytes, int]:
    """Size, name and length of the head of the box that begins here, with `rest` bytes to the end."""
    if len(data) < 8:
        raise OddError
    size, name, skip = int.from_bytes(data[:4], "big"), bytes(data[4:8]), 8
    if size == _MORE_THAN_4_GB:
        size, skip = int.from_bytes(data[8:16], "big"), 16
    elif size == _TO_THE_END:
        size = rest
    if not skip <= size <= rest:
        raise OddError
    return size, name, skip


def _boxes(data: memoryview, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places: name, and where its content begins and ends."""
    at, last = start, len(data) if end is None else end
    while at < last:
        size, name, skip = _head(data[at : at + _HEAD_BYTES], last - at)
        yield name, at + skip, at + size
        at += size


def _track(data: memoryview, start: int, end: int, movie_second: int) -> Track:
    """One track; `movie_second` is the movie's time scale."""
    edits = _edits(data, start, end)
    media, media_end = next((a, b) for name, a, b in _boxes(data, start, end) if name == b"mdia")
    second = _time_scale(data, media, media_end, b"mdhd")
    for wanted in _STBL:
        start, end = next(((a, b) for name, a, b in _boxes(data, start, end) if name == wanted), (0, 0))
        if not end:
            raise OddError
    tables = {name: data[a:b] for name, a, b in _boxes(data, start, end)}
    sizes = _sizes(tables)
    chunks = _numbers(tables[b"stco"], ">u4") if b"stco" in tables else _numbers(tables.get(b"co64"), ">u8")
    runs = _numbers(tables.get(b"stsc"), ">u4", columns=3).reshape(-1, 3)
    if not sizes.size:
        return Track(np.empty(0, np.int64), sizes)
    lengths = np.diff(np.append(runs[:, 0], chunks.size + 1))
    if runs[0, 0] != 1 or (lengths <= 0).any():
        raise OddError
    in_chunk = np.repeat(runs[:, 1], lengths)
    if int(in_chunk.sum()) != sizes.size or (in_chunk <= 0).any() or (sizes < 0).any():
        raise OddError
    at = np.cumsum(sizes, dtype=np.int64) - sizes
    first = np.cumsum(in_chunk) - in_chunk
    at += np.repeat(chunks - at[first], in_chunk)
    shown_s = _shown(tables, sizes.size, edits, second, movie_second)
    return Track(at, sizes, shown_s, bytes(tables.get(b"stsd", b"")))


def _time_scale(data: memoryview, start: int, end: int, wanted: bytes) -> int:
    """How many ticks a second has, by the box `mvhd` or `mdhd`."""
    at = next((a for name, a, _ in _boxes(data, start, end) if name == wanted), None)
    if at is None:
        raise OddError
    place = at + (20 if data[at] == 1 else 12)
    ticks = int.from_bytes(data[place : place + 4], "big")
    if not ticks:
        raise OddError
    return ticks


def _edits(data: memoryview, start: int, end: int) -> tuple[int, int]:
    """How long nothing is shown (the movie's ticks), and which moment then (the track's)."""
    at, last = next(((a, b) for name, a, b in _boxes(data, start, end) if name == b"edts"), (0, 0))
    at, last = next(((a, b) for name, a, b in _boxes(data, at, last) if name == b"elst"), (0, 0))
    if not last:
        return 0, 0
    wide = data[at] == 1
    count, size = int.from_bytes(data[at + 4 : at + 8], "big"), 20 if wide else 12
    half, empty_ticks = (8 if wide else 4), 0
    for number in range(count):
        place = at + 8 + number * size
        length = int.from_bytes(data[place : place + half], "big")
        begins = int.from_bytes(data[place + half : place + 2 * half], "big", signed=True)
        if begins == -1 and number == 0:
            empty_ticks = length
        elif begins >= 0 and number == count - 1:
            return empty_ticks, begins
        else:
            break
    raise OddError  # shown in pieces


def _shown(
    tables: dict[bytes, memoryview], count: int, edits: tuple[int, int], second: int, movie_second: int
) -> Floats:
    steps = _numbers(tables.get(b"stts"), ">u4", columns=2).reshape(-1, 2)
    if int(steps[:, 0].sum()) != count:
        raise OddError
    each = np.repeat(steps[:, 1], steps[:, 0])
    ticks = np.cumsum(each) - each
    if b"ctts" in tables:
        shifts = _numbers(tables[b"ctts"], ">i4", columns=2).reshape(-1, 2)
        if (shifts[:, 0] < 0).any() or int(shifts[:, 0].sum()) != count:
            raise OddError
        ticks += np.repeat(shifts[:, 1], shifts[:, 0])
    return (ticks - edits[1]) / second + edits[0] / movie_second


def _sizes(tables: dict[bytes, memoryview]) -> Shorts:
    table = tables.get(b"stsz")
    if table is None or len(table) < 12:
        raise OddError
    common, count = int.from_bytes(table[4:8], "big"), int.from_bytes(table[8:12], "big")
    if common:
        raise OddError  # raw sound, which is not read sample by sample
    if len(table) < 12 + 4 * count:
        raise OddError
    return np.frombuffer(table, ">i4", count, 12).astype(np.int32)


def _numbers(table: memoryview | None, kind: str, columns: int = 1) -> Ints:
    if table is None or len(table) < 8:
        raise OddError
    count = int.from_bytes(table[4:8], "big") * columns
    return np.frombuffer(table, kind, count, 8).astype(np.int64)
