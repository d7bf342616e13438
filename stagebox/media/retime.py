"""A recording that is no FLV, whose clock or set-up changes in the middle, is made anew for players.

As `mend.py`, for MPEG-TS, MKV, MP4 and MOV: PyAV's libraries read the packets, and an MKV that stands in for
the recording holds the same packets, on a clock that goes on. What a decoder must know stands in a transport
stream's packets already; where an MP4 or MOV tells it beside them, it is put in front of the keyframes. Sound
with another set-up begins a part of its own. docs/decisions/0204.
"""

import hashlib
from array import array
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from stagebox.flv.tags import PICTURE, SOUND
from stagebox.media import codec_config, mend
from stagebox.media.mended_clock import FORWARD_MS, ClockJump, MendedClock
from stagebox.media.packets import UNTIMED, PacketScan
from stagebox.model.errors import MediaError

if TYPE_CHECKING:
    import av

LookUp = Callable[[float], None]
_OPTIONS = {"protocol_whitelist": "file", "fflags": "+discardcorrupt"}
_KINDS = ("video", "audio")
_KEY_BACK_MS, _BACK_MS = 100, 2000
"""A keyframe, or any packet of a picture, that is so much before the latest is on a clock that was set back.

Pictures in between may come before ones that are shown earlier, by some tenths of a second."""
_WRAP_MS = (1 << 33) / 90
"""A transport stream's clock runs over after 26.5 hours; what jumps by more than half of that ran over."""
_ADTS_BYTES = 7
_SETS = {"h264": range(7, 8), "hevc": range(32, 34)}
"""The units of a picture, and those that say how large it is and of which profile."""
_MICROSECOND = Fraction(1, 1_000_000)
_LEAST_US = 1000
"""What an MKV can tell apart."""


@dataclass(slots=True)
class _RetimedStream:
    """One stream on its way through: its place in the copy, its latest time, and what decoders know of it."""

    number: int
    kind: int
    codec: str
    in_packets: bool
    length_bytes: int = 4
    latest_ms: int | None = None
    told: bytes = b""
    first_units: bytes = b""
    times_us: "array[int]" = field(default_factory=lambda: array("q"))
    parts: "array[int]" = field(default_factory=lambda: array("H"))
    part: int = 0
    waits: bool = False
    before: bytes | None = None


