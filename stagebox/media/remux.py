"""Reads a recording once: copies its streams unchanged to MP4 or MKV, hashes and measures them on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from stagebox.media import proof, runner
from stagebox.media.packets import PacketScan
from stagebox.media.probe import Probe, StreamInfo

MP4_CODECS = frozenset(
    {
        *("h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "png"),
        *("aac", "mp3", "mp2", "ac3", "eac3", "dts", "opus", "flac", "alac", "mov_text"),
    }
)
"""Codecs that ffmpeg's MP4 muxer stores and its demuxer gives back unchanged."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is kept of a recording, in which container; `why_not_mp4` and `left_out` say what could not be."""

    container: str
    streams: tuple[StreamInfo, ...]
    left_out: tuple[StreamInfo, ...] = ()
    why_not_mp4: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The output's file name extension."""
        return ".mp4" if self.container == "mp4" else ".mkv"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of the recording gave: hashes by position in the plan, packets, ffmpeg's words."""

    hashes: Mapping[int, str]
    packets: PacketScan
    said: str
    exit_code: int


def plan(probe: Probe) -> Plan:
    """Which streams are kept, and whether MP4 can carry them.

    A track that only repeats the chapter marks, and data that neither MP4 nor MKV can carry, is left out.
    """
    kept, left_out, reasons = [], [], []
    for stream in probe.streams:
        if stream.kind in ("video", "audio", "subtitle"):
            kept.append(stream)
            if stream.codec not in MP4_CODECS:
                reasons.append(stream.codec)
        elif stream.kind == "attachment":
            kept.append(stream)
            reasons.append(f"an attached {stream.codec} file")
        elif not (stream.tag == "text" and probe.chapters):
            left_out.append(stream)
    return Plan("matroska" if reasons else "mp4", tuple(kept), tuple(left_out), tuple(dict.fromkeys(reasons)))


def read(
    probe: Probe,
    kept: Plan,
    target: Path | None,
    *,
    metadata: Mapping[str, str] | None = None,
    deadline_s: float,
    cancel: runner.Cancel | None = None,
    progress: Callable[[float], None] | None = None,
) -> Reading:
    """Read the recording from end to end; with `target`, write the copy there.

    The source is opened for reading only. `exit_code` is ffmpeg's: with a full disk it is not 0.
    """
    hashes, packets = proof.Hashes(), PacketScan()
    with runner.Pipes() as pipes:
        source = ffmpeg.input(runner.file_url(probe.path), **runner.INPUT_OPTIONS)
        mapped = [source[str(stream.index)] for stream in kept.streams]
        outputs = [
            ffmpeg.output(
                *mapped,
                pipes.open(hashes.consume),
                format="streamhash",
                hash="md5",
                c="copy",
                **proof.same_form(kept.streams, container=probe.container, source_container=probe.container),
            ),
            ffmpeg.output(*mapped, pipes.open(packets.consume), format="framecrc", c="copy"),
        ]
        if target is not None:
            options = _container(kept, metadata or {})
            outputs.insert(0, ffmpeg.output(*mapped, runner.file_url(target), c="copy", **options))
        argv = [
            runner.tool("ffmpeg"),
            *runner.FFMPEG_OPTIONS,
            *ffmpeg.merge_outputs(*outputs).get_args(),
            "-y",
            *("-progress", pipes.open(runner.watch_progress(probe.duration_s, progress or _ignore))),
        ]
        done = runner.run(argv, deadline_s=deadline_s, cancel=cancel, pipes=pipes)
        pipes.join()
    return Reading(hashes.by_stream, packets, done.stderr, done.exit_code)


def _container(kept: Plan, metadata: Mapping[str, str]) -> dict[str, Any]:
    options: dict[str, Any] = {"format": kept.container, "map_metadata": 0, "map_chapters": 0}
    for number, (key, value) in enumerate(metadata.items()):
        options[f"metadata:g:{number}"] = f"{key}={value}"
    if kept.container == "mp4":
        options["movflags"] = "+faststart"
    return options


def _ignore(share: float) -> None:
    del share
