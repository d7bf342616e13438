"""Where the samples of an MP4's tracks lie and when they are shown, by its own sample tables."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stagebox.system.files import read_at

Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
Floats = NDArray[np.float64]

LARGEST_INDEX_BYTES = 256 << 20
"""An index for days of recording; more is no index."""
_HEAD_BYTES = 16
_MORE_THAN_4_GB, _TO_THE_END = 1, 0
_STBL = (b"mdia", b"minf", b"stbl")


class OddMp4Error(Exception):
    """The file is no MP4 of which this can be said."""


@dataclass(frozen=True, slots=True)
class Mp4Track:
    """Where a track's samples begin in the file and their sizes in bytes, in decoding order.

    `shown_s` is when each is shown, edit lists heeded, in seconds. `set_up` is what the track tells
    decoders of itself (`stsd`), in which the parameter sets or the AudioSpecificConfig stand.
    """

    at: Ints
    size: Shorts
    shown_s: Floats = field(default_factory=lambda: np.empty(0, np.float64))
    set_up: bytes = b""


def tracks_of(file: int) -> tuple[Mp4Track, ...] | None:
    """Return the tracks of a plain MP4 in its own order, None when it is fragmented or not understood.

    Args:
        file: its descriptor.

    Raises OSError when the file cannot be read.
    """
    try:
        start, end = _index(file)
        second = _time_scale(file, start, end, b"mvhd")
        return tuple(_track(file, a, b, second) for name, a, b in _boxes(file, start, end) if name == b"trak")
    except (OddMp4Error, ValueError, IndexError):
        return None


def _index(file: int) -> tuple[int, int]:
    """Where the content of the box `moov` begins and ends."""
    whole = os.fstat(file).st_size
    for name, start, end in _boxes(file, 0, whole):
        if name == b"moov" and end - start <= LARGEST_INDEX_BYTES:
            return start, end
    raise OddMp4Error


def _read(file: int, start: int, end: int) -> bytes:
    """What stands between two places of the file: of an index, one table at a time is held in memory."""
    data = read_at(file, end - start, start)
    if len(data) != end - start:
        raise OddMp4Error
    return data


def _head(data: bytes, rest: int) -> tuple[int, bytes, int]:
    """Size, name and length of the head of the box that begins here, with `rest` bytes to the end."""
    if len(data) < 8:
        raise OddMp4Error
    size, name, skip = int.from_bytes(data[:4], "big"), data[4:8], 8
    if size == _MORE_THAN_4_GB:
        size, skip = int.from_bytes(data[8:16], "big"), 16
    elif size == _TO_THE_END:
        size = rest
    if not skip <= size <= rest:
        raise OddMp4Error
    return size, name, skip


def _boxes(file: int, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places: name, and where its content begins and ends."""
    at = start
    while at < end:
        size, name, skip = _head(_read(file, at, min(at + _HEAD_BYTES, end)), end - at)
        yield name, at + skip, at + size
        at += size


def _track(file: int, start: int, end: int, movie_second: int) -> Mp4Track:
    """One track; `movie_second` is the movie's time scale."""
    edits = _edits(file, start, end)
    media, media_end = next((a, b) for name, a, b in _boxes(file, start, end) if name == b"mdia")
    second = _time_scale(file, media, media_end, b"mdhd")
    for wanted in _STBL:
        start, end = next(((a, b) for name, a, b in _boxes(file, start, end) if name == wanted), (0, 0))
        if not end:
            raise OddMp4Error
    tables = _SampleTables(file, {name: (a, b) for name, a, b in _boxes(file, start, end)})
    sizes = _sizes(tables[b"stsz"])
    if not sizes.size:
        return Mp4Track(np.empty(0, np.int64), sizes)
    at = _places(tables, sizes)
    return Mp4Track(at, sizes, _shown(tables, sizes.size, edits, second, movie_second), tables[b"stsd"])


class _SampleTables:
    """A track's tables by name, each read when it is asked for; one that is not there is empty."""

    def __init__(self, file: int, places: Mapping[bytes, tuple[int, int]]) -> None:
        self._file = file
        self._places = places

    def __contains__(self, name: bytes) -> bool:
        return name in self._places

    def __getitem__(self, name: bytes) -> bytes:
        return _read(self._file, *self._places[name]) if name in self._places else b""


