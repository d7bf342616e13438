"""An FLV tag by tag, also a damaged one: what is whole is found again behind what is not.

`flv.py` in `analysis/` is quick and takes only what is in order. This is for all else, so it may be slow.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stagebox.system.files import read_at

SOUND, PICTURE, SCRIPT = 8, 9, 18
HEADER = b"FLV\x01\x05\0\0\0\x09\0\0\0\0"
_FIRST_AT = 13
_TAG_BYTES, _BACK_BYTES = 11, 4
_WINDOW_BYTES = 4 << 20
_LIKE_A_TAG = re.compile(rb"[\x08\x09\x12][\s\S]{7}\0\0\0")
LONGEST_BYTES = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class Tag:
    """One whole tag: where its payload begins, its kind, its time in ms as the file says, and its payload."""

    at: int
    kind: int
    time_ms: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """From `at` to `end` (bytes) there is no whole tag; `end` is the file's when nothing whole follows."""

    at: int
    end: int


def walk(file: int, look_up: Callable[[float], None]) -> Iterator[Tag | Damage]:
    """All whole tags of an FLV, in order, and where there are none.

    Args:
        file: its descriptor.
        look_up: told now and then which share has been read; may raise.

    Raises OSError when the file cannot be read.
    """
    end = os.fstat(file).st_size
    at, count = _FIRST_AT, 0
    while at < end:
        tag = _tag(file, at, end)
        if tag is None:
            if read_at(file, 4, at) == HEADER[:4]:
                at += _FIRST_AT  # a second file was put behind the first
                continue
            found = _next(file, at + 1, end, look_up)
            yield Damage(at, found)
            at = found
            continue
        yield tag
        at = tag.at + len(tag.payload) + _BACK_BYTES
        count += 1
        if count % 512 == 0:
            look_up(at / end)


def _tag(file: int, at: int, end: int) -> Tag | None:
    head = read_at(file, _TAG_BYTES, at)
    if len(head) < _TAG_BYTES or head[0] not in (SOUND, PICTURE, SCRIPT) or head[8:] != b"\0\0\0":
        return None
    size = int.from_bytes(head[1:4], "big")
    start = at + _TAG_BYTES
    if start + size > end:
        return None
    payload = read_at(file, size + _BACK_BYTES, start)
    back = payload[size:]
    # A recorder that was stopped may have written all of a tag but its length behind it.
    if len(back) == _BACK_BYTES and int.from_bytes(back, "big") != size + _TAG_BYTES:
        return None
    if len(back) < _BACK_BYTES and len(payload) < size:
        return None
    return Tag(start, head[0], int.from_bytes(head[4:7], "big") | head[7] << 24, payload[:size])


def _next(file: int, at: int, end: int, look_up: Callable[[float], None]) -> int:
    """Where the next whole tag begins that another or the end follows; the file's end if none."""
    while at < end:
        window = read_at(file, _WINDOW_BYTES, at)
        place = 0
        while (found := _LIKE_A_TAG.search(window, place)) is not None:
            start = at + found.start()
            tag = _tag(file, start, end)
            if tag is not None and tag.payload:
                after = tag.at + len(tag.payload) + _BACK_BYTES
                if after >= end or _tag(file, after, end) is not None:
                    return start
            place = found.start() + 1
        look_up(at / end)
        at += max(len(window) - _TAG_BYTES, 1)
    return end


def head_of(kind: int, size: int, time_ms: int) -> bytes:
    """The eleven bytes in front of a tag's payload."""
    time_ms &= 0xFFFFFFFF
    return (
        bytes([kind]) + size.to_bytes(3, "big") + (time_ms & 0xFFFFFF).to_bytes(3, "big")
        + bytes([time_ms >> 24]) + b"\0\0\0"
    )  # fmt: skip


def tag_of(kind: int, time_ms: int, payload: bytes) -> bytes:
    """A tag as it stands in a file, with its length behind it."""
    return head_of(kind, len(payload), time_ms) + payload + (len(payload) + _TAG_BYTES).to_bytes(4, "big")
