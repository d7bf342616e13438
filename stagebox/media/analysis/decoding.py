"""The decoders of one stream of pictures: for keyframes, whole groups, and some pictures of a group."""

from collections.abc import Iterator, Sequence
from typing import cast

from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from stagebox.media.analysis.frame_classifier import YuvFrame
from stagebox.media.analysis.frames import BAD_DATA, AnyPacket, picture_of


class PictureDecoders:
    """Decodes what is asked for; what cannot be decoded is left out. `decoded` counts the pictures.

    Args:
        stream: the stream, which is only read; the decoders are their own.
        origin_s: presentation time that counts as 0, in seconds.
        time_base_s: the unit of the packets' times, in seconds.
    """

    def __init__(self, stream: VideoStream, origin_s: float, time_base_s: float) -> None:
        self.decoded = 0
        self._origin_s = origin_s
        self._time_base_s = time_base_s
        self._key = _decoder(stream, threads=False)
        self._all = _decoder(stream, threads=True)
        self._some = _decoder(stream, threads=True)

    def key(self, packet: AnyPacket) -> VideoFrame | None:
        """Return the picture of a keyframe, None when it has none."""
        frames: list[VideoFrame] = []
        try:
            frames += self._key.decode(packet)
            frames += self._key.decode(None)
        except BAD_DATA:
            pass
        self._key.flush_buffers()
        self.decoded += len(frames)
        return frames[0] if frames else None

    def next(self, packet: AnyPacket | None) -> Iterator[tuple[float, YuvFrame]]:
        """Decode the next packet, None at the end; gives when pictures are shown, in seconds, and them."""
        try:
            frames = self._all.decode(packet)
        except BAD_DATA:
            return
        self.decoded += len(frames)
        for frame in frames:
            if frame.pts is not None:
                yield self._time_s(frame.pts), picture_of(frame)

    def begin_anew(self) -> None:
        """Forget what `next` was given."""
        self._all.flush_buffers()

    def some(
        self, packets: Sequence[AnyPacket], times_s: Sequence[float], wanted: set[float]
    ) -> Iterator[tuple[float, YuvFrame]]:
        """Give the pictures that are shown at the wanted times (in seconds, rounded to 0.1 ms), and when.

        Args:
            packets: from a keyframe on, in the file's order.
            times_s: when each is shown, in seconds.
            wanted: the times, rounded.
        """
        self._some.flush_buffers()
        for packet, at_s in zip([*packets, None], [*times_s, max(wanted)], strict=True):
            # Of what comes long before, only the pictures that others are made from.
            self._some.skip_frame = "DEFAULT" if round(at_s, 4) in wanted else "NONREF"
            try:
                frames = self._some.decode(packet)
            except BAD_DATA:
                continue
            self.decoded += len(frames)
            for frame in frames:
                at = round(self._time_s(frame.pts), 4) if frame.pts is not None else None
                if at in wanted:
                    yield at, picture_of(frame)

    def _time_s(self, stamp: int) -> float:
        return stamp * self._time_base_s - self._origin_s


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
