"""An FLV whose clock, set-up or structure changes in the middle is made anew for players.

The recording stays as it is. A copy is written beside the output, in which the packets are the same, byte by
byte; what is mended is only what stands around them: times go on where the clock jumped (`mended_clock.py`),
new parameter sets stand in the stream in front of the first packet that needs them, half packets are left
out. Where AAC's set-up changes no single sound track can hold both: there a part of its own begins.
docs/decisions/0204.
"""

import hashlib
import itertools
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from stagebox.flv import tags
from stagebox.flv.tags import (
    AAC,
    AVC,
    DATA,
    HEAD_BYTES,
    KEYFRAME,
    PICTURE,
    SCRIPT,
    SET_UP,
    SOUND,
    FlvDamage,
    FlvTag,
)
from stagebox.media import codec_config
from stagebox.media.mended_clock import ClockJump, MendedClock
from stagebox.model.errors import MediaError
from stagebox.system.files import read_at

LookUp = Callable[[float], None]
_ENHANCED, _ENHANCED_SOUND = 0x80, 9
"""What marks a tag of enhanced RTMP, with other codecs or more tracks than FLV had."""
_ENHANCED_CODECS = re.compile(rb"avc1|hvc1|vvc1|av01|vp0[89]|mp4a|Opus|fLaC|[ae]c-3|\.mp3")
_ENHANCED_HEAD_BYTES = 16
_ODD_ONES = 8
"""So many packets in a row of another codec are no damage."""


@dataclass(frozen=True, slots=True)
class DamagedSpan:
    """Nothing whole lies between these two moments of the mended clock; `torn`: to the file's end."""

    start_ms: int
    end_ms: int
    at_bytes: int
    bytes: int
    torn: bool = False


@dataclass(frozen=True, slots=True)
class CodecChange:
    """At `at_ms` of the mended clock the set-up of the picture or the sound becomes another.

    `number` is how many packets of this kind come before it in its part.
    """

    at_ms: int
    kind: int
    before: bytes
    after: bytes
    number: int


@dataclass(frozen=True, slots=True)
class MendedPacket:
    """A packet as it is to be written: where its payload lies, its time, and what goes in front of its units.

    `codec_config` pieces hold no packet. `needs` are the parameter sets in force, told of packets at which a
    player may begin to decode.
    """

    at: int
    size: int
    kind: int
    time_ms: int
    prefix: bytes = b""
    set_up: bool = False
    needs: bytes = b""


@dataclass(slots=True)
class MendedPart:
    """What goes into one file; `first_ms` is its first moment that is shown, on the mended clock."""

    pieces: list[MendedPacket] = field(default_factory=list)
    first_ms: int = 1 << 40
    end_ms: int = 0
    packets: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class MendPlan:
    """What is to be mended, and how. `left_out` counts packets that are not whole.

    `newer`: nothing of this is known, because the file has a form that is read by `newer_codecs.py`.
    `other`: it is no FLV, and `retime.py` mends it; `in_band`: what a decoder of the picture must know stands
    in its packets already.
    """

    parts: list[MendedPart] = field(default_factory=list)
    jumps: list[ClockJump] = field(default_factory=list)
    hurts: list[DamagedSpan] = field(default_factory=list)
    changes: list[CodecChange] = field(default_factory=list)
    trembles: int = 0
    clamped: int = 0
    left_out: int = 0
    newer: bool = False
    other: bool = False
    in_band: bool = False

    @property
    def altered(self) -> bool:
        """Whether the packets are no longer those of the recording, or not all in one output."""
        return any(change.kind == SOUND or not self.in_band for change in self.changes)

    @property
    def needed(self) -> bool:
        """Whether a player could not follow the recording as it is."""
        return bool(self.jumps or self.hurts or self.changes or self.clamped or self.left_out)


