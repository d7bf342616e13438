"""Where the packets of an ordinary FLV lie: found by numpy in a fifteenth of the time that demuxing takes.

Only what OBS and ffmpeg write is read this way: H.264 with AAC or either alone, whole from header to end.
Of anything else `index_of` says None, and it is demultiplexed. Nothing of a packet is kept but its place;
its data is read when it is decoded.
"""

import os
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from stagebox.media.analysis.gops import H264_IDR, effective_size, first_picture_byte
from stagebox.media.thresholds import CLOCK_LEAP_S
from stagebox.system.files import read_at, read_into

if TYPE_CHECKING:
    from stagebox.media.analysis.frames import AnyPacket

Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
"""Sizes, and times in milliseconds, in half the memory: eight hours are two million packets."""
Bytes = NDArray[np.uint8]
Number = TypeVar("Number", np.int32, np.int64, np.bool_)

CHUNK_BYTES = 8 << 20
TICK_S = 0.001
_HEADER = b"FLV\x01"
_FIRST_TAG_AT = 13
_TAG_BYTES = 11
_BACK_BYTES = 4
"""After each tag its length stands once more."""
_SOUND, _PICTURE, _SCRIPT = 8, 9, 18
_AVC_KEY, _AVC_INTER, _AAC = 0x17, 0x27, 0xA0
_SET_UP, _DATA, _END = 0, 1, 2
_PICTURE_HEAD, _SOUND_HEAD = 5, 2
LAST_MS = 0x7F000000
"""Later times would not fit with what is added to them; 24 days."""
LEAP_MS = int(CLOCK_LEAP_S * 1000)
SMALL_BYTES = 4096
"""Larger packets count as they are, unless they end in filler."""


class OddError(Exception):
    """The file is no ordinary FLV."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the packets of one stream begin in the file, their sizes in bytes, their times in ms."""

    at: Ints
    size: Shorts
    pts: Shorts
    dts: Shorts

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, place: slice) -> "Places":
        return Places(self.at[place], self.size[place], self.pts[place], self.dts[place])


class Stored(Sequence["AnyPacket"]):
    """Packets of one stream in a file, which stays open; each is read when it is asked for."""

    def __init__(self, file: int, places: Places) -> None:
        self._file = file
        self.places = places

    def __len__(self) -> int:
        return len(self.places.at)

    @overload
    def __getitem__(self, place: int) -> "AnyPacket": ...
    @overload
    def __getitem__(self, place: slice) -> "Stored": ...
    def __getitem__(self, place: int | slice) -> "AnyPacket | Stored":
        if isinstance(place, slice):
            return Stored(self._file, self.places[place])
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
class Index:
    """Where an FLV's packets lie; None where it has none of a kind.

    `keys` are the numbers of the keyframes among the pictures, `sizes` the effective sizes of all pictures.
    `set_ups` are what decoders must know of pictures and sound: the one set-up of each that is in the file.
    """

    picture: Places | None
    keys: Ints
    sizes: Shorts
    sound: Places | None
    set_ups: tuple[bytes, bytes] = (b"", b"")


@dataclass(slots=True)
class _Found:
    """What has been found of one kind of tag so far, an array for each part of the file."""

    at: list[Ints] = field(default_factory=list)
    size: list[Shorts] = field(default_factory=list)
    dts: list[Shorts] = field(default_factory=list)
    shift: list[Shorts] = field(default_factory=list)
    key: list[NDArray[np.bool_]] = field(default_factory=list)
    effective: list[Shorts] = field(default_factory=list)
    set_ups: int = 0
    set_up: bytes = b""

    def places(self) -> Places | None:
        if not self.at:
            return None
        dts = _whole(self.dts)
        steps = np.diff(dts)
        if steps.size and (int(steps.min()) < 0 or int(steps.max()) > LEAP_MS):
            raise OddError
        pts = dts + _whole(self.shift) if self.shift else dts
        packets = Places(_whole(self.at), _whole(self.size), pts, dts)
        return packets if len(packets) else None


def _whole(pieces: list[NDArray[Number]]) -> NDArray[Number]:
    """The pieces as one; they are let go, so that an index needs its own memory and not twice that."""
    whole = np.concatenate(pieces)
    pieces.clear()
    return whole


def index_of(file: int, look_up: Callable[[float], None]) -> Index | None:
    """Return where the packets of the FLV lie, None when the file is not an ordinary one.

    Args:
        file: its descriptor.
        look_up: told now and then which share has been read; may raise.

    Raises OSError when the file cannot be read.
    """
    try:
        return _index(file, look_up)
    except OddError:
        return None


def _index(file: int, look_up: Callable[[float], None]) -> Index | None:
    head = read_at(file, _FIRST_TAG_AT, 0)
    if head[:4] != _HEADER or head[5:] != b"\0\0\0\x09\0\0\0\0":
        return None
    picture, sound = _Found(), _Found()
    buffer = bytearray(CHUNK_BYTES)
    end, at = os.fstat(file).st_size, _FIRST_TAG_AT
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
    return Index(
        picture=pictures,
        keys=np.flatnonzero(_whole(picture.key)) if pictures is not None else np.empty(0, np.int64),
        sizes=_whole(picture.effective) if pictures is not None else np.empty(0, np.int32),
        sound=sound.places(),
        set_ups=(picture.set_up, sound.set_up),
    )


