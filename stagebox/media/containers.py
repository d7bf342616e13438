"""How a recording's file ends: whole, cut off, or never closed. Reads a few bytes, never the whole file.

ffmpeg copies a cut file without complaint and with exit code 0, so the container itself is asked.
"""

import io
import math
import struct
from pathlib import Path
from typing import BinaryIO

from stagebox.flv.tags import KINDS
from stagebox.media.closing import FileClosing

_TS_SYNC = 0x47
_MP4_BOXES = frozenset(
    b"ftyp styp moov moof mdat mfra free skip wide sidx ssix prft emsg uuid udta meta pdin pnot".split()
)
_MAX_BOXES = 2_000_000


def tail(path: Path, container: str) -> FileClosing:
    """How the file at `path` ends; `container` is ffprobe's format name.

    Raises:
        OSError: it cannot be read.
    """
    judge = {"flv": _flv, "mpegts": _mpegts}.get(container)
    if judge is None and container.startswith("matroska"):
        judge = _matroska
    if judge is None and container.startswith("mov"):
        judge = _mp4
    if judge is None:
        return FileClosing()
    with path.open("rb") as stream:
        size = stream.seek(0, io.SEEK_END)
        try:
            return judge(stream, size)
        except (struct.error, IndexError):
            return FileClosing("inside", closed=False)


def _read(stream: BinaryIO, offset: int, count: int) -> bytes:
    stream.seek(offset)
    return stream.read(count)


def _flv(stream: BinaryIO, size: int) -> FileClosing:
    """FLV repeats each tag's size after it, and OBS writes the length into the head on closing the file."""
    (length,) = struct.unpack(">I", _read(stream, size - 4, 4))
    start = size - 4 - length
    if length < 11 or start < 13:
        return FileClosing("packet")
    head = _read(stream, start, 4)
    if head[0] & 0x1F not in KINDS or int.from_bytes(head[1:4], "big") != length - 11:
        return FileClosing("packet")
    meta = _read(stream, 0, 4096)
    length_s = _told(meta, b"duration")
    if length_s is not None and (length_s == 0 or not math.isfinite(length_s)):
        return FileClosing(closed=False)
    told = _told(meta, b"filesize") or _told(meta, b"fileSize")
    return FileClosing(
        lacks_share=max(1 - size / told, 0.0) if told and math.isfinite(told) and told > 0 else 0.0
    )


def _told(meta: bytes, name: bytes) -> float | None:
    """A number that the FLV tells of itself."""
    key = struct.pack(">H", len(name)) + name + b"\0"
    at = meta.find(key)
    place = at + len(key)
    return None if at < 0 or place + 8 > len(meta) else float(struct.unpack(">d", meta[place : place + 8])[0])


def _mp4(stream: BinaryIO, size: int) -> FileClosing:
    """MP4 is a row of boxes, each with its size in front."""
    offset = 0
    for _ in range(_MAX_BOXES):
        if offset >= size:
            break
        head = _read(stream, offset, 16)
        if len(head) < 8:
            return FileClosing("box")
        (length,) = struct.unpack(">I", head[:4])
        if head[4:8] not in _MP4_BOXES:
            return FileClosing("between")
        if length == 0:
            break
        if length == 1:
            (length,) = struct.unpack(">Q", head[8:16])
        if length < 8:
            return FileClosing("box")
        if offset + length > size:
            return FileClosing("box", lacks_share=1 - size / (offset + length))
        offset += length
    return FileClosing()


def _matroska(stream: BinaryIO, size: int) -> FileClosing:
    """The segment's size stands in front; a recorder writes it, and the length, when it closes the file."""
    offset = 0
    for _ in range(8):
        head = _read(stream, offset, 16)
        name_length = _leading_zeros(head[0]) + 1
        name = head[:name_length]
        first = head[name_length]
        size_length = _leading_zeros(first) + 1
        raw = int.from_bytes(head[name_length : name_length + size_length], "big")
        mask = (1 << (7 * size_length)) - 1
        body = offset + name_length + size_length
        if name == b"\x18\x53\x80\x67":
            if raw & mask == mask:
                return FileClosing(closed=False)
            whole = body + (raw & mask)
            return FileClosing("part", lacks_share=1 - size / whole) if whole > size else FileClosing()
        offset = body + (raw & mask)
        if offset >= size:
            break
    return FileClosing("before")


def _leading_zeros(byte: int) -> int:
    return 8 - byte.bit_length()


def _mpegts(stream: BinaryIO, size: int) -> FileClosing:
    """A transport stream is a row of packets of 188 bytes (192 with a time stamp in front)."""
    for packet, first in ((188, 0), (192, 4)):
        if all(
            _read(stream, first + packet * n, 1) == bytes([_TS_SYNC]) for n in range(min(3, size // packet))
        ):
            return FileClosing("packet") if size % packet else FileClosing()
    return FileClosing()
