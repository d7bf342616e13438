"""The proof: a hash over every stream's packets, equal in the recording and in what was made of it.

FLV, MKV and MP4 carry the same packets, so their hashes are compared as they are, and equal those of
`ffmpeg -i FILE -map 0 -c copy -f streamhash -hash murmur3 -`. MPEG-TS carries the same frames in another
wrapping: H.264 and HEVC with start codes, and with the parameter sets repeated in the stream; AAC with a
header on every frame. There both sides are brought to one form before they are hashed: start codes, coded
slices alone (the parameter sets stand in the MP4's header), AAC without the repeated header. So for TS the
hash covers every coded picture and every sound frame, byte by byte, and not the repeated headers.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

import ffmpeg

from stagebox.media import runner
from stagebox.media.job import HashKind
from stagebox.media.packets import PacketScan
from stagebox.media.probe import Probe, StreamInfo

_TS_PICTURE = {
    "h264": "h264_mp4toannexb,filter_units=pass_types=1-5",
    "hevc": "hevc_mp4toannexb,filter_units=pass_types=0-31",
}
_TS_SOUND = {"aac": "aac_adtstoasc"}


@dataclass(slots=True)
class StreamHashes:
    """Hash of each stream as `murmur3:<hex>`, by stream number; `consume` takes `streamhash` output."""

    kind: HashKind
    by_stream: dict[int, str] = field(default_factory=dict)

    def consume(self, stream: IO[bytes]) -> None:
        """Read `streamhash` lines ("0,v,MD5=…") to their end."""
        for line in stream:
            number, _, rest = line.partition(b",")
            _, _, digest = rest.partition(b"=")
            self.by_stream[int(number)] = f"{self.kind}:{digest.decode('ascii').strip().lower()}"


def same_form(streams: Sequence[StreamInfo], *, container: str, source_container: str) -> dict[str, str]:
    """Options that bring the packets of one file into the form in which they are hashed.

    Args:
        streams: the streams in the order in which they are mapped.
        container: what the file at hand is.
        source_container: what the recording is; only MPEG-TS needs anything.
    """
    if source_container != "mpegts":
        return {}
    filters = {}
    for position, stream in enumerate(streams):
        if stream.codec in _TS_PICTURE:
            filters[f"bsf:{position}"] = _TS_PICTURE[stream.codec]
        elif stream.codec in _TS_SOUND and container == "mpegts":
            filters[f"bsf:{position}"] = _TS_SOUND[stream.codec]
    return filters


def hash_file(
    path: Path,
    streams: Sequence[StreamInfo],
    kinds: Sequence[HashKind] = ("md5",),
    *,
    source_container: str,
    scan: PacketScan | None = None,
    deadline_s: float,
    cancel: runner.Cancel | None = None,
) -> dict[HashKind, dict[int, str]] | None:
    """Hashes of each of the first `len(streams)` streams of a file that was made of `streams`, by kind.

    None says that the file cannot be read back. `scan` takes its packets' times, when it is given.
    """
    hashes = [StreamHashes(kind) for kind in kinds]
    same = same_form(streams, container="mp4", source_container=source_container)
    with runner.ExtraPipes() as pipes:
        opened = ffmpeg.input(runner.file_url(path), **runner.INPUT_OPTIONS)
        mapped = [opened[str(position)] for position in range(len(streams))]
        outputs = [
            ffmpeg.output(
                *mapped, pipes.open(one.consume), format="streamhash", hash=one.kind, c="copy", **same
            )
            for one in hashes
        ]
        if scan is not None:
            outputs.append(ffmpeg.output(*mapped, pipes.open(scan.consume), format="framecrc", c="copy"))
        argv = ffmpeg.merge_outputs(*outputs).get_args()
        done = runner.run(
            [runner.tool("ffmpeg"), *runner.FFMPEG_OPTIONS, "-y", *argv],
            deadline_s=deadline_s,
            cancel=cancel,
            pipes=pipes,
        )
        pipes.join()
    if done.exit_code != 0:
        return None
    return {one.kind: one.by_stream for one in hashes}


def hash_segments(
    probes: Sequence[Probe],
    streams: Sequence[StreamInfo],
    *,
    deadline_s: float,
    cancel: runner.Cancel | None = None,
) -> dict[int, str]:
    """Hash of each stream over all segments, read one after the other, each by itself.

    This is what the joined output must hold: it does not rest on the way in which they were joined.
    """
    digests = [hashlib.md5(usedforsecurity=False) for _ in streams]
    container = probes[0].container
    for probe in probes:
        with runner.ExtraPipes() as pipes:
            opened = ffmpeg.input(runner.file_url(probe.path), **runner.INPUT_OPTIONS, **runner.WHOLE_ONLY)
            filters = same_form(streams, container=container, source_container=container)
            outputs = [
                ffmpeg.output(
                    opened[str(stream.index)],
                    pipes.open(partial(_digest, digests[position])),
                    format="data",
                    c="copy",
                    **({"bsf:0": filters[f"bsf:{position}"]} if f"bsf:{position}" in filters else {}),
                )
                for position, stream in enumerate(streams)
            ]
            argv = ffmpeg.merge_outputs(*outputs).get_args()
            runner.run(
                [runner.tool("ffmpeg"), *runner.FFMPEG_OPTIONS, "-y", *argv],
                deadline_s=deadline_s,
                cancel=cancel,
                pipes=pipes,
            )
            pipes.join()
    return {position: f"md5:{digest.hexdigest()}" for position, digest in enumerate(digests)}


def _digest(digest: "hashlib._Hash", stream: IO[bytes]) -> None:
    while chunk := stream.read(1 << 18):
        digest.update(chunk)
