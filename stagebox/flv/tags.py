"""An FLV tag by tag, also a damaged one: what is whole is found again behind what is not.

FLV (Adobe, "Video File Format Specification" 10.1, annex E): each tag is 11 bytes of head, its payload, and
four bytes that repeat the tag's length; that repetition is how a tag is known in the middle of a file.
`table.py` is quick and takes only what is in order. This is for all else, so it may be slow.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Read = Callable[[int, int], bytes]
"""Up to so many bytes from a place: (size, at)."""

SOUND, PICTURE, SCRIPT = 8, 9, 18
KINDS = (SOUND, PICTURE, SCRIPT)
HEADER = b"FLV\x01\x05\0\0\0\x09\0\0\0\0"
FIRST_AT = 13
TAG_BYTES, BACK_BYTES = 11, 4

AVC, AAC = 7, 10
"""The codecs of what OBS writes, in the first byte of a payload."""
KEYFRAME = 1
SET_UP, DATA, END = 0, 1, 2
"""What a payload of AVC or AAC carries, by its second byte."""
HEAD_BYTES = {PICTURE: 5, SOUND: 2}
"""So much of a payload of AVC and AAC stands in front of what a decoder gets."""

_WINDOW_BYTES = 4 << 20
_LIKE_A_TAG = re.compile(rb"[\x08\x09\x12][\s\S]{7}\0\0\0")


@dataclass(frozen=True, slots=True)
class FlvTag:
    """One whole tag: where its payload begins, its kind, its time in ms as the file says, and its payload."""

    at: int
    kind: int
    time_ms: int
    payload: bytes

    @property
    def end(self) -> int:
        """Where the next tag begins."""
        return self.at + len(self.payload) + BACK_BYTES

    @property
    def is_picture(self) -> bool:
        """A coded picture: neither the decoder's set-up nor the mark of the end."""
        head = self.payload[:2]
        return self.kind == PICTURE and len(head) == 2 and (head[0] & 0x0F != AVC or head[1] == DATA)

    @property
    def is_keyframe(self) -> bool:
        """A picture that needs no other one."""
        return self.is_picture and self.payload[0] >> 4 == KEYFRAME

    @property
    def is_set_up(self) -> bool:
        """What a decoder of H.264 or AAC must know, which stands at the beginning of the file only."""
        head = self.payload[:2]
        codec = {PICTURE: head[0] & 0x0F == AVC, SOUND: head[0] >> 4 == AAC} if len(head) == 2 else {}
        return codec.get(self.kind, False) and head[1] == SET_UP


@dataclass(frozen=True, slots=True)
class FlvDamage:
    """From `at` to `end` (bytes) there is no whole tag; `end` is the file's when nothing whole follows."""

    at: int
    end: int


def is_header(head: bytes) -> bool:
    """Whether an FLV begins like this."""
    return head[:4] == HEADER[:4]


def walk(read: Read, end: int, look_up: Callable[[float], None]) -> Iterator[FlvTag | FlvDamage]:
    """All whole tags of an FLV of `end` bytes, in order, and where there are none.

    Args:
        look_up: told now and then which share has been read; may raise.
    """
    at, count = FIRST_AT, 0
    while at < end:
        tag = tag_at(read, at, end)
        if tag is None:
            if is_header(read(4, at)):
                at += FIRST_AT  # a second file was put behind the first
                continue
            found = find(read, at + 1, end, look_up)
            yield FlvDamage(at, found)
            at = found
            continue
        yield tag
        at = tag.end
        count += 1
        if count % 512 == 0:
            look_up(at / end)


def chain(read: Read, at: int, end: int) -> Iterator[FlvTag]:
    """The tags from `at` on, as long as each is whole with its length behind it."""
    while (tag := tag_at(read, at, end, closed=True)) is not None:
        yield tag
        at = tag.end


def tag_at(read: Read, at: int, end: int, *, closed: bool = False) -> FlvTag | None:
    """The tag that begins at `at`; None when none does, or when it is not whole.

    Args:
        end: how long the file is.
        closed: its length must stand behind it. A recorder that was stopped may have written all but that.
    """
    head = read(TAG_BYTES, at)
    if len(head) < TAG_BYTES or head[0] not in KINDS or head[8:] != b"\0\0\0":
        return None
    size = int.from_bytes(head[1:4], "big")
    start = at + TAG_BYTES
    if start + size > end:
        return None
    payload = read(size + BACK_BYTES, start)
    back = payload[size:]
    if len(back) == BACK_BYTES and int.from_bytes(back, "big") != size + TAG_BYTES:
        return None
    if len(back) < BACK_BYTES and (closed or len(payload) < size):
        return None
    return FlvTag(start, head[0], int.from_bytes(head[4:7], "big") | head[7] << 24, payload[:size])


def find(
    read: Read,
    at: int,
    end: int,
    look_up: Callable[[float], None] = lambda share: None,
    *,
    closed: bool = False,
) -> int:
    """Where the next whole tag begins that another follows; `end` if none does.

    One alone could be chance in a picture's bytes; two, each with its length repeated, are not.

    Args:
        look_up: told now and then which share has been searched; may raise.
        closed: the end does not stand for another tag, and lengths must stand behind both.
    """
    while at < end:
        window = read(_WINDOW_BYTES, at)
        place = 0
        while (found := _LIKE_A_TAG.search(window, place)) is not None:
            start = at + found.start()
            tag = tag_at(read, start, end, closed=closed)
            if tag is not None and tag.payload:
                last = not closed and tag.end >= end
                if last or tag_at(read, tag.end, end, closed=closed) is not None:
                    return start
            place = found.start() + 1
        look_up(at / end)
        at += max(len(window) - TAG_BYTES, 1)
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
    return head_of(kind, len(payload), time_ms) + payload + (len(payload) + TAG_BYTES).to_bytes(4, "big")
