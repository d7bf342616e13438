"""Reads the picture of one recording: packets go in one by one, stretches of what was seen come out.

Packets are kept for two groups of pictures at a time. When the next keyframe is known, `gops.must_decode`
says whether the group can hold anything; most cannot, and are dropped undecoded.
"""

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from av.video.stream import VideoStream

from stagebox.media.analysis.decoding import PictureDecoders
from stagebox.media.analysis.fields import glimpse
from stagebox.media.analysis.frame_classifier import (
    SPECIAL,
    FrameKind,
    Signature,
    YuvFrame,
    classify,
    signature,
)
from stagebox.media.analysis.frames import AnyPacket, picture_of, thumbnail
from stagebox.media.analysis.gops import (
    H264_IDR,
    cell_of,
    effective_size,
    first_picture_byte,
    is_restless,
    plan_for,
    scale_for,
)
from stagebox.media.analysis.picture_findings import PictureStretch, VideoTrackFacts, special_only
from stagebox.media.analysis.picture_parts import PicturePartJudge
from stagebox.media.analysis.scene_boxes import SceneBoxJudge
from stagebox.media.analysis.stills import StillDetector

MOST_PACKETS = 1500
MOST_BYTES = 64_000_000
"""A group of pictures longer than this is decoded as it comes, so that memory stays bounded."""
CHECK_S = 60.0
"""At least this often a keyframe is looked at, whatever its size: proof that sizes can be trusted here."""
ASK_PICTURES = 16
"""So many pictures are looked at where one is asked for: as many as may be made from a later one."""
FILM_PICTURES = 60
LASTING = frozenset({FrameKind.SNOW, FrameKind.HALF})
"""Kinds in which every picture is new, and which two keyframes in a row say enough of."""
NEW_LOOKS = 8.0
"""So many keyframes of sizes that are new can be looked at in a row; in all, as many as are due anyway."""
MOST_PART_LOOKS = 3600
"""So many looks at the parts of a recording are remembered."""
PENDING_BYTES = 48_000_000
"""Packets that are kept until the next look, so that what it finds can be followed back to where it began."""


class SizesMisleadError(Exception):
    """A keyframe that looked busy by its size was black or uniform: only decoding helps here."""


@dataclass(slots=True)
class _Gop:
    packets: Sequence[AnyPacket] = ()
    times_s: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    bytes: int = 0
    kind: FrameKind | None = None
    signature: Signature | None = None
    looked: bool = False
    part: bool = False
    """A part of its picture may be wrong."""


