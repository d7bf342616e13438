"""Where the packets of an ordinary FLV lie, found by the table of its tags and not by demultiplexing.

Only what OBS and ffmpeg write is read this way: H.264 with AAC or either alone, whole from header to end.
Of anything else `index_of` says None, and it is demultiplexed. Nothing of a packet is kept but its place;
its data is read when it is decoded.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from stagebox.flv.table import Bytes, Ints, OddFlvError, number, shifts_ms, times_ms, whole_tags
from stagebox.flv.tags import AAC, AVC, DATA, END, FIRST_AT, HEAD_BYTES, HEADER, PICTURE, SET_UP, SOUND
from stagebox.media.analysis.gops import H264_IDR, effective_size, first_picture_byte
from stagebox.media.thresholds import CLOCK_LEAP_S
from stagebox.system.files import read_at, read_into

if TYPE_CHECKING:
    from stagebox.media.analysis.frames import AnyPacket

Shorts = NDArray[np.int32]
"""Sizes, and times in milliseconds, in half the memory: eight hours are two million packets."""
Number = TypeVar("Number", np.int32, np.int64, np.bool_)

CHUNK_BYTES = 8 << 20
TICK_S = 0.001
_KEY, _INTER, _SOUND = 0x10 | AVC, 0x20 | AVC, AAC << 4
"""The first byte of a keyframe, of another picture, and, but for its lower half, of sound."""
LAST_MS = 0x7F000000
"""Later times would not fit with what is added to them; 24 days."""
LEAP_MS = int(CLOCK_LEAP_S * 1000)
SMALL_BYTES = 4096
"""Larger packets count as they are, unless they end in filler."""


@dataclass(frozen=True, slots=True)
class PacketPlaces:
    """Where the packets of one stream begin in the file, their sizes in bytes, their times in ms."""

    at: Ints
    size: Shorts
    pts: Shorts
    dts: Shorts

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, place: slice) -> "PacketPlaces":
        return PacketPlaces(self.at[place], self.size[place], self.pts[place], self.dts[place])


class StoredPackets(Sequence["AnyPacket"]):
    """Packets of one stream in a file, which stays open; each is read when it is asked for."""

    def __init__(self, file: int, places: PacketPlaces) -> None:
        self._file = file
        self.places = places

    def __len__(self) -> int:
        return len(self.places.at)

    @overload
    def __getitem__(self, place: int) -> "AnyPacket": ...
    @overload
    def __getitem__(self, place: slice) -> "StoredPackets": ...
    def __getitem__(self, place: int | slice) -> "AnyPacket | StoredPackets":
        if isinstance(place, slice):
            return StoredPackets(self._file, self.places[place])
        (packet,) = self[place : place + 1 or None]
        return packet

    def __iter__(self) -> Iterator["AnyPacket"]:
        # Where only the places are wanted, no decoder is loaded.
        from stagebox.media.analysis.frames import AnyPacket

        mine = self.places
        places = (array.tolist() for array in (mine.at, mine.size, mine.pts, mine.dts))
        for at, size, pts, dts in zip(*places, strict=True):
            packet = AnyPacket(read_at(self._file, size, at))
            packet.pts, packet.dts = pts, dts
            yield packet

    @property
    def pts(self) -> Shorts:
        """When they are shown or heard, in milliseconds."""
        return self.places.pts

    @property
    def bytes(self) -> int:
        """The length of all of them."""
        return int(self.places.size.sum())


@dataclass(frozen=True, slots=True)
class FlvIndex:
    """Where an FLV's packets lie; None where it has none of a kind.

    `keys` are the numbers of the keyframes among the pictures, `sizes` the effective sizes of all pictures.
    `set_ups` are what decoders must know of pictures and sound: the one set-up of each that is in the file.
    """

    picture: PacketPlaces | None
    keys: Ints
    sizes: Shorts
    sound: PacketPlaces | None
    set_ups: tuple[bytes, bytes] = (b"", b"")


@dataclass(slots=True)
class _FoundTags:
    """What has been found of one kind of tag so far, an array for each part of the file."""

    at: list[Ints] = field(default_factory=list)
    size: list[Shorts] = field(default_factory=list)
    dts: list[Shorts] = field(default_factory=list)
    shift: list[Shorts] = field(default_factory=list)
    key: list[NDArray[np.bool_]] = field(default_factory=list)
    effective: list[Shorts] = field(default_factory=list)
    set_ups: int = 0
    set_up: bytes = b""

    def places(self) -> PacketPlaces | None:
        if not self.at:
            return None
        dts = _whole(self.dts)
        steps = np.diff(dts)
        if steps.size and (int(steps.min()) < 0 or int(steps.max()) > LEAP_MS):
            raise OddFlvError
        pts = dts + _whole(self.shift) if self.shift else dts
        packets = PacketPlaces(_whole(self.at), _whole(self.size), pts, dts)
        return packets if len(packets) else None


def _whole(pieces: list[NDArray[Number]]) -> NDArray[Number]:
    """The pieces as one; they are let go, so that an index needs its own memory and not twice that."""
    whole = np.concatenate(pieces)
    pieces.clear()
    return whole


def index_of(file: int, look_up: Callable[[float], None]) -> FlvIndex | None:
    """Return where the packets of the FLV lie, None when the file is not an ordinary one.

    Args:
        file: its descriptor.
        look_up: told now and then which share has been read; may raise.

    Raises OSError when the file cannot be read.
    """
    try:
        return _index(file, look_up)
    except OddFlvError:
        return None


def _index(file: int, look_up: Callable[[float], None]) -> FlvIndex | None:
    head = read_at(file, FIRST_AT, 0)
    if head[:4] != HEADER[:4] or head[5:] != HEADER[5:]:
        return None
    picture, sound = _FoundTags(), _FoundTags()
    buffer = bytearray(CHUNK_BYTES)
    end, at = os.fstat(file).st_size, FIRST_AT
    while at < end:
        length = read_into(file, memoryview(buffer), at)
        taken = _take(memoryview(buffer)[:length], at, picture, sound)
        if taken == 0:
            return None
        at += taken
        look_up(at / end)
    if at != end or max(picture.set_ups, sound.set_ups) > 1:
        return None
    pictures = picture.places()
    return FlvIndex(
        picture=pictures,
        keys=np.flatnonzero(_whole(picture.key)) if pictures is not None else np.empty(0, np.int64),
        sizes=_whole(picture.effective) if pictures is not None else np.empty(0, np.int32),
        sound=sound.places(),
        set_ups=(picture.set_up, sound.set_up),
    )


def _take(chunk: memoryview, base: int, picture: _FoundTags, sound: _FoundTags) -> int:
    """Take the whole tags in the chunk, which begins with one; returns their length in bytes."""
    table = whole_tags(chunk)
    for kind, found in ((PICTURE, picture), (SOUND, sound)):
        payloads, sizes = table.of(kind)
        if payloads.size:
            at, size = _packets(table.data, payloads, sizes, kind, found)
            found.at.append(base + at)
            found.size.append(size.astype(np.int32))
            if kind == PICTURE:
                _weigh(chunk, table.data, at, size, found)
    return table.length


def _packets(data: Bytes, payloads: Ints, sizes: Ints, kind: int, found: _FoundTags) -> tuple[Ints, Ints]:
    """Note times and kinds of the tags that hold packets; returns where these begin, and their sizes."""
    head_bytes = HEAD_BYTES[kind]
    if int(sizes.min()) < head_bytes:
        raise OddFlvError
    first, step = data[payloads], data[payloads + 1]
    key = first == _KEY
    if kind == PICTURE:
        if not (key | (first == _INTER)).all() or (step > END).any():
            raise OddFlvError
    elif ((first & 0xF0) != _SOUND).any() or (step > DATA).any():
        raise OddFlvError
    set_up = step == SET_UP
    if set_up.any() and (found.set_ups or set_up[1:].any()):
        raise OddFlvError
    if set_up.any():
        found.set_ups += int(set_up.sum())
        start = int(payloads[set_up][0])
        found.set_up = data[start + head_bytes : start + int(sizes[set_up][0])].tobytes()
    full = (step == DATA) & (sizes > head_bytes)
    if not found.set_ups:
        raise OddFlvError
    payloads = payloads[full]
    dts = times_ms(data, payloads)
    if dts.size and int(dts.max()) > LAST_MS:
        raise OddFlvError
    found.dts.append(dts.astype(np.int32))
    if kind == PICTURE:
        found.shift.append(shifts_ms(data, payloads).astype(np.int32))
        found.key.append(key[full])
    return payloads + head_bytes, sizes[full] - head_bytes


def _weigh(chunk: memoryview, data: Bytes, at: Ints, size: Ints, found: _FoundTags) -> None:
    """Note the pictures' effective sizes: most begin with the picture itself and end without filler."""
    key = found.key[-1]
    end = at + size
    unit = data[np.minimum(at + 4, end - 1)] & 0x1F
    plain = ((unit >= 1) & (unit <= H264_IDR)) & (number(data, end - 3, 3) != 3)
    plain |= size > SMALL_BYTES
    plain &= (data[end - 2] != 0xFF) & ~key
    sizes = size.copy()
    for place in np.flatnonzero(~plain).tolist():
        packet = chunk[int(at[place]) : int(end[place])]
        sizes[place] = effective_size(packet, "h264", annex_b=False)
        if key[place]:
            first = first_picture_byte(packet, "h264", annex_b=False)
            if first is not None and first & 0x1F != H264_IDR:
                raise OddFlvError  # intra refresh: whether decoding can start here is found by trying
    found.effective.append(sizes.astype(np.int32))
