"""Reads one sound track with PyAV: packets go in, what `SoundMeter` measured of them comes out.

Long recordings are heard in part: two seconds of every eight, or one where that one has nothing doubtful in
it; loudness and speech are judged by every third. Where such a part is suspicious (silent, clipped, choppy),
the recording is heard in full from the part before to the part after. A silence of ten seconds cannot miss a
whole part, so its edges are as exact as if everything had been decoded.
"""

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from stagebox.media.analysis.frames import BAD_DATA, AnyPacket
from stagebox.media.analysis.sound_meter import (
    PART_S,
    AudioTrackFacts,
    SoundMeter,
    SoundOddities,
    SoundSamples,
    as_float,
)

PERIOD_S = 8.0
HEARD_IN_FULL_S = 600.0
"""Recordings up to this long are decoded in full: it costs less than a second."""
FIRST_S = 1.0
"""What is heard of a part at first, in seconds."""
JUDGED_EVERY = 3
"""So many parts are there for each that is heard to its end in any case, and judged."""
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
        self._in_full = length_s <= HEARD_IN_FULL_S or period_s < 1.5 * PART_S
        self._period_s = PART_S if self._in_full else period_s
        self._block = 0
        self._waiting: list[AnyPacket] = []
        """The packets of the current block, `_in_first` and `_in_part` so many of them."""
        self._in_first = self._in_part = 0
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
        self._waiting.append(packet)
        since_s = time_s - block * self._period_s
        self._in_first += since_s < FIRST_S
        self._in_part += since_s < PART_S

    def finish(self) -> AudioTrackFacts:
        """Return what was heard, once every packet has been fed."""
        self._close_block()
        # What follows the last part has no later part to vouch for it.
        self._hear_skipped()
        self._meter.take(self._decode(None), is_part=False)
        return self._meter.facts()

    def feed_all(self, packets: Sequence[AnyPacket], times_s: NDArray[np.float64]) -> Iterator[float]:
        """Take all packets of the track, instead of feeding them; yields how far it is, in seconds.

        Args:
            packets: in the file's order; only those that are heard are taken out.
            times_s: when they begin, ascending, in seconds.
        """
        self._meter.reach(float(times_s[-1]) + self._frame_s)
        blocks = range(int(times_s[0] // self._period_s), int(times_s[-1] // self._period_s) + 1)
        start = 0
        for block in blocks:
            block_s = block * self._period_s
            limits_s = (block_s + FIRST_S, block_s + PART_S, block_s + self._period_s)
            # Times are sorted: what would be an array as long as the recording is three searches.
            first, part, end = (int(at) for at in np.searchsorted(times_s, limits_s))
            if block == blocks[-1]:
                end = len(packets)
            if end > start:
                self._hear_block(block, packets[start:end], first - start, part - start)
                start = end
                yield float(times_s[end - 1])

    def _close_block(self) -> None:
        packets, self._waiting = self._waiting, []
        first, part, self._in_first, self._in_part = self._in_first, self._in_part, 0, 0
        if packets:
            self._hear_block(self._block, packets, first, part)

    def _hear_block(self, block: int, packets: Sequence[AnyPacket], first: int, part: int) -> None:
        """Hear what must be heard of a block, of which `first` and `part` packets are for its part."""
        if self._skipped is not None:
            # The decoder has not seen the packets in between.
            self._warm(self._tail)
        is_judged = self._in_full or block % JUDGED_EVERY == 0
        reach = part if is_judged else first
        heard = self._hear(packets[:reach], is_part=is_judged)
        if reach < part and heard.doubtful:
            heard += self._hear(packets[reach:part], is_part=False)
            reach = part
        rest = packets[reach:]
        warm_up = packets[max(0, reach - WARM_UP_PACKETS) : reach]
        if heard.suspicious:
            if self._skipped is not None and self._skipped[1]:
                self._hear_skipped()
                self._warm(warm_up)
            self._skipped = None
            self._hear(rest, is_part=False)
        else:
            self._skipped = (warm_up, rest) if rest else None
        self._tail = [*self._tail, *packets[-WARM_UP_PACKETS:]][-WARM_UP_PACKETS:]

    def _hear_skipped(self) -> None:
        if self._skipped is None:
            return
        warm_up, packets = self._skipped
        self._skipped = None
        self._warm(warm_up)
        self._hear(packets, is_part=False)

    def _hear(self, packets: Sequence[AnyPacket], *, is_part: bool) -> SoundOddities:
        samples: list[SoundSamples] = []
        for packet in packets:
            samples += self._decode(packet)
        return self._meter.take(samples, is_part=is_part)

    def _warm(self, packets: Sequence[AnyPacket]) -> None:
        """Make the decoder ready for the packet that follows `packets`."""
        self._decoder.flush_buffers()
        samples: list[SoundSamples] = []
        for number, packet in enumerate(packets):
            decoded = self._decode(packet)
            if number >= len(packets) - KEPT_WARM_UP:
                samples += decoded
        self._meter.take(samples, is_part=False)

    def _decode(self, packet: AnyPacket | None) -> list[SoundSamples]:
        try:
            frames = self._decoder.decode(packet)
        except BAD_DATA:
            return []
        return [
            SoundSamples(frame.pts * self._time_base - self._origin_s, frame.sample_rate, as_float(frame))
            for frame in frames
            if frame.pts is not None
        ]
