"""Cuts the end of a growing FLV so that it can be decoded alone. Pure: bytes in, bytes out."""

from dataclasses import dataclass

from stagebox.flv.tags import (
    BACK_BYTES,
    FIRST_AT,
    HEADER,
    KINDS,
    SOUND,
    TAG_BYTES,
    FlvTag,
    Read,
    chain,
    find,
    is_header,
    tag_of,
)


@dataclass(frozen=True, slots=True)
class FlvTail:
    """A small FLV (`flv`) to be decoded, and what it was made of.

    `end_s` is the time of the last video tag in the file; `video` and `audio` count the tags of `flv`.
    """

    flv: bytes
    end_s: float
    video: int
    audio: int


def _reader(data: bytes) -> Read:
    return lambda size, at: data[at : at + size]


def tags_from_start(data: bytes) -> list[FlvTag]:
    """The whole tags at the beginning of an FLV file; none when it is no such file."""
    return list(chain(_reader(data), FIRST_AT, len(data))) if is_header(data) else []


def tags_in_the_middle(data: bytes) -> tuple[list[FlvTag], bytes]:
    """The whole tags in a piece of an FLV file that begins anywhere, and the bytes after the last of them."""
    read = _reader(data)
    tags = list(chain(read, find(read, 0, len(data), closed=True), len(data)))
    return tags, data[tags[-1].end :] if tags else data


def is_begun_tag(rest: bytes) -> bool:
    """Whether what follows the last whole tag is nothing, or a tag that is still being written."""
    if not rest:
        return True
    whole = len(rest) < TAG_BYTES or rest[8:11] == b"\0\0\0"
    length = TAG_BYTES + int.from_bytes(rest[1:4], "big") + BACK_BYTES
    return rest[0] in KINDS and whole and (len(rest) < 4 or length > len(rest))


def setup_tags(head: bytes) -> tuple[FlvTag, ...]:
    """The decoders' set-ups in the first part of an FLV file, at most one of each kind."""
    found: dict[int, FlvTag] = {}
    for tag in tags_from_start(head):
        if tag.is_set_up:
            found.setdefault(tag.kind, tag)
    return tuple(found.values())


def cut_tail(
    setup: tuple[FlvTag, ...], tags: list[FlvTag], *, pictures: int, sound_s: float
) -> FlvTail | None:
    """A small FLV of the last keyframe, the `pictures` after it, and the last `sound_s` seconds of sound.

    None when there is no keyframe among the tags.
    """
    starts = [index for index, tag in enumerate(tags) if tag.is_keyframe]
    if not starts:
        return None
    video = [tag for tag in tags[starts[-1] :] if tag.is_picture]
    end_ms = video[-1].time_ms
    heard = [tag for tag in tags if tag.kind == SOUND and not tag.is_set_up]
    sound = [tag for tag in heard if tag.time_ms >= end_ms - 1000 * sound_s]
    video = video[: 1 + pictures]
    chosen = sorted([*video, *sound], key=lambda tag: tag.time_ms)
    flv = HEADER + b"".join(tag_of(tag.kind, tag.time_ms, tag.payload) for tag in (*setup, *chosen))
    return FlvTail(flv=flv, end_s=end_ms / 1000, video=len(video), audio=len(sound))
