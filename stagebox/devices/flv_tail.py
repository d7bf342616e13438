"""Cuts the end of a growing FLV so that it can be decoded alone. Pure: bytes in, bytes out.

FLV (Adobe, "Video File Format Specification" 10.1, annex E): each tag is 11 bytes of header, its body, and
four bytes that repeat the tag's length; that repetition is how a tag is known in the middle of a file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

AUDIO, VIDEO, SCRIPT = 8, 9, 18
HEADER = b"FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00"

_TAG_HEADER_BYTES = 11
_STARTS = re.compile(rb"[\x08\x09\x12](?=.{7}\x00\x00\x00)", re.DOTALL)
_KEYFRAME, _AVC, _AAC, _CODED = 1, 7, 10, 1


@dataclass(frozen=True, slots=True)
class Tag:
    """One whole tag: `data` is header, body and the repeated length; `time_s` its decoding time."""

    kind: int
    time_s: float
    data: bytes

    @property
    def body(self) -> bytes:
        """What the tag carries."""
        return self.data[_TAG_HEADER_BYTES:-4]

    @property
    def picture(self) -> bool:
        """A coded picture: neither the decoder's configuration nor the mark of the end."""
        body = self.body
        return self.kind == VIDEO and len(body) >= 2 and (body[0] & 0x0F != _AVC or body[1] == _CODED)

    @property
    def keyframe(self) -> bool:
        """A picture that needs no other one."""
        return self.picture and self.body[0] >> 4 == _KEYFRAME

    @property
    def setup(self) -> bool:
        """The decoder's configuration (H.264 or AAC), which stands at the beginning of the file only."""
        body = self.body
        if len(body) < 2:
            return False
        if self.kind == VIDEO:
            return body[0] & 0x0F == _AVC and body[1] == 0
        return self.kind == AUDIO and body[0] >> 4 == _AAC and body[1] == 0


@dataclass(frozen=True, slots=True)
class Tail:
    """A small FLV (`flv`) to be decoded, and what it was made of.

    `end_s` is the time of the last video tag in the file; `video` and `audio` count the tags of `flv`.
    """

    flv: bytes
    end_s: float
    video: int
    audio: int


def tags_from_start(data: bytes) -> Iterator[Tag]:
    """The whole tags at the beginning of an FLV file; nothing when it is none."""
    if data[:3] == b"FLV" and len(data) >= 13:
        yield from _chain(data, int.from_bytes(data[5:9], "big") + 4)


def tags_in_the_middle(data: bytes) -> tuple[list[Tag], bytes]:
    """The whole tags in a piece of an FLV file that begins anywhere, and the bytes after the last of them."""
    for start in _STARTS.finditer(data):
        tags = list(_chain(data, start.start()))
        # One could be chance in a picture's bytes; two, each with its length repeated, are not.
        if len(tags) >= 2:
            return tags, data[start.start() + sum(len(tag.data) for tag in tags) :]
    return [], data


def is_begun_tag(rest: bytes) -> bool:
    """Whether what follows the last whole tag is nothing, or a tag that is still being written."""
    if not rest:
        return True
    whole = len(rest) < _TAG_HEADER_BYTES or rest[8:11] == b"\0\0\0"
    length = _TAG_HEADER_BYTES + int.from_bytes(rest[1:4], "big") + 4
    return rest[0] in (AUDIO, VIDEO, SCRIPT) and whole and (len(rest) < 4 or length > len(rest))


def setup_tags(head: bytes) -> tuple[Tag, ...]:
    """The decoders' configurations in the first part of an FLV file, at most one of each kind."""
    found: dict[int, Tag] = {}
    for tag in tags_from_start(head):
        if tag.setup:
            found.setdefault(tag.kind, tag)
    return tuple(found.values())


def cut_tail(setup: tuple[Tag, ...], tags: list[Tag], *, pictures: int, sound_s: float) -> Tail | None:
    """A small FLV of the last keyframe, the `pictures` after it, and the last `sound_s` seconds of sound.

    None when there is no keyframe among the tags.
    """
    starts = [index for index, tag in enumerate(tags) if tag.keyframe]
    if not starts:
        return None
    video = [tag for tag in tags[starts[-1] :] if tag.picture]
    end_s = video[-1].time_s
    sound = [tag for tag in tags if tag.kind == AUDIO and not tag.setup and tag.time_s >= end_s - sound_s]
    video = video[: 1 + pictures]
    chosen = sorted([*video, *sound], key=lambda tag: tag.time_s)
    flv = HEADER + b"".join(tag.data for tag in (*setup, *chosen))
    return Tail(flv=flv, end_s=end_s, video=len(video), audio=len(sound))


def _chain(data: bytes, at: int) -> Iterator[Tag]:
    while at + _TAG_HEADER_BYTES + 4 <= len(data):
        kind = data[at]
        size = int.from_bytes(data[at + 1 : at + 4], "big")
        end = at + _TAG_HEADER_BYTES + size
        if kind not in (AUDIO, VIDEO, SCRIPT) or data[at + 8 : at + 11] != b"\0\0\0" or end + 4 > len(data):
            return
        if int.from_bytes(data[end : end + 4], "big") != _TAG_HEADER_BYTES + size:
            return
        milliseconds = int.from_bytes(data[at + 7 : at + 8] + data[at + 4 : at + 7], "big")
        yield Tag(kind, milliseconds / 1000, data[at : end + 4])
        at = end + 4
