"""Reads the picture of one recording: packets go in one by one, stretches of what was seen come out.

Packets are kept for two groups of pictures at a time. When the next keyframe is known, `gops.must_decode`
says whether the group can hold anything; most cannot, and are dropped undecoded.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from stagebox.media.analysis.frames import BAD_DATA, AnyPacket, picture_of, thumbnail
from stagebox.media.analysis.gops import H264_IDR, effective_size, first_picture_byte, plan_for, scale_for
from stagebox.media.analysis.look import SPECIAL, Kind, Signature, look_at, same_picture, signature
from stagebox.media.analysis.picture import PictureFacts, Stretch

MOST_PACKETS = 1500
MOST_BYTES = 64_000_000
"""A group of pictures longer than this is decoded as it comes, so that memory stays bounded."""
CHECK_S = 60.0
"""At least this often a keyframe is looked at, whatever its size: proof that sizes can be trusted here."""
ASK_PICTURES = 16
"""So many pictures are looked at where one is asked for: as many as may be made from a later one."""
FILM_PICTURES = 60


class SizesMisleadError(Exception):
    """A keyframe that looked busy by its size was black or uniform: only decoding helps here."""


@dataclass(slots=True)
class _Gop:
    packets: Sequence[AnyPacket] = ()
    times_s: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    bytes: int = 0
    kind: Kind | None = None
    signature: Signature | None = None


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
        self._stills = stills
        self._trust_sizes = trust_sizes
        self._check_s = min(CHECK_S, max(length_s, 1.0) / FILM_PICTURES)
        self._film_s = max(1.0, length_s / FILM_PICTURES)
        self._next_check_s = -1e9
        self._next_film_s = -1e9
        self._key_decoder = _decoder(stream, threads=False)
        self._all_decoder = _decoder(stream, threads=True)
        self._asking_decoder = _decoder(stream, threads=True)
        self._longest_group = 0
        self._misled = False
        self._waiting: _Gop | None = None
        self._current: _Gop | None = None
        self._collected: list[AnyPacket] = []
        """The packets of the current group, when they are fed one by one."""
        self._endless = False
        self._stretches: list[Stretch] = []
        self._film: list[tuple[float, bytes]] = []
        self._still_from_s: float | None = None
        self._still_signature: Signature | None = None
        self._still_stretches: list[Stretch] = []
        self._last_s = 0.0
        self._frames_decoded = 0
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

    def finish(self) -> PictureFacts:
        """Return what was seen, once every packet has been fed."""
        self._close_group()
        if self._waiting is not None:
            self._judge(self._waiting, None)
            self._waiting = None
        end_s = self._last_s + self._frame_s
        self._end_still(end_s)
        return PictureFacts(
            length_s=end_s if self._packets else 0.0,
            stretches=tuple(_joined(self._stretches, end_s)),
            stills=tuple(self._still_stretches),
            film=tuple(self._film),
            packets=self._packets,
            frames_decoded=self._frames_decoded,
        )

    def _is_entry(self, packet: AnyPacket) -> bool:
        """Whether decoding can start here. With intra refresh, what is marked as a keyframe is none."""
        if self._codec != "h264":
            return True
        first = first_picture_byte(memoryview(packet), self._codec, annex_b=self._annex_b)
        if first is None or first & 0x1F == H264_IDR:
            return True
        return self._decode_key(packet) is not None

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
        if self._waiting is not None:
            self._judge(self._waiting, done)
        self._waiting = done

    def _judge(self, gop: _Gop, following: _Gop | None) -> None:
        order = sorted(range(len(gop.sizes)), key=gop.times_s.__getitem__)
        times_s = [gop.times_s[at] for at in order]
        sizes = [gop.sizes[at] for at in order]
        kind = self._kind_of(gop)
        next_kind = self._kind_of(following) if following is not None else None
        if self._stills:
            self._note_stills(gop, times_s, sizes)
        end_s = following.times_s[0] if following is not None else self._last_s + self._frame_s
        # The longest length again: the next keyframe was due. Else it came because the picture changed.
        regular = len(sizes) == self._longest_group
        self._longest_group = max(self._longest_group, len(sizes))
        early = [at for at, time_s in enumerate(following.times_s) if time_s < end_s] if following else []
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
        if plan.whole or self._any_special(gop, plan.ask_s):
            leading = following.packets[: early[-1] + 1] if following is not None and early else ()
            self._take_frames(self._decode([*gop.packets, *leading]), gop.times_s[0], end_s)
        else:
            self._add(Stretch(gop.times_s[0], end_s, kind))

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
        decoder = self._asking_decoder
        decoder.flush_buffers()
        packets = zip([*gop.packets[: last + 1], None], [*gop.times_s[: last + 1], max(wanted)], strict=True)
        for packet, at_s in packets:
            # Of what comes long before, only the pictures that others are made from.
            decoder.skip_frame = "DEFAULT" if round(at_s, 4) in wanted else "NONREF"
            try:
                frames = decoder.decode(packet)
            except BAD_DATA:
                continue
            self._frames_decoded += len(frames)
            for frame in frames:
                if frame.pts is None:
                    continue
                at = round(frame.pts * self._time_base - self._origin_s, 4)
                if at in wanted:
                    if look_at(picture_of(frame), self._cards) in SPECIAL:
                        return True
                    unseen = [one for one in unseen if at not in one]
        return bool(unseen)  # of what cannot be decoded, nothing is known

    def _kind_of(self, gop: _Gop) -> Kind:
        if gop.kind is not None:
            return gop.kind
        gop.kind = Kind.PICTURE
        start_s = gop.times_s[0]
        plain = gop.sizes[0] <= self._scale.plain_key_bytes
        due = start_s >= self._next_check_s
        calm = (bool(self._cards) or self._stills) and self._is_calm(gop)
        if not (plain or due or calm):
            return gop.kind
        frame = self._decode_key(gop.packets[0])
        if frame is None:
            return gop.kind
        picture = picture_of(frame)
        gop.kind = look_at(picture, self._cards)
        if calm:
            gop.signature = signature(picture)
        if due:
            self._next_check_s = start_s + self._check_s
        if start_s >= self._next_film_s:
            self._next_film_s = start_s + self._film_s
            self._film.append((max(0.0, start_s), thumbnail(frame)))
        misled = gop.kind in (Kind.BLACK, Kind.UNIFORM) and not plain
        if misled and self._misled:
            raise SizesMisleadError
        if misled:
            # One such keyframe may lie in a fade. If the next one is flat, too, sizes say nothing here.
            self._next_check_s = start_s
        self._misled = misled
        return gop.kind

    def _is_calm(self, gop: _Gop) -> bool:
        changes = gop.sizes[1:]
        quiet = sum(size <= self._scale.low_bytes for size in changes)
        return 2 * quiet >= len(changes)

    # Stills

    def _note_stills(self, gop: _Gop, times_s: list[float], sizes: list[int]) -> None:
        """Follow the current still stretch through one group: from the last change to the next one."""
        if gop.signature is None and self._still_from_s is not None and self._is_calm(gop):
            frame = self._decode_key(gop.packets[0])
            gop.signature = signature(picture_of(frame)) if frame is not None else None
        known, seen = self._still_signature, gop.signature
        # A stretch that began inside the last group has shown no keyframe yet to compare with.
        if known is not None and (seen is None or not same_picture(known, seen)):
            self._end_still(times_s[0])
        if self._still_from_s is None:
            self._still_from_s = times_s[0]
        self._still_signature = seen
        for time_s, size in zip(times_s[1:], sizes[1:], strict=True):
            if size > self._scale.still_bytes:
                self._end_still(time_s)
                self._still_from_s = time_s

    def _end_still(self, at_s: float) -> None:
        start_s, self._still_from_s = self._still_from_s, None
        self._still_signature = None
        if self._stills and start_s is not None and at_s - start_s >= self._shortest_s:
            self._still_stretches.append(Stretch(start_s, at_s, Kind.PICTURE))

    # Decoding

    def _decode_key(self, packet: AnyPacket) -> VideoFrame | None:
        frames: list[VideoFrame] = []
        try:
            frames += self._key_decoder.decode(packet)
            frames += self._key_decoder.decode(None)
        except BAD_DATA:
            pass
        self._key_decoder.flush_buffers()
        self._frames_decoded += len(frames)
        return frames[0] if frames else None

    def _decode(self, packets: Sequence[AnyPacket]) -> list[tuple[float, Kind]]:
        seen: list[tuple[float, Kind]] = []
        for packet in packets:
            seen += self._seen(packet)
        return seen + self._drain()

    def _drain(self) -> list[tuple[float, Kind]]:
        seen = self._seen(None)
        self._all_decoder.flush_buffers()
        return seen

    def _seen(self, packet: AnyPacket | None) -> list[tuple[float, Kind]]:
        try:
            frames = self._all_decoder.decode(packet)
        except BAD_DATA:
            return []
        self._frames_decoded += len(frames)
        return [
            (frame.pts * self._time_base - self._origin_s, look_at(picture_of(frame), self._cards))
            for frame in frames
            if frame.pts is not None
        ]

    def _go_endless(self) -> None:
        gop = self._current
        assert gop is not None
        if self._waiting is not None:
            self._judge(self._waiting, gop)
            self._waiting = None
        self._end_still(gop.times_s[0])
        self._endless = True
        for packet in gop.packets:
            self._decode_on(packet)
        self._collected = []
        self._current = _Gop(self._collected)

    def _decode_on(self, packet: AnyPacket) -> None:
        self._take_frames(self._seen(packet), -1e9, 1e18)

    def _take_frames(self, seen: list[tuple[float, Kind]], start_s: float, end_s: float) -> None:
        """Each picture is shown until the next one; the last one's end is where the next stretch starts."""
        inside = sorted(pair for pair in seen if start_s - 1e-6 <= pair[0] < end_s - 1e-6)
        for number, (time_s, kind) in enumerate(inside):
            last = number + 1 == len(inside)
            until_s = min(end_s, time_s + self._frame_s) if last else inside[number + 1][0]
            self._add(Stretch(time_s, until_s, kind))

    def _add(self, stretch: Stretch) -> None:
        if self._stretches and self._stretches[-1].kind is stretch.kind:
            before = self._stretches[-1]
            stretch = Stretch(before.start_s, max(before.end_s, stretch.end_s), stretch.kind)
            self._stretches[-1] = stretch
        else:
            self._stretches.append(stretch)