def _take(chunk: memoryview, base: int, picture: _Found, sound: _Found) -> int:
    """Take the whole tags in the chunk, which begins with one; returns their length in bytes."""
    starts: list[int] = []
    add, read, at = starts.append, struct.Struct(">I").unpack_from, 0
    # This loop runs once a packet: 280,000 times an hour.
    last = len(chunk) - _TAG_BYTES - _BACK_BYTES
    while at <= last:
        size = read(chunk, at)[0] & 0xFFFFFF
        if at + size > last:
            break
        add(at)
        at += size + _TAG_BYTES + _BACK_BYTES
    if not starts:
        return 0
    data = np.frombuffer(chunk, np.uint8)
    tags = np.array(starts, np.int64)
    kinds = data[tags]
    sizes = _number(data, tags + 1, 3)
    if (_number(data, tags + 8, 3) != 0).any():
        raise OddError
    if (_number(data, tags + _TAG_BYTES + sizes, _BACK_BYTES) != sizes + _TAG_BYTES).any():
        raise OddError
    if not ((kinds == _SOUND) | (kinds == _PICTURE) | (kinds == _SCRIPT)).all():
        raise OddError
    for kind, head_bytes, found in (
        (_PICTURE, _PICTURE_HEAD, picture),
        (_SOUND, _SOUND_HEAD, sound),
    ):
        chosen = kinds == kind
        if chosen.any():
            places = _packets(data, tags[chosen], sizes[chosen], head_bytes, found)
            found.at.append(base + places[0])
            found.size.append(places[1].astype(np.int32))
            if kind == _PICTURE:
                _weigh(chunk, data, *places, found)
    return at


def _packets(data: Bytes, tags: Ints, sizes: Ints, head_bytes: int, found: _Found) -> tuple[Ints, Ints]:
    """Note times and kinds of the tags that hold packets; returns where these begin, and their sizes."""
    if int(sizes.min()) < head_bytes:
        raise OddError
    first, step = data[tags + _TAG_BYTES], data[tags + _TAG_BYTES + 1]
    if head_bytes == _PICTURE_HEAD:
        key = first == _AVC_KEY
        if not (key | (first == _AVC_INTER)).all() or (step > _END).any():
            raise OddError
    elif ((first & 0xF0) != _AAC).any() or (step > _DATA).any():
        raise OddError
    set_up = step == _SET_UP
    if set_up.any() and (found.set_ups or set_up[1:].any()):
        raise OddError
    if set_up.any():
        found.set_ups += int(set_up.sum())
        start = int(tags[set_up][0]) + _TAG_BYTES
        found.set_up = data[start + head_bytes : start + int(sizes[set_up][0])].tobytes()
    full = (step == _DATA) & (sizes > head_bytes)
    if not found.set_ups:
        raise OddError
    tags = tags[full]
    dts = _number(data, tags + 4, 3) | data[tags + 7].astype(np.int64) << 24
    if dts.size and int(dts.max()) > LAST_MS:
        raise OddError
    found.dts.append(dts.astype(np.int32))
    if head_bytes == _PICTURE_HEAD:
        shift = _number(data, tags + _TAG_BYTES + 2, 3)
        found.shift.append((shift - ((shift & 0x800000) << 1)).astype(np.int32))
        found.key.append(key[full])
    return tags + _TAG_BYTES + head_bytes, sizes[full] - head_bytes


def _weigh(chunk: memoryview, data: Bytes, at: Ints, size: Ints, found: _Found) -> None:
    """Note the pictures' effective sizes: most begin with the picture itself and end without filler."""
    key = found.key[-1]
    end = at + size
    unit = data[np.minimum(at + 4, end - 1)] & 0x1F
    plain = ((unit >= 1) & (unit <= H264_IDR)) & (_number(data, end - 3, 3) != 3)
    plain |= size > SMALL_BYTES
    plain &= (data[end - 2] != 0xFF) & ~key
    sizes = size.copy()
    for place in np.flatnonzero(~plain).tolist():
        packet = chunk[int(at[place]) : int(end[place])]
        sizes[place] = effective_size(packet, "h264", annex_b=False)
        if key[place]:
            first = first_picture_byte(packet, "h264", annex_b=False)
            if first is not None and first & 0x1F != H264_IDR:
                raise OddError  # intra refresh: whether decoding can start here is found by trying
    found.effective.append(sizes.astype(np.int32))


def _number(data: Bytes, at: Ints, count: int) -> Ints:
    """Big-endian numbers of `count` bytes at these places."""
    value = data[at].astype(np.int64)
    for step in range(1, count):
        value = value << 8 | data[at + step]
    return value