class _FlvScan:
    """Goes through a recording once and decides what becomes of each tag."""

    def __init__(self) -> None:
        self.plan = MendPlan()
        self._clock = MendedClock()
        self._now: dict[int, bytes] = {}
        self._heads: dict[int, MendedPacket] = {}
        self._length_bytes = 4
        self._units, self._changed = b"", False
        self._last_ms = 0
        self._hurt_at: FlvDamage | None = None
        self._waiting: dict[int, bytes] = {}
        self._odd_ones: dict[int, int] = {}
        self._part = MendedPart()
        self._earlier: MendedPart | None = None
        self.strange = False

    def take(self, one: FlvTag | FlvDamage) -> None:
        if isinstance(one, FlvDamage):
            if self._hurt_at is None:
                self._hurt_at = one
            return
        if one.kind == SCRIPT or len(one.payload) < 2:
            return
        if one.kind == PICTURE:
            self._picture(one)
        else:
            self._sound(one)

    def _picture(self, tag: FlvTag) -> None:
        head = tag.payload
        if head[0] & _ENHANCED and _is_enhanced(head):
            self.plan.newer = True
        elif head[0] & 0x8F != AVC or len(head) < HEAD_BYTES[PICTURE]:
            self._odd(tag)
        elif head[1] == SET_UP:
            self._new_picture(tag)
        elif head[1] == DATA and len(head) > HEAD_BYTES[PICTURE]:
            if PICTURE not in self._now:
                self.plan.left_out += 1
                return
            if not codec_config.is_whole(head[HEAD_BYTES[PICTURE] :], self._length_bytes):
                self._leave_out(tag)
                return
            self._add(tag, int.from_bytes(head[2:5], "big", signed=True), key=head[0] >> 4 == KEYFRAME)

    def _sound(self, tag: FlvTag) -> None:
        if tag.payload[0] >> 4 == _ENHANCED_SOUND and _is_enhanced(tag.payload):
            self.plan.newer = True
        elif tag.payload[0] >> 4 != AAC:
            self._odd(tag)
        elif tag.payload[1] == SET_UP:
            self._new_sound(tag)
        elif len(tag.payload) > HEAD_BYTES[SOUND]:
            if SOUND not in self._now:
                self.plan.left_out += 1
                return
            self._add(tag, 0, key=False)

    def _new_picture(self, tag: FlvTag) -> None:
        data = tag.payload[HEAD_BYTES[PICTURE] :]
        if self._now.get(PICTURE) == data:
            return
        known = codec_config.avc(data)
        if known is None or (PICTURE in self._now and not codec_config.names_its_units(known)):
            self._leave_out(tag)
            return
        if PICTURE not in self._now:
            self._length_bytes = known.length_bytes
            self._units = codec_config.in_stream(known, self._length_bytes)
            self._begin(tag, data)
            return
        if known.length_bytes != self._length_bytes:
            self.strange = True
        self._waiting[PICTURE] = self._waiting.get(PICTURE, self._now[PICTURE])
        self._now[PICTURE], self._changed = data, True
        self._units = codec_config.in_stream(known, self._length_bytes)

    def _new_sound(self, tag: FlvTag) -> None:
        data = tag.payload[HEAD_BYTES[SOUND] :]
        if self._now.get(SOUND) == data or not data:
            return
        if SOUND in self._now and not codec_config.is_aac(data):
            self._leave_out(tag)
            return
        if SOUND in self._now and self._part.packets.get(SOUND):
            self._waiting[SOUND] = self._now[SOUND]
            # Pictures up to the next keyframe can only be shown with those before them.
            self._earlier = self._part if self._part.packets.get(PICTURE) else None
            self._finish_part()
            self._part = MendedPart()
            if self._earlier is None and PICTURE in self._heads:
                self._part.pieces.append(self._heads[PICTURE])
        self._begin(tag, data)

    def _begin(self, tag: FlvTag, data: bytes) -> None:
        piece = MendedPacket(tag.at, len(tag.payload), tag.kind, 0, set_up=True)
        self._now[tag.kind] = data
        self._heads[tag.kind] = piece
        self._part.pieces.append(piece)

    def _finish_part(self) -> None:
        if self._part.packets:
            self.plan.parts.append(self._part)

    def _odd(self, tag: FlvTag) -> None:
        """A tag of another codec: damage where it stands alone, and else a file of a kind of its own."""
        self._odd_ones[tag.kind] = self._odd_ones.get(tag.kind, 0) + 1
        self.strange |= tag.kind not in self._now or self._odd_ones[tag.kind] > _ODD_ONES
        self._leave_out(tag)

    def _leave_out(self, tag: FlvTag) -> None:
        """Pass over a packet, or a set-up, that is not whole."""
        self.plan.left_out += 1
        if self._hurt_at is None:
            self._hurt_at = FlvDamage(tag.at, tag.at + len(tag.payload))

    def _add(self, tag: FlvTag, shift_ms: int, *, key: bool) -> None:
        placed_ms = self._clock.place(tag.kind, tag.time_ms)
        self._odd_ones.pop(tag.kind, None)
        if self._hurt_at is not None:
            hurt = self._hurt_at
            start_ms = min(self._last_ms, placed_ms)
            self.plan.hurts.append(DamagedSpan(start_ms, placed_ms, hurt.at, hurt.end - hurt.at))
            self._hurt_at = None
        part, needs = self._part, b""
        if tag.kind == PICTURE:
            if self._earlier is not None and key:
                self._earlier = None
                part.pieces.insert(0, self._heads[PICTURE])
            part = self._earlier or part
            if key or self._changed:
                needs, self._changed = self._units, False
        part.pieces.append(MendedPacket(tag.at, len(tag.payload), tag.kind, placed_ms, needs=needs))
        count = part.packets.get(tag.kind, 0)
        before, now = self._waiting.pop(tag.kind, None), self._now[tag.kind]
        if before is not None and before != now:
            self.plan.changes.append(CodecChange(placed_ms, tag.kind, before, now, count))
        part.packets[tag.kind] = count + 1
        part.first_ms = min(part.first_ms, placed_ms + shift_ms)
        part.end_ms = max(part.end_ms, placed_ms + shift_ms)
        self._last_ms = max(self._last_ms, placed_ms)

    def finish(self) -> MendPlan:
        self._finish_part()
        if self._hurt_at is not None:
            hurt = self._hurt_at
            self.plan.hurts.append(
                DamagedSpan(self._last_ms, self._last_ms, hurt.at, hurt.end - hurt.at, torn=True)
            )
        if any(change.kind == PICTURE for change in self.plan.changes):
            # In front of every keyframe, also of those before the change: a player may jump to any of them.
            for part in self.plan.parts:
                part.pieces = [replace(one, prefix=one.needs) if one.needs else one for one in part.pieces]
        clock = self._clock
        self.plan.jumps, self.plan.trembles, self.plan.clamped = clock.jumps, clock.trembles, clock.clamped
        return self.plan


