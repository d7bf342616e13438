"""Which groups of pictures must be decoded: pure rules over packet sizes.

A picture that does not change costs an encoder next to nothing, whatever it shows, and a real picture's
keyframe costs far more than a black or uniform one's. So sizes say where a black stretch can be, and only
there anything is decoded. Sizes are *effective*: without filler and without anything but picture data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stagebox.media.analysis.frame_classifier import FrameKind

FILLER_TAIL = b"\xff" * 8
H264_IDR = 5
ASK_SHARE = 0.8
"""Stretches of this share of the shortest that matters are asked for: packets only bound them roughly."""


KEY_STEP, PICTURE_STEP = 0.2, 0.7
"""Sizes are alike within a fifth for keyframes, and within a factor of two for the pictures between them."""
RESTLESS_SHARE = 0.1
"""Pictures of snow need so much of what the keyframe needs; those of a photograph far less."""
BUSY_TAIL = 8
"""So many packets in a row that are not low say that a picture is still there, which is then looked at."""


@dataclass(frozen=True, slots=True)
class PacketScale:
    """Packet sizes in bytes that mean something at one picture size.

    `still_bytes`: at most this: nothing was sent but a cut by weighted prediction, if that. `low_bytes`: at
    most this: a flat picture with what an encoder may send in between. `plain_key_bytes`: a keyframe of more
    cannot be black or uniform.
    """

    still_bytes: int
    low_bytes: int
    plain_key_bytes: int


def scale_for(width: int, height: int, codec: str = "h264") -> PacketScale:
    """Return the sizes for a picture of so many pixels; measured with x264, x265, libaom and SVT-AV1."""
    area = max(1, width * height)
    still_bytes = 64 + area // 20_000
    # H.264 and HEVC send nothing for a flat picture, at any quality; others now and then refine it.
    return PacketScale(
        still_bytes=still_bytes,
        low_bytes=2 * still_bytes if codec in ("h264", "hevc") else 200 + area // 2_500,
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
    elif size > 16 and bytes(data[-3:]) == b"\x00\x00\x03":
        size = len(bytes(data).rstrip(b"\x00\x03"))
    start = (_start_in_annex_b if annex_b else _start_of_picture)(data, size, codec)
    return max(0, size - start)


def cell_of(sizes: Sequence[int]) -> tuple[int, int]:
    """Return what the sizes of a group's keyframe and of its other pictures are, roughly.

    A talk knows few such pairs: each slide, each camera. Snow, a card or a broken picture has another.
    """
    usual = float(np.median(sizes[1:])) if len(sizes) > 1 else 0.0
    return round(np.log(sizes[0] + 1) / KEY_STEP), round(np.log(usual + 64) / PICTURE_STEP)


def is_restless(sizes: Sequence[int]) -> bool:
    """Whether every picture of the group is new: nothing in it is like in the one before."""
    return len(sizes) < 2 or float(np.median(sizes[1:])) >= RESTLESS_SHARE * sizes[0]


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


@dataclass(frozen=True, slots=True)
class DecodePlan:
    """What to decode of a group of pictures: all of it (`whole`), or the pictures shown at `ask_s` first."""

    whole: bool = False
    ask_s: tuple[float, ...] = ()


NOTHING = DecodePlan()
WHOLE = DecodePlan(whole=True)


def plan_for(
    sizes: Sequence[int],
    times_s: Sequence[float],
    first: FrameKind,
    following: FrameKind | None,
    scale: PacketScale,
    shortest_s: float,
    *,
    end_s: float,
    regular: bool,
    leading: bool,
) -> DecodePlan:
    """Say what of a group must be decoded to find every black or uniform stretch that touches it.

    A cut to black may cost nothing: weighted prediction turns a still slide black in twenty bytes. Coming
    back cannot: the picture has to be sent again, by a packet that is not low, or by the next keyframe. So a
    stretch that was low for long is asked for its last picture wherever a picture may have come back.

    Args:
        sizes: effective packet sizes in bytes, in presentation order, the keyframe first.
        times_s: the packets' presentation times in seconds, ascending.
        first: what the group's keyframe shows.
        following: what the next group's keyframe shows, None at the end of the recording.
        scale: sizes that mean something.
        shortest_s: the shortest stretch that matters, in seconds.
        end_s: when the group ends, in seconds.
        regular: the next keyframe came because it was due, not because the picture changed.
        leading: pictures that are shown in this group come after the next keyframe, and are made from it.
    """
    changes = np.asarray(sizes[1:], dtype=np.int64)
    unchanged = not changes.size or int(changes.max()) <= scale.still_bytes
    if following is FrameKind.PICTURE and first is not FrameKind.PICTURE and unchanged and not leading:
        return NOTHING  # what sent nothing has not come back: that keyframe is where it does
    if following is not None and first is not following:
        if (
            first is FrameKind.PICTURE
            and changes.size >= BUSY_TAIL
            and (changes[-BUSY_TAIL:] > scale.low_bytes).all()
        ):
            # It changed to the end, so the next keyframe is where the picture goes, unless a fade ends here.
            return _asked(changes, times_s, scale, shortest_s, [times_s[-1]])
        return WHOLE
    if first is not FrameKind.PICTURE:
        return NOTHING if unchanged else WHOLE
    if not changes.size:
        return NOTHING
    last: list[float] = []
    start = int(np.flatnonzero(changes > scale.low_bytes)[-1]) + 1 if changes.max() > scale.low_bytes else 0
    if end_s - times_s[start] >= shortest_s * ASK_SHARE:
        tail = changes[start:]
        if following is None or not regular or (tail.size and not _is_steady(tail)):
            last = [times_s[-1]]
    return _asked(changes, times_s, scale, shortest_s, last)


def _asked(
    changes: NDArray[np.int64],
    times_s: Sequence[float],
    scale: PacketScale,
    shortest_s: float,
    last: Sequence[float],
) -> DecodePlan:
    """Ask for the last picture of each calm stretch that ends in a packet that is not low, and for `last`."""
    ask_s: list[float] = []
    returns = np.flatnonzero(changes > scale.low_bytes) + 1
    start = 0
    for at in returns.tolist():
        if times_s[at] - times_s[start] >= shortest_s * ASK_SHARE:
            ask_s.append(times_s[at - 1])
        start = at
    return DecodePlan(ask_s=(*ask_s, *last))


def _is_steady(sizes: NDArray[np.int64]) -> bool:
    """True when no packet stands out: the packets of an unchanging picture are all alike."""
    return int(sizes.max()) <= 2 * int(np.percentile(sizes, 90)) + 4
