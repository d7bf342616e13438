"""Which groups of pictures must be decoded: pure rules over packet sizes.

A picture that does not change costs an encoder next to nothing, whatever it shows, and a real picture's
keyframe costs far more than a black or uniform one's. So sizes say where a black stretch can be, and only
there anything is decoded. Sizes are *effective*: without filler and without anything but picture data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stagebox.media.analysis.look import Kind

FILLER_TAIL = b"\xff" * 8
RETURN_SHARE = 0.05
"""Coming back from black to a picture costs at least this share of that picture's keyframe."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Packet sizes in bytes that mean something at one picture size.

    `still_bytes`: at most this: the picture did not change. `low_bytes`: at most this: hardly anything moves.
    `plain_key_bytes`: a keyframe of more cannot be black or uniform.
    """

    still_bytes: int
    low_bytes: int
    plain_key_bytes: int


def scale_for(width: int, height: int) -> Scale:
    """Return the sizes for a picture of so many pixels; measured with x264, x265, libaom and SVT-AV1."""
    area = max(1, width * height)
    return Scale(
        still_bytes=64 + area // 20_000,
        low_bytes=200 + area // 2_500,
        plain_key_bytes=1_200 + area // 120,
    )


def effective_size(data: memoryview, codec: str, *, annex_b: bool) -> int:
    """Return a packet's size in bytes without filler data and, for H.264 and HEVC, without leading headers.

    Encoders at a constant rate pad black pictures with filler, and put parameter sets and messages before
    the picture; neither says anything about the picture. Damaged packets count in full.
    """
    size = len(data)
    if codec not in ("h264", "hevc"):
        return size
    if size > 16 and data[-2] == 0xFF and data[-10:-2] == FILLER_TAIL:
        size = len(bytes(data[:-1]).rstrip(b"\xff")) + 1
    elif size > 16 and data[-3:] == b"\x00\x00\x03":
        size = len(bytes(data).rstrip(b"\x00\x03"))
    start = (_start_in_annex_b if annex_b else _start_of_picture)(data, size, codec)
    return max(0, size - start)


def is_picture_unit(first_byte: int, codec: str) -> bool:
    """True when a NAL unit with this first byte carries picture data."""
    if codec == "h264":
        return 1 <= first_byte & 0x1F <= 5
    return (first_byte >> 1) & 0x3F < 32


def first_picture_byte(data: memoryview, codec: str, *, annex_b: bool) -> int | None:
    """Return the first byte of the first NAL unit with picture data, None when there is none."""
    start = (_start_in_annex_b if annex_b else _start_of_picture)(data, len(data), codec)
    at = start + (3 if annex_b else 4)
    return data[at] if at < len(data) and is_picture_unit(data[at], codec) else None


def _start_of_picture(data: memoryview, size: int, codec: str) -> int:
    at = 0
    while at + 4 < size:
        if is_picture_unit(data[at + 4], codec):
            return at
        at += 4 + int.from_bytes(data[at : at + 4], "big")
    return 0


def _start_in_annex_b(data: memoryview, size: int, codec: str) -> int:
    head = bytes(data[: min(size, 4096)])
    at = head.find(b"\x00\x00\x01")
    while 0 <= at < len(head) - 3:
        if is_picture_unit(head[at + 3], codec):
            return at
        at = head.find(b"\x00\x00\x01", at + 3)
    return 0


def must_decode(
    sizes: Sequence[int],
    times_s: Sequence[float],
    first: Kind,
    following: Kind | None,
    scale: Scale,
    shortest_s: float,
) -> bool:
    """Say whether a group of pictures can hold an edge of, or all of, a black or uniform stretch.

    Args:
        sizes: effective packet sizes in bytes, in presentation order, the keyframe first.
        times_s: the packets' presentation times in seconds, ascending.
        first: what the group's keyframe shows.
        following: what the next group's keyframe shows, None at the end of the recording.
        scale: sizes that mean something.
        shortest_s: the shortest stretch that matters, in seconds.
    """
    changes = np.asarray(sizes[1:], dtype=np.int64)
    if following is not None and first is not following:
        return True
    if first is not Kind.PICTURE:
        return bool(changes.size) and int(changes.max()) > scale.still_bytes
    if following is None:
        # Nothing confirms how the last group ends; a low rest of it may be black.
        return bool(changes.size) and _low_tail_s(changes, times_s, scale) >= shortest_s and bool(
            (changes > scale.still_bytes).any()
        )
    return _has_island(changes, sizes[0], times_s, scale, shortest_s)


def _low_tail_s(changes: NDArray[np.int64], times_s: Sequence[float], scale: Scale) -> float:
    low = smoothed(changes) <= scale.low_bytes
    busy = np.flatnonzero(~low)
    first_low = int(busy[-1]) + 1 if busy.size else 0
    return 0.0 if first_low >= changes.size else times_s[-1] - times_s[first_low + 1]


def _has_island(
    changes: NDArray[np.int64], key_bytes: int, times_s: Sequence[float], scale: Scale, shortest_s: float
) -> bool:
    """A low stretch inside the group that is followed by enough bytes to bring a picture back."""
    low = smoothed(changes) <= scale.low_bytes
    if not low.any() or low.all():
        return False
    edges = np.flatnonzero(np.diff(low.astype(np.int8)))
    starts = np.concatenate(([0], edges + 1))
    ends = np.concatenate((edges + 1, [low.size]))
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if not low[start] or number + 1 >= starts.size:
            continue
        # One frame of slack at both ends: smoothing may eat the first and last packet of the stretch.
        if times_s[min(end + 1, len(times_s) - 1)] - times_s[start] < shortest_s * 0.8:
            continue
        if start == 0 and not _changes_early(changes[:end], scale):
            continue
        after = int(changes[starts[number + 1] : ends[number + 1]].sum())
        if after >= RETURN_SHARE * key_bytes:
            return True
    return False


def _changes_early(changes: NDArray[np.int64], scale: Scale) -> bool:
    """A stretch that touches the keyframe shows the keyframe's picture unless a packet says otherwise."""
    return bool((changes > scale.still_bytes).any())


def smoothed(sizes: NDArray[np.int64], width: int = 5) -> NDArray[np.int64]:
    """Running median over `width` packets: single large packets (hidden frames of AV1) do not end a stretch."""
    if sizes.size < width:
        return sizes
    half = width // 2
    padded = np.concatenate((sizes[:1].repeat(half), sizes, sizes[-1:].repeat(half)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)
    return np.asarray(np.median(windows, axis=1), dtype=np.int64)