def _decoder(stream: VideoStream, *, threads: bool) -> VideoCodecContext:
    source = stream.codec_context
    context = cast(VideoCodecContext, VideoCodecContext.create(source.codec.name, "r"))
    context.extradata = source.extradata
    context.width, context.height = source.width, source.height
    context.thread_type = "AUTO" if threads else "SLICE"
    context.thread_count = 0 if threads else 1
    if not threads:
        # Deblocking costs a fifth and changes nothing that matters in a flat keyframe.
        context.options = {"skip_loop_filter": "all"}
    return context


def _joined(stretches: Sequence[Stretch], end_s: float) -> list[Stretch]:
    """Neighbours of one kind become one stretch; each ends where the next starts; special kinds remain."""
    joined: list[Stretch] = []
    ordered = sorted(stretches, key=lambda stretch: stretch.start_s)
    for number, stretch in enumerate(ordered):
        until_s = ordered[number + 1].start_s if number + 1 < len(ordered) else max(stretch.end_s, end_s)
        if joined and joined[-1].kind is stretch.kind:
            joined[-1] = Stretch(joined[-1].start_s, until_s, stretch.kind)
        else:
            joined.append(Stretch(stretch.start_s, until_s, stretch.kind))
    return [stretch for stretch in joined if stretch.kind in SPECIAL]
