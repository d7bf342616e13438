"""Reads one sound track with PyAV: packets go in, what `sound.SoundMeter` measured of them comes out.

Long recordings are heard in part: two seconds of every eight. Where such a part is suspicious (silent,
clipped, choppy), the recording is heard in full from the part before to the part after. A silence of ten
seconds cannot miss a whole part, so its edges are as exact as if everything had been decoded.
"""

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from stagebox.media.analysis.frames import BAD_DATA, AnyPacket
from stagebox.media.analysis.sound import PART_S, Samples, SoundFacts, SoundMeter, as_float

PERIOD_S = 8.0
HEARD_IN_FULL_S = 600.0
"""Recordings up to this long are decoded in full: it costs less than a second."""
WARM_UP_PACKETS = 6
"""Decoding starts so many packets early; AAC overlaps two, MP3 and Opus look back further."""
KEPT_WARM_UP = 2
"""The last packets of the warm-up are right already, and overlap with what was heard before."""


class SoundReader:
    """Feed it every packet of one audio stream, then `finish`.

    Args:
        stream: the stream; the reader opens a decoder of its own.
        origin_s: presentation time that counts as 0, in seconds.
        length_s: the expected length; 0 when unknown.
        meter: takes the samples.
        shortest_silence_s: the shortest silence that must be found exactly.
    """

    def __init__(
        self,
        stream: AudioStream,
        *,
        origin_s: float,
        length_s: float,
        meter: SoundMeter,
        shortest_silence_s: float,
    ) -> None:
        source = stream.codec_context
        self._decoder = cast(AudioCodecContext, AudioCodecContext.create(source.codec.name, "r"))
        self._decoder.extradata = source.extradata
        self._decoder.sample_rate = source.sample_rate
        self._decoder.layout = source.layout
        self._time_base = float(stream.time_base or 0) or 0.001
        # The container's clock is too coarse for it, and cuts it off.
        self._frame_s = source.frame_size / source.sample_rate // self._time_base * self._time_base
        self._origin_s = origin_s
        self._meter = meter
        period_s = min(PERIOD_S, shortest_silence_s - PART_S)
        in_full = length_s <= HEARD_IN_FULL_S or period_s < 1.5 * PART_S
        self._period_s = PART_S if in_full else period_s
        self._block = 0
        self._part: list[AnyPacket] = []
        self._rest: list[AnyPacket] = []
        self._skipped: tuple[Sequence[AnyPacket], Sequence[AnyPacket]] | None = None
        """The warm-up and the packets of the last block's rest, when it has not been heard."""
        self._tail: list[AnyPacket] = []

    def feed(self, packet: AnyPacket) -> None:
        """Take the next packet in the file's order."""
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None or packet.size == 0:
            return
        time_s = stamp * self._time_base - self._origin_s
        self._meter.reach(time_s + float(packet.duration or 0) * self._time_base)
        block = int(time_s // self._period_s)
        if block != self._block:
            self._close_block()
        self._block = block
        inside = time_s - block * self._period_s < PART_S
        (self._part if inside else self._rest).append(packet)

    def finish(self) -> SoundFacts:
        """Return what was heard, once every packet has been fed."""
        self._close_block()
        # What follows the last part has no later part to vouch for it.
        self._hear_skipped()
        self._take(self._decode(None))
        return self._meter.facts()

    def feed_all(self, packets: Sequence[AnyPacket], times_s: NDArray[np.float64]) -> Iterator[float]:
        """Take all packets of the track, instead of feeding them; yields how far it is, in seconds.

        Args:
            packets: in the file's order; only those that are heard are taken out.
            times_s: when they begin, ascending, in seconds.
        """
        self._meter.reach(float(times_s[-1]) + self._frame_s)
        blocks = times_s // self._period_s
        inside = times_s - blocks * self._period_s < PART_S
        ends = [*np.flatnonzero(np.diff(blocks)) + 1, len(packets)]
        start = 0
        for end in ends:
            middle = start + int(np.count_nonzero(inside[start:end]))
            self._hear_block(packets[start:middle], packets[middle:end])
            start = end
            yield float(times_s[end - 1])

    def _close_block(self) -> None:
        part, rest = self._part, self._rest
        self._part, self._rest = [], []
        if part or rest:
            self._hear_block(part, rest)

    def _hear_block(self, part: Sequence[AnyPacket], rest: Sequence[AnyPacket]) -> None:
        if self._skipped is not None:
            # The decoder has not seen the packets in between.
            self._warm(self._tail)
        suspicious = self._hear(part, is_part=True)
        if suspicious:
            if self._skipped is not None and self._skipped[1]:
                self._hear_skipped()
                self._warm(part[-WARM_UP_PACKETS:])
            self._skipped = None
            self._hear(rest, is_part=False)
        else:
            self._skipped = (part[-WARM_UP_PACKETS:], rest) if rest else None
        last = [*part[-WARM_UP_PACKETS:], *rest[-WARM_UP_PACKETS:]]
        self._tail = [*self._tail, *last][-WARM_UP_PACKETS:]

    def _hear_skipped(self) -> None:
        if self._skipped is None:
            return
        warm_up, packets = self._skipped
        self._skipped = None
        self._warm(warm_up)
        self._hear(packets, is_part=False)

    def _hear(self, packets: Sequence[AnyPacket], *, is_part: bool) -> bool:
        if not packets:
            return False
        samples: list[Samples] = []
        for packet in packets:
            samples += self._decode(packet)
        return self._take(samples, is_part=is_part)

    def _warm(self, packets: Sequence[AnyPacket]) -> None:
        """Make the decoder ready for the packet that follows `packets`."""
        self._decoder.flush_buffers()
        samples: list[Samples] = []
        for number, packet in enumerate(packets):
            decoded = self._decode(packet)
            if number >= len(packets) - KEPT_WARM_UP:
                samples += decoded
        self._take(samples)

    def _take(self, samples: Sequence[Samples], *, is_part: bool = False) -> bool:
        return self._meter.take(samples, is_part=is_part)

    def _decode(self, packet: AnyPacket | None) -> list[Samples]:
        try:
            frames = self._decoder.decode(packet)
        except BAD_DATA:
            return []
        return [
            Samples(frame.pts * self._time_base - self._origin_s, frame.sample_rate, as_float(frame))
            for frame in frames
            if frame.pts is not None
        ]
