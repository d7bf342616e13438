"""Changes what stands around the packets of real files: set-up data, times and order, in one place each.

Every mutation takes a file's bytes and a number that chooses the place; the same number always gives the same
file. No packet's inside is touched, but for the parameter sets that a transport stream carries in them.
"""

import itertools
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Mutation = Callable[[bytearray, int], bytes]

TS_BYTES = 188
_PICTURE_IDS, _SOUND_IDS = range(0xE0, 0xF0), range(0xC0, 0xE0)
_TICKS = 90_000


# --- MPEG-TS ------------------------------------------------------------------------------------------


def _pid(packet: bytes | bytearray) -> int:
    return (packet[1] & 0x1F) << 8 | packet[2]


def _payload_at(packet: bytes | bytearray) -> int:
    return 4 + (packet[4] + 1 if packet[3] & 0x20 else 0)


def _starts(data: bytearray, ids: range) -> list[int]:
    """Where the payloads lie that begin a packet of the picture or of the sound."""
    found = []
    for at in range(0, len(data), TS_BYTES):
        packet = data[at : at + TS_BYTES]
        start = _payload_at(packet)
        if packet[1] & 0x40 and packet[start : start + 3] == b"\0\0\1" and packet[start + 3] in ids:
            found.append(at + start)
    return found


def _stamp(data: bytearray, at: int) -> int:
    high, middle, low = data[at], *struct.unpack(">HH", data[at + 1 : at + 5])
    return (high >> 1 & 7) << 30 | middle >> 1 << 15 | low >> 1


def _put_stamp(data: bytearray, at: int, stamp: int) -> None:
    stamp &= (1 << 33) - 1
    data[at] = data[at] & 0xF1 | stamp >> 30 << 1
    data[at + 1 : at + 5] = struct.pack(">HH", stamp >> 14 & 0xFFFE | 1, stamp << 1 & 0xFFFE | 1)


def _move_ts(data: bytearray, starts: list[int], by_s: float, *, decoding: bool = True) -> bytes:
    for start in starts:
        flags = data[start + 7] >> 6
        if flags:
            _put_stamp(data, start + 9, _stamp(data, start + 9) + round(by_s * _TICKS))
        if flags == 3 and decoding:
            _put_stamp(data, start + 14, _stamp(data, start + 14) + round(by_s * _TICKS))
    return bytes(data)


def _ts_clock(by_s: float, ids: range) -> Mutation:
    def move(data: bytearray, at: int) -> bytes:
        starts = _starts(data, ids)
        return _move_ts(data, starts[1 + at % (len(starts) - 1) :], by_s)

    return move


def _ts_one_time(data: bytearray, at: int) -> bytes:
    starts = _starts(data, _PICTURE_IDS)
    return _move_ts(data, [starts[at % len(starts)]], 0.2, decoding=False)