class _RetimingScan:
    """Goes through a recording once and decides where each packet goes."""

    def __init__(self, streams: list[_RetimedStream], container: str) -> None:
        self.streams = streams
        self.plan = mend.MendPlan(
            other=True, in_band=all(one.in_packets for one in streams if one.kind == PICTURE)
        )
        self._clock = MendedClock()
        self._ts = container == "mpegts"
        self._part = 0
        self._first_ms: dict[int, int] = {}
        self._end_ms: dict[int, int] = {}

    def take(self, one: _RetimedStream, packet: "av.Packet[Any]", raw_us: int) -> None:
        self._look_at_set_up(one, packet)
        key = bool(packet.is_keyframe)
        if one.waits and (key or one.kind == SOUND):
            one.part, one.waits = self._part, False
        raw_ms = round(raw_us / 1000)
        latest_ms = raw_ms if one.latest_ms is None else one.latest_ms
        back_ms = _KEY_BACK_MS if key or one.kind == SOUND else _BACK_MS
        back = raw_ms < latest_ms - back_ms or self._clock.fits_others(one.number, raw_ms)
        one.latest_ms = raw_ms if back else max(raw_ms, latest_ms)
        placed_ms = self._clock.place(one.number, one.latest_ms)
        time_us = raw_us + (placed_ms - one.latest_ms) * 1000
        one.times_us.append(time_us)
        one.parts.append(one.part)
        first_ms = self._first_ms.get(one.part, 1 << 40)
        self._first_ms[one.part] = min(first_ms, time_us // 1000)
        self._end_ms[one.part] = max(self._end_ms.get(one.part, 0), time_us // 1000)
        if one.before is not None:
            number = sum(1 for part in one.parts if part == one.part) - 1
            self.plan.changes.append(
                mend.CodecChange(time_us // 1000, one.kind, one.before, one.told, number)
            )
            one.before = None

    def _look_at_set_up(self, one: _RetimedStream, packet: "av.Packet[Any]") -> None:
        now = _told(one, packet)
        if not now or now == one.told:
            return
        if one.told and one.times_us:
            one.before = one.told
            if one.kind == SOUND:
                self._part += 1
                for other in self.streams:
                    other.waits = True
                one.part, one.waits = self._part, False
        one.told = now

    def finish(self) -> mend.MendPlan:
        plan = self.plan
        plan.jumps = [ClockJump(one.at_ms, self._unwrapped(one.by_ms)) for one in self._clock.jumps]
        plan.parts = [
            mend.MendedPart(first_ms=first_ms, end_ms=self._end_ms[part])
            for part, first_ms in sorted(self._first_ms.items())
        ]
        return plan

    def _unwrapped(self, by_ms: int) -> int:
        if self._ts and abs(by_ms) > _WRAP_MS / 2:
            return round(by_ms - _WRAP_MS if by_ms > 0 else by_ms + _WRAP_MS)
        return by_ms


@dataclass(slots=True)
class Retiming:
    """What is to be mended, and when and in which part each packet is shown."""

    plan: mend.MendPlan
    streams: list[_RetimedStream]


def is_suspect(scan: PacketScan, sound: Collection[int]) -> bool:
    """Whether `plan_of` is likely to find something; `sound` are the streams that are heard."""
    for number, clock in scan.streams.items():
        if number in scan.timeless:
            continue
        times_ms = clock.pts[clock.pts > UNTIMED].astype(np.float64) * float(clock.time_base) * 1000
        back_ms = np.maximum.accumulate(times_ms) - times_ms
        if (back_ms > (_KEY_BACK_MS if number in sound else _BACK_MS)).any():
            return True
        if (np.diff(times_ms) > FORWARD_MS).any():
            return True
    return bool(scan.set_ups)


def plan_of(path: Path, container: str, look_up: LookUp) -> mend.MendPlan | None:
    """What is to be mended in this recording; None when nothing is, or when it cannot be read.

    Args:
        container: what it is, by ffprobe's name.
        look_up: told now and then that it goes on; may raise.
    """
    found = _scanned(path, container, look_up)
    return found.plan if found is not None and (found.plan.jumps or found.plan.changes) else None


def make(path: Path, container: str, targets: Callable[[int], Path], look_up: LookUp) -> list[Path]:
    """Write what stands in for the recording, one file a part; an empty list when it cannot be read.

    Raises:
        OSError: one of the files cannot be read or written.
        MediaError: what was read back is not what was written.
    """
    # Few recordings need it, and it takes a while to load.
    import av

    found = _scanned(path, container, look_up)
    if found is None:
        return []
    paths = [targets(number) for number in range(len(found.plan.parts))]
    try:
        hashes = _write(path, found, paths, look_up)
    except av.FFmpegError:
        return []
    for number, target in enumerate(paths):
        if _hashes_of(target, look_up) != {
            n: one.digest() for (part, n), one in hashes.items() if part == number
        }:
            raise MediaError(
                f"What was read of {path.name} is not what was written.",
                "Process it again; take another disk if this happens twice.",
            )
    return paths


def _scanned(path: Path, container: str, look_up: LookUp) -> Retiming | None:
    import av

    try:
        with av.open(f"file:{path}", options=_OPTIONS) as opened:
            wanted = [stream for stream in opened.streams if stream.type in _KINDS]
            if not wanted:
                return None
            streams = {stream.index: _stream(number, stream) for number, stream in enumerate(wanted)}
            scan = _RetimingScan(list(streams.values()), container)
            for packet, raw_us in _packets(opened, wanted, look_up):
                scan.take(streams[packet.stream_index], packet, raw_us)
            return Retiming(scan.finish(), scan.streams)
    except av.FFmpegError:
        return None


def _stream(number: int, stream: Any) -> _RetimedStream:
    context = stream.codec_context
    codec, told = (context.name, bytes(context.extradata or b"")) if context is not None else ("", b"")
    kind = PICTURE if stream.type == "video" else SOUND
    in_packets = not told or told[:3] == b"\0\0\1" or told[:4] == b"\0\0\0\1"
    one = _RetimedStream(number, kind, codec, in_packets)
    if not in_packets:
        one.told = told
        known = codec_config.of(codec, told)
        one.length_bytes = known.length_bytes if known is not None else 4
        if kind == PICTURE:
            one.first_units = codec_config.units_in_stream(codec, told, one.length_bytes)
    return one


def _packets(opened: Any, wanted: list[Any], look_up: LookUp) -> "Iterator[tuple[av.Packet[Any], int]]":
    """The packets and when they are shown, in microseconds; without a time they follow the one before."""
    follows_us: dict[int, int] = {}
    for count, packet in enumerate(opened.demux(wanted)):
        if count % 512 == 0:
            look_up(0.0)
        if not packet.size or packet.time_base is None:
            continue
        time = packet.pts if packet.pts is not None else packet.dts
        # In an MKV whose clock is set back below zero, none of these packets has a time.
        time_us = (
            round(time * packet.time_base * 1_000_000)
            if time is not None
            else follows_us.get(packet.stream_index, 0)
        )
        lasts_us = round((packet.duration or 0) * packet.time_base * 1_000_000)
        follows_us[packet.stream_index] = time_us + max(lasts_us, _LEAST_US)
        yield packet, time_us


def _told(one: _RetimedStream, packet: "av.Packet[Any]") -> bytes:
    """What this packet tells a decoder that it must know; empty when it tells nothing."""
    if packet.has_sidedata("new_extradata"):
        return bytes(packet.get_sidedata("new_extradata"))
    if not one.in_packets:
        return b""
    if one.kind == SOUND and one.codec == "aac":
        return _sound_set_up(bytes(memoryview(packet)[:_ADTS_BYTES]))
    if one.codec in _SETS and packet.is_keyframe:
        return b"".join(unit for unit in _units(bytes(packet)) if _type(one.codec, unit) in _SETS[one.codec])
    return b""


def _sound_set_up(head: bytes) -> bytes:
    """The AudioSpecificConfig that the header of an ADTS frame stands for."""
    if len(head) < _ADTS_BYTES or head[0] != 0xFF or head[1] & 0xF0 != 0xF0:
        return b""
    profile, rate = head[2] >> 6, head[2] >> 2 & 15
    channels = (head[2] & 1) << 2 | head[3] >> 6
    return ((profile + 1) << 11 | rate << 7 | channels << 3).to_bytes(2, "big")


def _units(packet: bytes) -> list[bytes]:
    """The units of a packet with start codes."""
    return [unit.rstrip(b"\0") for unit in packet.split(b"\0\0\1")[1:]]


def _type(codec: str, unit: bytes) -> int:
    if not unit:
        return -1
    return unit[0] & 0x1F if codec == "h264" else unit[0] >> 1 & 0x3F


def _write(
    path: Path, found: Retiming, paths: list[Path], look_up: LookUp
) -> "dict[tuple[int, int], hashlib.blake2b]":
    import av

    shown = [np.frombuffer(one.times_us, np.int64) for one in found.streams]
    # In the order of decoding: no later than it, or anything after it, is shown.
    decoded = [np.minimum.accumulate(one[::-1])[::-1] for one in shown]
    prefixed = any(one.kind == PICTURE for one in found.plan.changes) and not found.plan.in_band
    hashes: dict[tuple[int, int], hashlib.blake2b] = {}
    with av.open(f"file:{path}", options=_OPTIONS) as opened:
        wanted = [stream for stream in opened.streams if stream.type in _KINDS]
        numbers = {stream.index: number for number, stream in enumerate(wanted)}
        outputs = [av.open(f"file:{target}", "w", format="matroska") for target in paths]
        try:
            copies = []
            for output in outputs:
                copies.append([output.add_stream_from_template(stream, opaque=True) for stream in wanted])
                for copy, stream in zip(copies[-1], wanted, strict=True):
                    copy.metadata.update(stream.metadata)
            counts = [0] * len(wanted)
            units = [one.first_units for one in found.streams]
            for packet, _ in _packets(opened, wanted, look_up):
                number = numbers[packet.stream_index]
                one, at = found.streams[number], counts[number]
                counts[number] += 1
                content = bytes(packet)
                if packet.has_sidedata("new_extradata"):
                    new = bytes(packet.get_sidedata("new_extradata"))
                    units[number] = codec_config.units_in_stream(one.codec, new, one.length_bytes)
                if prefixed and one.kind == PICTURE and packet.is_keyframe:
                    content = units[number] + content
                part = one.parts[at]
                hashes.setdefault((part, number), hashlib.blake2b()).update(_bare(one, content))
                made = av.Packet(content)
                made.stream = copies[part][number]
                made.time_base = _MICROSECOND
                made.pts, made.dts = int(shown[number][at]), int(decoded[number][at])
                made.duration = round((packet.duration or 0) * packet.time_base * 1_000_000)
                made.is_keyframe = packet.is_keyframe
                outputs[part].mux(made)
        finally:
            for output in outputs:
                output.close()
    return hashes


def _bare(one: _RetimedStream, content: bytes) -> bytes:
    """What a packet holds, however its units are told apart."""
    if one.kind == SOUND and one.codec == "aac" and one.in_packets and _sound_set_up(content[:_ADTS_BYTES]):
        return content[_ADTS_BYTES if content[1] & 1 else _ADTS_BYTES + 2 :]
    if one.codec not in _SETS:
        return content
    units = _units(content) if one.in_packets else codec_config.units_of(content, one.length_bytes)
    return content if units is None else b"".join(unit.rstrip(b"\0") for unit in units)


def _hashes_of(target: Path, look_up: LookUp) -> dict[int, bytes]:
    """The hash of what each stream's packets hold."""
    import av

    found: dict[int, hashlib.blake2b] = {}
    with av.open(f"file:{target}", options=_OPTIONS) as opened:
        streams = list(opened.streams)
        known = [_stream(number, stream) for number, stream in enumerate(streams)]
        for packet, _ in _packets(opened, streams, look_up):
            number = packet.stream_index
            found.setdefault(number, hashlib.blake2b()).update(_bare(known[number], bytes(packet)))
    return {number: one.digest() for number, one in found.items()}