def _places(tables: _SampleTables, sizes: Shorts) -> Ints:
    """Where the samples begin in the file."""
    chunks = _numbers(tables[b"stco"], ">u4") if b"stco" in tables else _numbers(tables[b"co64"], ">u8")
    runs = _numbers(tables[b"stsc"], ">u4", columns=3).reshape(-1, 3)
    lengths = np.diff(np.append(runs[:, 0], chunks.size + 1))
    if runs[0, 0] != 1 or (lengths <= 0).any():
        raise OddMp4Error
    in_chunk = np.repeat(runs[:, 1], lengths)
    if int(in_chunk.sum()) != sizes.size or (in_chunk <= 0).any() or (sizes < 0).any():
        raise OddMp4Error
    at = np.cumsum(sizes, dtype=np.int64)
    at -= sizes
    chunks -= at[np.cumsum(in_chunk) - in_chunk]
    at += np.repeat(chunks, in_chunk)
    return at


def _time_scale(file: int, start: int, end: int, wanted: bytes) -> int:
    """How many ticks a second has, by the box `mvhd` or `mdhd`."""
    found = next(((a, b) for name, a, b in _boxes(file, start, end) if name == wanted), None)
    if found is None:
        raise OddMp4Error
    data = _read(file, *found)
    place = 20 if data[0] == 1 else 12
    ticks = int.from_bytes(data[place : place + 4], "big")
    if not ticks:
        raise OddMp4Error
    return ticks


def _edits(file: int, start: int, end: int) -> tuple[int, int]:
    """How long nothing is shown (the movie's ticks), and which moment then (the track's)."""
    at, last = next(((a, b) for name, a, b in _boxes(file, start, end) if name == b"edts"), (0, 0))
    at, last = next(((a, b) for name, a, b in _boxes(file, at, last) if name == b"elst"), (0, 0))
    if not last:
        return 0, 0
    data = _read(file, at, last)
    wide = data[0] == 1
    count, size = int.from_bytes(data[4:8], "big"), 20 if wide else 12
    half, empty_ticks = (8 if wide else 4), 0
    for number in range(count):
        place = 8 + number * size
        length = int.from_bytes(data[place : place + half], "big")
        begins = int.from_bytes(data[place + half : place + 2 * half], "big", signed=True)
        if begins == -1 and number == 0:
            empty_ticks = length
        elif begins >= 0 and number == count - 1:
            return empty_ticks, begins
        else:
            break
    raise OddMp4Error  # shown in pieces


def _shown(
    tables: _SampleTables, count: int, edits: tuple[int, int], second: int, movie_second: int
) -> Floats:
    steps = _numbers(tables[b"stts"], ">u4", columns=2).reshape(-1, 2)
    if int(steps[:, 0].sum()) != count:
        raise OddMp4Error
    ticks = np.repeat(steps[:, 1], steps[:, 0])
    np.cumsum(ticks, out=ticks)
    ticks[1:] = ticks[:-1]
    ticks[0] = 0
    if b"ctts" in tables:
        shifts = _numbers(tables[b"ctts"], ">i4", columns=2).reshape(-1, 2)
        if (shifts[:, 0] < 0).any() or int(shifts[:, 0].sum()) != count:
            raise OddMp4Error
        ticks += np.repeat(shifts[:, 1], shifts[:, 0])
    return (ticks - edits[1]) / second + edits[0] / movie_second


def _sizes(table: bytes) -> Shorts:
    if len(table) < 12:
        raise OddMp4Error
    common, count = int.from_bytes(table[4:8], "big"), int.from_bytes(table[8:12], "big")
    if common:
        raise OddMp4Error  # raw sound, which is not read sample by sample
    if len(table) < 12 + 4 * count:
        raise OddMp4Error
    return np.frombuffer(table, ">i4", count, 12).astype(np.int32)


def _numbers(table: bytes, kind: str, columns: int = 1) -> Ints:
    if len(table) < 8:
        raise OddMp4Error
    count = int.from_bytes(table[4:8], "big") * columns
    return np.frombuffer(table, kind, count, 8).astype(np.int64)