def _ts_order(data: bytearray, at: int) -> bytes:
    """Two pictures that follow each other, with all their packets, the other way round."""
    starts = [start // TS_BYTES for start in _starts(data, _PICTURE_IDS)]
    first = at % (len(starts) - 3)
    packets = [data[n : n + TS_BYTES] for n in range(0, len(data), TS_BYTES)]
    pid = _pid(packets[starts[0]])
    ranges = [range(starts[first + n], starts[first + n + 1]) for n in (0, 1)]
    one, two = ([packets[n] for n in places if _pid(packets[n]) == pid] for places in ranges)
    places = [n for both in ranges for n in both if _pid(packets[n]) == pid]
    for place, packet in zip(places, [*two, *one], strict=True):
        packets[place] = bytearray(packet)
    count = packets[places[0]][3] & 15
    for packet in (packet for packet in packets if _pid(packet) == pid and packet[3] & 0x10):
        count = count if packet is packets[starts[0]] else count + 1
        packet[3] = packet[3] & 0xF0 | count & 15
    return b"".join(packets)


def _ts_parameters(data: bytearray, at: int) -> bytes:
    """From one keyframe on another picture parameter set: the other way of entropy coding."""
    found = [one.end() for one in re.finditer(b"\0\0\1\x68", bytes(data))]
    for place in found[at % len(found) :]:
        data[place] ^= 0x20
    return bytes(data)


# --- MKV ----------------------------------------------------------------------------------------------

_SEGMENT, _CLUSTER, _BLOCK = b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75", 0xA3


@dataclass(frozen=True, slots=True)
class _Block:
    """A SimpleBlock: where it begins and ends with its head, and where its track's number stands."""

    start: int
    end: int
    body: int


def _size(data: bytes | bytearray, at: int) -> tuple[int, int]:
    """A length of EBML and where what it measures begins."""
    width = 9 - data[at].bit_length()
    return int.from_bytes(data[at : at + width], "big") & (1 << 7 * width) - 1, at + width


def _clusters(data: bytearray) -> Iterator[list[_Block]]:
    for found in re.finditer(re.escape(_CLUSTER), bytes(data)):
        size, at = _size(data, found.end())
        end, blocks = at + size, []
        while at < end:
            length, body = _size(data, at + 1)
            if data[at] == _BLOCK:
                blocks.append(_Block(at, body + length, body))
            at = body + length
        yield blocks


def _move_mkv(data: bytearray, blocks: list[_Block], by_ms: int) -> bytes:
    for block in blocks:
        place = slice(block.body + 1, block.body + 3)
        (time_ms,) = struct.unpack(">h", data[place])
        data[place] = struct.pack(">h", time_ms + by_ms)
    return bytes(data)


def _mkv_clock(by_ms: int, track: int | None = None) -> Mutation:
    def move(data: bytearray, at: int) -> bytes:
        blocks = [one for some in _clusters(data) for one in some if track in (None, data[one.body] & 0x7F)]
        return _move_mkv(data, blocks[1 + at % (len(blocks) - 1) :], by_ms)

    return move


def _mkv_one_time(data: bytearray, at: int) -> bytes:
    blocks = [one for some in _clusters(data) for one in some]
    return _move_mkv(data, [blocks[at % len(blocks)]], 200)


def _mkv_order(data: bytearray, at: int) -> bytes:
    """Two blocks of the picture that follow each other in a cluster, the other way round."""
    clusters = [[one for one in some if data[one.body] & 0x7F == 1] for some in _clusters(data)]
    pairs = [(one, two) for some in clusters for one, two in itertools.pairwise(some)]
    one, two = pairs[at % len(pairs)]
    data[one.start : two.end] = (
        data[two.start : two.end] + data[one.end : two.start] + data[one.start : one.end]
    )
    return bytes(data)


def _mkv_again(data: bytearray, at: int) -> bytes:
    """All clusters from one on a second time: a clock that restarts."""
    found = [one.start() for one in re.finditer(re.escape(_CLUSTER), bytes(data))]
    size, _ = _size(data, found[-1] + 4)
    end = _size(data, found[-1] + 4)[1] + size
    begin = data.index(_SEGMENT) + 4
    length, body = _size(data, begin)
    more = data[found[at % len(found)] : end]
    data[begin:body] = (length + len(more) | 1 << 7 * (body - begin)).to_bytes(body - begin, "big")
    return bytes(data[:end] + more + data[end:])


# --- MP4, MOV and what they share with MKV ------------------------------------------------------------


def _set_up_picture(data: bytearray, at: int) -> bytes:
    """Another picture parameter set in front of everything; `at` says which of its bits."""
    head = re.search(rb"\x01[\x42\x4d\x64\xf4].{2}\xff\xe1", bytes(data), re.DOTALL)
    assert head is not None
    place = data.index(b"\x68", head.end() + 20)
    data[place + 1] ^= (0x20, 0x40, 0x10)[at % 3]
    return bytes(data)


def _set_up_sound(data: bytearray, at: int) -> bytes:
    """Another rate, or the other number of channels, in front of everything."""
    head = re.search(
        rb"\x05(?:\x80\x80\x80)?[\x02\x05]\x11[\x88\x90]|\x63\xa2[\x82\x85]\x11[\x88\x90]", bytes(data)
    )
    assert head is not None
    place = head.end() - 2
    data[place + 1] ^= (0x18, 0x80)[at % 2]
    return bytes(data)


def _table(data: bytearray, name: bytes, at: int) -> int:
    """Where the rows of the table of this name begin; of several, `at` chooses."""
    found = [one.end() for one in re.finditer(re.escape(name), bytes(data))]
    return found[at % len(found)] + 8


def _row(data: bytearray, rows: int, at: int) -> int:
    count = int.from_bytes(data[rows - 4 : rows], "big")
    return rows + 8 * (at % count)


def _mp4_shown(data: bytearray, at: int) -> bytes:
    """Some pictures of the table of presentation, two pictures later."""
    row = _row(data, _table(data, b"ctts", 0), at)
    later = int.from_bytes(data[row + 4 : row + 8], "big") + 2048
    data[row + 4 : row + 8] = later.to_bytes(4, "big")
    return bytes(data)


def _mp4_times(data: bytearray, at: int) -> bytes:
    """Samples of one track that last longer: all behind them, or all of them, is late."""
    row = _row(data, _table(data, b"stts", at), at // 2)
    length = int.from_bytes(data[row + 4 : row + 8], "big")
    data[row + 4 : row + 8] = (length * 3 // 2).to_bytes(4, "big")
    return bytes(data)


def _mp4_order(data: bytearray, at: int) -> bytes:
    """Two sizes of the picture's samples exchanged, with what lies there: samples in another order."""
    rows = _table(data, b"stco", 0)
    count = int.from_bytes(data[rows - 4 : rows], "big")
    first = rows + 4 * (at % (count - 1))
    data[first : first + 8] = data[first + 4 : first + 8] + data[first : first + 4]
    return bytes(data)


def _mp4_edit(data: bytearray, at: int) -> bytes:
    """A track that is shown from later on, or for a shorter time, than it was."""
    row = _table(data, b"elst", at)
    length, media = struct.unpack(">II", data[row : row + 8])
    length, media = ((length, media + 3000), (length * 2 // 3, media))[at // 2 % 2]
    data[row : row + 8] = struct.pack(">II", length, media)
    return bytes(data)


MUTATIONS: dict[str, dict[str, Mutation]] = {
    "ts": {
        "picture late": _ts_clock(0.7, _PICTURE_IDS),
        "sound early": _ts_clock(-0.7, _SOUND_IDS),
        "one picture's time": _ts_one_time,
        "order": _ts_order,
        "parameter sets": _ts_parameters,
    },
    "mkv": {
        "clock back": _mkv_clock(-900),
        "sound late": _mkv_clock(300, 2),
        "one time": _mkv_one_time,
        "order": _mkv_order,
        "again": _mkv_again,
        "parameter sets": _set_up_picture,
        "sound's set-up": _set_up_sound,
    },
    "mov": {
        "times shown": _mp4_shown,
        "lengths": _mp4_times,
        "order": _mp4_order,
        "edit list": _mp4_edit,
        "parameter sets": _set_up_picture,
        "sound's set-up": _set_up_sound,
    },
}
