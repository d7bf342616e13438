"""What the installed ffmpeg is too old for is read by PyAV's newer libraries.

FLV with HEVC, AV1 or several tracks: OBS has written such files since 29.1 ("enhanced RTMP"), and ffmpeg
reads them from 7.1 on. Here their packets become an MP4 that every ffmpeg reads, which then stands in for
the recording.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from stagebox.model.errors import MediaError

if TYPE_CHECKING:
    import av

LookUp = Callable[[float], None]
_OPTIONS = {"protocol_whitelist": "file", "fflags": "+discardcorrupt"}
_KINDS = ("video", "audio")
Stamped = dict[int, "hashlib.blake2b"]


def make(source: Path, target: Path, look_up: LookUp) -> bool:
    """Write the packets of `source` into the MP4 `target`; False when these libraries cannot read it either.

    Raises:
        OSError: one of the files cannot be read or written.
        MediaError: what was read back is not what was written.
    """
    # Few recordings need it, and it takes a while to load.
    import av

    try:
        with av.open(f"file:{source}", options=_OPTIONS) as opened:
            wanted = [stream for stream in opened.streams if stream.type in _KINDS and stream.codec_context]
            if not wanted:
                return False
            hashes: Stamped = {number: hashlib.blake2b() for number in range(len(wanted))}
            with av.open(f"file:{target}", "w", format="mp4") as made:
                numbers = {}
                for number, stream in enumerate(wanted):
                    copy = made.add_stream_from_template(stream, opaque=True)
                    copy.metadata.update(stream.metadata)
                    numbers[stream.index] = (number, copy)
                for packet in _packets(opened, wanted, look_up):
                    number, copy = numbers[packet.stream_index]
                    hashes[number].update(bytes(packet))
                    packet.stream = copy
                    made.mux(packet)
    except av.FFmpegError:
        return False
    if not _same(target, hashes, look_up):
        raise MediaError(
            f"What was read of {source.name} is not what was written.",
            "Process it again; take another disk if this happens twice.",
        )
    return True


def _packets(
    opened: "av.container.InputContainer", wanted: "list[av.stream.Stream]", look_up: LookUp
) -> "Iterator[av.Packet[av.stream.Stream]]":
    for count, packet in enumerate(opened.demux(wanted)):
        if count % 512 == 0:
            look_up(0.0)
        if packet.size and packet.dts is not None:
            yield packet


def _same(target: Path, hashes: Stamped, look_up: LookUp) -> bool:
    import av

    found: Stamped = {number: hashlib.blake2b() for number in hashes}
    with av.open(f"file:{target}", options=_OPTIONS) as opened:
        if len(opened.streams) != len(hashes):
            return False
        for packet in _packets(opened, list(opened.streams), look_up):
            found[packet.stream_index].update(bytes(packet))
    return all(found[number].digest() == hashes[number].digest() for number in hashes)
