"""Makes a MOV in which a track has two sample entries, as editors write it that join clips without loss."""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

_HEAD_BYTES = 8
_DOWN = (b"moov", b"trak", b"mdia", b"minf", b"stbl")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + _HEAD_BYTES], data[at + _HEAD_BYTES : at + size]
        at += size


def _box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + _HEAD_BYTES, name) + body


def _found(data: bytes, *path: bytes) -> bytes:
    for wanted in path:
        data = next(content for name, content in _boxes(data) if name == wanted)
    return data


def _table(name: bytes, rows: Iterable[tuple[int, ...]]) -> bytes:
    listed = [struct.pack(f">{len(row)}I", *row) for row in rows]
    return _box(name, struct.pack(">II", 0, len(listed)), *listed)


def _numbers(table: bytes, columns: int) -> list[tuple[int, ...]]:
    count = int.from_bytes(table[4:8], "big")
    return list(struct.iter_unpack(f">{columns}I", table[8 : 8 + 4 * columns * count]))


def joined(first: Path, second: Path, target: Path) -> Path:
    """The pictures of two MP4s without B-frames as one track, each with its own sample entry."""
    files = [one.read_bytes() for one in (first, second)]
    tables = [_found(one, *_DOWN) for one in files]
    sizes = [[size for (size,) in struct.iter_unpack(">I", _found(one, b"stsz")[12:])] for one in tables]
    parts = []
    for data, table, size in zip(files, tables, sizes, strict=True):
        # ffmpeg writes the packets of a file with one track in one piece.
        at = _numbers(_found(table, b"stco"), 1)[0][0]
        parts.append(data[at : at + sum(size)])
    head = _box(b"ftyp", b"qt  \0\0\0\0qt  ")
    starts = [len(head) + _HEAD_BYTES, len(head) + _HEAD_BYTES + len(parts[0])]
    keys = [[key for (key,) in _numbers(_found(one, b"stss"), 1)] for one in tables]
    entries = [_found(one, b"stsd")[8:] for one in tables]
    stbl = _box(
        b"stbl",
        _box(b"stsd", struct.pack(">II", 0, 2), *entries),
        _table(b"stts", [row for one in tables for row in _numbers(_found(one, b"stts"), 2)]),
        _table(b"stss", [(key,) for key in (*keys[0], *(key + len(sizes[0]) for key in keys[1]))]),
        _table(b"stsc", [(1, len(sizes[0]), 1), (2, len(sizes[1]), 2)]),
        _box(
            b"stsz",
            struct.pack(">III", 0, 0, sum(map(len, sizes))),
            *(struct.pack(">I", n) for one in sizes for n in one),
        ),
        _table(b"stco", [(start,) for start in starts]),
    )
    whole = files[0]
    trak = _found(whole, b"moov", b"trak")
    minf = _found(trak, b"mdia", b"minf")
    made = _box(
        b"moov",
        _box(b"mvhd", _found(whole, b"moov", b"mvhd")),
        _box(
            b"trak",
            _box(b"tkhd", _found(trak, b"tkhd")),
            _box(
                b"mdia",
                _box(b"mdhd", _doubled(_found(trak, b"mdia", b"mdhd"))),
                _box(b"hdlr", _found(trak, b"mdia", b"hdlr")),
                _box(
                    b"minf", _box(b"vmhd", _found(minf, b"vmhd")), _box(b"dinf", _found(minf, b"dinf")), stbl
                ),
            ),
        ),
    )
    target.write_bytes(head + _box(b"mdat", *parts) + made)
    return target


def _doubled(header: bytes) -> bytes:
    """The track's header with twice its length."""
    length = int.from_bytes(header[16:20], "big")
    return header[:16] + (2 * length).to_bytes(4, "big") + header[20:]