def _is_enhanced(head: bytes) -> bool:
    """Whether a codec is named, as in every tag of enhanced RTMP, and not only its mark is set."""
    return _ENHANCED_CODECS.search(head, 1, _ENHANCED_HEAD_BYTES) is not None


def plan_of(path: Path, look_up: LookUp) -> MendPlan | None:
    """What is to be mended in an FLV of H.264 and AAC; None when nothing is, or when it is no such file.

    Raises OSError when it cannot be read.
    """
    scan = _FlvScan()
    with path.open("rb", buffering=0) as file:
        if not tags.is_header(read_at(file.fileno(), 4, 0)):
            return None
        for one in _walk(file.fileno(), look_up):
            scan.take(one)
            if scan.plan.newer:
                return scan.plan
            if scan.strange:
                return None
    plan = scan.finish()
    return plan if plan.parts and plan.needed else None


def write(source: Path, part: MendedPart, target: Path, look_up: LookUp) -> None:
    """Write the part to `target`, and read it back: its packets are those of the recording.

    Raises:
        OSError: the recording cannot be read, or the disk refused the copy.
        MediaError: what was read back is not what was to be written.
    """
    wanted = hashlib.blake2b()
    with source.open("rb", buffering=0) as file, target.open("wb") as made:
        made.write(tags.HEADER)
        for number, piece in enumerate(part.pieces):
            payload = read_at(file.fileno(), piece.size, piece.at)
            wanted.update(payload)
            time_ms = 0 if piece.set_up else max(piece.time_ms, 0)
            head = HEAD_BYTES[piece.kind]
            made.write(tags.tag_of(piece.kind, time_ms, payload[:head] + piece.prefix + payload[head:]))
            if number % 512 == 0:
                look_up(0.0)
    if _read_back(target, part, look_up) != wanted.digest():
        raise MediaError(
            f"What was read of {source.name} is not what was written.",
            "Process it again; take another disk if this happens twice.",
        )


def _read_back(target: Path, part: MendedPart, look_up: LookUp) -> bytes:
    """The hash of the packets in the file, without what was put in front of their units."""
    found = hashlib.blake2b()
    with target.open("rb", buffering=0) as file:
        for piece, tag in itertools.zip_longest(part.pieces, _tags(file.fileno(), look_up)):
            if piece is None or tag is None:
                return b""
            head = HEAD_BYTES[piece.kind]
            found.update(tag.payload[:head] + tag.payload[head + len(piece.prefix) :])
    return found.digest()


def _walk(file: int, look_up: LookUp) -> Iterator[FlvTag | FlvDamage]:
    return tags.walk(partial(read_at, file), os.fstat(file).st_size, look_up)


def _tags(file: int, look_up: LookUp) -> Iterator[FlvTag | None]:
    for one in _walk(file, look_up):
        yield one if isinstance(one, FlvTag) else None