class PictureReader:
    """Feed it every packet of one video stream, then `finish`.

    Args:
        stream: the stream, for its codec and size; the reader opens decoders of its own.
        origin_s: presentation time that counts as 0, in seconds.
        shortest_s: the shortest stretch that matters, in seconds.
        length_s: the expected length, for the filmstrip's spacing; 0 when unknown.
        cards: signatures of known "no signal" cards.
        stills: also find where the picture stands still (for camera roles).
        trust_sizes: False decodes every picture.
        staged: takes the looks, too, to judge the boxes of the scene pack.
    """

    def __init__(
        self,
        stream: VideoStream,
        *,
        origin_s: float,
        shortest_s: float,
        length_s: float,
        cards: Sequence[Signature] = (),
        stills: bool = False,
        trust_sizes: bool = True,
        staged: SceneBoxJudge | None = None,
    ) -> None:
        context = stream.codec_context
        self._codec = context.name if context.name in ("h264", "hevc") else stream.codec_context.codec.name
        extradata = context.extradata or b""
        self._annex_b = not extradata or extradata[0] != 1
        self._time_base = float(stream.time_base or 0) or 0.001
        rate = stream.average_rate or stream.base_rate
        self._frame_s = float(1 / rate) if rate else 0.04
        self._scale = scale_for(context.width, context.height, self._codec)
        self._origin_s = origin_s
        self._shortest_s = shortest_s
        self._cards = cards
        self._stills = StillDetector(self._scale.still_bytes, shortest_s) if stills else None
        self._trust_sizes = trust_sizes
        self._check_s = min(CHECK_S, max(length_s, 1.0) / FILM_PICTURES)
        self._film_s = max(1.0, length_s / FILM_PICTURES)
        self._next_check_s = -1e9
        self._next_film_s = -1e9
        self._decoders = PictureDecoders(stream, origin_s, self._time_base)
        self._longest_group = 0
        self._misled = False
        self._parts = PicturePartJudge()
        self._staged = staged or SceneBoxJudge()
        self._part_s = length_s / MOST_PART_LOOKS
        self._next_part_s = -1e9
        self._pending: list[_Gop] = []
        """Groups whose kind is not known yet, after one whose kind is."""
        self._pending_bytes = 0
        self._restless = True
        """In the group that is looked at, no picture is like the one before."""
        self._alert = False
        """The last keyframe that was looked at was no real picture, so the next one is looked at, too."""
        self._ordinary: set[tuple[int, int]] = set()
        self._new_looks = NEW_LOOKS
        self._new_looks_s = 0.0
        self._current: _Gop | None = None
        self._collected: list[AnyPacket] = []
        """The packets of the current group, when they are fed one by one."""
        self._endless = False
        self._stretches: list[PictureStretch] = []
        self._film: list[tuple[float, bytes]] = []
        self._last_s = 0.0
        self._packets = 0

    @property
    def trusts_sizes(self) -> bool:
        """Whether sizes decide what is decoded, so that whole groups can be fed."""
        return self._trust_sizes

    def feed(self, packet: AnyPacket) -> None:
        """Take the next packet in the file's order.

        Raises SizesMisleadError when the recording must be read again with `trust_sizes=False`.
        """
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None or packet.size == 0:
            return
        time_s = stamp * self._time_base - self._origin_s
        self._packets += 1
        self._last_s = max(self._last_s, time_s)
        if packet.is_keyframe and self._is_entry(packet):
            self._close_group()
            self._collected = []
            self._current = _Gop(self._collected)
        elif self._current is None:
            return  # nothing before the first keyframe can be decoded
        if self._endless:
            self._decode_on(packet)
            return
        gop = self._current
        assert gop is not None
        size = packet.size
        if packet.is_keyframe or size <= 4096 or memoryview(packet)[-2] == 0xFF:
            size = effective_size(memoryview(packet), self._codec, annex_b=self._annex_b)
        self._collected.append(packet)
        gop.times_s.append(time_s)
        gop.sizes.append(size)
        gop.bytes += packet.size
        too_long = len(gop.packets) > MOST_PACKETS or gop.bytes > MOST_BYTES
        if too_long or not self._trust_sizes:
            self._go_endless()

    def feed_group(self, packets: Sequence[AnyPacket], times_s: list[float], sizes: list[int]) -> None:
        """Take a whole group of pictures that begins with a keyframe, instead of feeding its packets.

        Args:
            packets: in the file's order; only those that must be decoded are taken out.
            times_s: when they are shown, in seconds.
            sizes: their effective sizes in bytes.
        """
        self._packets += len(packets)
        self._last_s = max(self._last_s, *times_s)
        self._close_group()
        self._current = _Gop(packets, times_s, sizes)

    def finish(self) -> VideoTrackFacts:
        """Return what was seen, once every packet has been fed."""
        self._close_group()
        if self._pending:
            self._settle()
            self._judge(self._pending.pop(), None)
        end_s = self._last_s + self._frame_s
        if self._stills is not None:
            self._stills.end(end_s)
        return VideoTrackFacts(
            length_s=end_s if self._packets else 0.0,
            stretches=tuple(special_only(self._stretches, end_s)),
            stills=tuple(self._stills.stretches) if self._stills is not None else (),
            parts=tuple(self._parts.stretches(end_s)),
            boxes=tuple(self._staged.stretches(end_s)),
            film=tuple(self._film),
            packets=self._packets,
            frames_decoded=self._decoders.decoded,
        )

    def _is_entry(self, packet: AnyPacket) -> bool:
        """Whether decoding can start here. With intra refresh, what is marked as a keyframe is none."""
        if self._codec != "h264":
            return True
        first = first_picture_byte(memoryview(packet), self._codec, annex_b=self._annex_b)
        if first is None or first & 0x1F == H264_IDR:
            return True
        return self._decoders.key(packet) is not None

    # Groups of pictures

    def _close_group(self) -> None:
        if self._endless:
            self._endless = False
            self._take_frames(self._drain(), -1e9, 1e18)
            self._current = None
            return
        done, self._current = self._current, None
        if done is None:
            return
        self._pending.append(done)
        self._pending_bytes += done.bytes
        if len(self._pending) == 1 or self._is_worth_a_look(done):
            self._settle()

    def _settle(self) -> None:
        """Look at the last group that is pending, and know and judge those before it."""
        last = len(self._pending) - 1
        strange = self._look(self._pending[last])
        # What is found now may have begun in a group that was not worth a look.
        at = last - 1
        while strange and at >= 0 and self._pending[at].kind is None:
            strange = self._look(self._pending[at], back=True)
            at -= 1
        for gop in self._pending[: at + 1]:
            gop.kind = gop.kind or FrameKind.PICTURE
        for one, following in itertools.pairwise(self._pending):
            self._judge(one, following)
        del self._pending[:last]
        self._pending_bytes = self._pending[0].bytes

    def _judge(self, gop: _Gop, following: _Gop | None) -> None:
        order = sorted(range(len(gop.sizes)), key=gop.times_s.__getitem__)
        times_s = [gop.times_s[at] for at in order]
        sizes = [gop.sizes[at] for at in order]
        kind = gop.kind or FrameKind.PICTURE
        next_kind = (following.kind or FrameKind.PICTURE) if following is not None else None
        if self._stills is not None:
            self._stills.take(times_s, sizes, gop.signature)
        end_s = following.times_s[0] if following is not None else self._last_s + self._frame_s
        # The longest length again: the next keyframe was due. Else it came because the picture changed.
        regular = len(sizes) == self._longest_group
        self._longest_group = max(self._longest_group, len(sizes))
        early = [at for at, time_s in enumerate(following.times_s) if time_s < end_s] if following else []
        self._restless = is_restless(gop.sizes)
        plan = plan_for(
            sizes,
            times_s,
            kind,
            next_kind,
            self._scale,
            self._shortest_s,
            end_s=end_s,
            regular=regular,
            leading=bool(early),
        )
        if kind is next_kind and kind in LASTING:
            self._add(PictureStretch(gop.times_s[0], end_s, kind))
        elif plan.whole or self._any_special(gop, plan.ask_s):
            leading = following.packets[: early[-1] + 1] if following is not None and early else ()
            self._take_frames(self._decode([*gop.packets, *leading]), gop.times_s[0], end_s)
        else:
            self._add(PictureStretch(gop.times_s[0], end_s, kind))

    def _any_special(self, gop: _Gop, ask_s: Sequence[float]) -> bool:
        """Whether one of the last pictures up to each of these times is not a real picture.

        Not the very last alone: a picture that is made from a later one may show the return already.
        """
        if not ask_s:
            return False
        shown_s = sorted(round(at, 4) for at in gop.times_s)
        ends = [bisect_right(shown_s, at + 1e-4) for at in ask_s]
        unseen = [set(shown_s[max(0, end - ASK_PICTURES) : end]) for end in ends]
        wanted = set().union(*unseen)
        last = max(place for place, at in enumerate(gop.times_s) if round(at, 4) in wanted)
        shown = self._decoders.some(gop.packets[: last + 1], gop.times_s[: last + 1], wanted)
        for at, picture in shown:
            if self._kind_of(picture) in SPECIAL:
                return True
            unseen = [one for one in unseen if at not in one]
        return bool(unseen)  # of what cannot be decoded, nothing is known

    def _is_worth_a_look(self, gop: _Gop) -> bool:
        """Whether the group's keyframe says enough to be worth its decoding."""
        start_s = gop.times_s[0]
        if gop.sizes[0] <= self._scale.plain_key_bytes or start_s >= self._next_check_s or self._alert:
            return True
        if (
            self._pending_bytes > PENDING_BYTES
            or self._stills is not None
            or (self._cards and self._is_calm(gop))
        ):
            return True
        if cell_of(gop.sizes) in self._ordinary:
            return False
        earned = max(0.0, start_s - self._new_looks_s) / self._check_s
        self._new_looks = min(NEW_LOOKS, self._new_looks + earned)
        self._new_looks_s = start_s
        if self._new_looks < 1:
            return False
        self._new_looks -= 1
        return True

    def _look(self, gop: _Gop, *, back: bool = False) -> bool:
        """Look at the group's keyframe; returns whether it, or a part of it, is no real picture.

        `back`: it comes before one that was looked at.
        """
        if gop.looked:
            return gop.kind in SPECIAL or gop.part
        gop.looked, gop.kind = True, FrameKind.PICTURE
        start_s = gop.times_s[0]
        due = start_s >= self._next_check_s
        frame = self._decoders.key(gop.packets[0])
        if frame is None:
            return False
        picture = picture_of(frame)
        self._restless = is_restless(gop.sizes)
        gop.kind = kind = self._kind_of(picture)
        if self._stills is not None:
            gop.signature = signature(picture)
        if kind is FrameKind.PICTURE and back:
            now = glimpse(picture, start_s)
            gop.part = self._parts.take_earlier(now) | self._staged.take_earlier(picture, now)
        elif kind is FrameKind.PICTURE and start_s >= self._next_part_s:
            self._next_part_s = start_s + self._part_s
            now = glimpse(picture, start_s)
            gop.part = self._parts.take(now) | self._staged.take(picture, now)
        strange = kind in SPECIAL or gop.part
        if back:
            return strange
        self._alert = strange
        if due:
            self._next_check_s = start_s + self._check_s
        if start_s >= self._next_film_s:
            self._next_film_s = start_s + self._film_s
            self._film.append((max(0.0, start_s), thumbnail(frame)))
        self._mind_sizes(gop, kind)
        return strange

    def _kind_of(self, picture: YuvFrame) -> FrameKind:
        """What the picture is; where pictures are like the ones before, noise is a photograph of gravel."""
        kind = classify(picture, self._cards)
        return FrameKind.PICTURE if kind is FrameKind.SNOW and not self._restless else kind

    def _mind_sizes(self, gop: _Gop, kind: FrameKind) -> None:
        """Remember which sizes real pictures have. Raises SizesMisleadError when flat ones have the same."""
        cell = cell_of(gop.sizes)
        if kind is FrameKind.PICTURE:
            self._ordinary.add(cell)
        plain = gop.sizes[0] <= self._scale.plain_key_bytes
        misled = kind in (FrameKind.BLACK, FrameKind.UNIFORM) and not plain and cell in self._ordinary
        if misled and self._misled:
            raise SizesMisleadError
        # One such keyframe may lie in a fade. If the next one is flat, too, sizes say nothing here.
        self._misled = misled

    def _is_calm(self, gop: _Gop) -> bool:
        changes = gop.sizes[1:]
        quiet = sum(size <= self._scale.low_bytes for size in changes)
        return 2 * quiet >= len(changes)

    # Decoding

    def _decode(self, packets: Sequence[AnyPacket]) -> list[tuple[float, FrameKind]]:
        seen: list[tuple[float, FrameKind]] = []
        for packet in packets:
            seen += self._seen(packet)
        return seen + self._drain()

    def _drain(self) -> list[tuple[float, FrameKind]]:
        seen = self._seen(None)
        self._decoders.begin_anew()
        return seen

    def _seen(self, packet: AnyPacket | None) -> list[tuple[float, FrameKind]]:
        return [(at_s, self._kind_of(picture)) for at_s, picture in self._decoders.next(packet)]

    def _go_endless(self) -> None:
        gop = self._current
        assert gop is not None
        if self._pending:
            self._pending.append(gop)
            self._settle()
            self._pending.clear()
            self._pending_bytes = 0
        if self._stills is not None:
            self._stills.end(gop.times_s[0])
        self._endless = True
        self._restless = True
        for packet in gop.packets:
            self._decode_on(packet)
        self._collected = []
        self._current = _Gop(self._collected)

    def _decode_on(self, packet: AnyPacket) -> None:
        self._take_frames(self._seen(packet), -1e9, 1e18)

    def _take_frames(self, seen: list[tuple[float, FrameKind]], start_s: float, end_s: float) -> None:
        """Each picture is shown until the next one; the last one's end is where the next stretch starts."""
        inside = sorted(pair for pair in seen if start_s - 1e-6 <= pair[0] < end_s - 1e-6)
        for number, (time_s, kind) in enumerate(inside):
            last = number + 1 == len(inside)
            until_s = min(end_s, time_s + self._frame_s) if last else inside[number + 1][0]
            self._add(PictureStretch(time_s, until_s, kind))

    def _add(self, stretch: PictureStretch) -> None:
        if self._stretches and self._stretches[-1].kind is stretch.kind:
            before = self._stretches[-1]
            stretch = PictureStretch(before.start_s, max(before.end_s, stretch.end_s), stretch.kind)
            self._stretches[-1] = stretch
        else:
            self._stretches.append(stretch)
