"""Reads a recording once: copies its streams unchanged to MP4 or MKV, hashes and measures them on the way."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ffmpeg

from stagebox.media import runner, stream_hashes
from stagebox.media.job import HashKind
from stagebox.media.packets import PacketScan
from stagebox.media.probe import Probe, StreamInfo

MP4_CODECS = frozenset(
    {
        *("h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "png"),
        *("aac", "mp3", "mp2", "ac3", "eac3", "dts", "opus", "flac", "alac", "mov_text"),
    }
)
"""Codecs that ffmpeg's MP4 muxer stores and its demuxer gives back unchanged."""


INDEX_TOO_LARGE = "reserved_moov_size is too small"
"""What ffmpeg says when the room left for the index did not do."""

_INDEX_BYTES_A_PACKET = 32
_INDEX_SPARE_BYTES = 64 << 10
_LONGEST_S = 24 * 3600.0
_MOST_FRAMES_A_SECOND = 130.0


@dataclass(frozen=True, slots=True)
class RemuxPlan:
    """What is kept of a recording, in which container; `why_not_mp4` and `left_out` say what could not be.

    `without_packets` are streams that the recording announces, but of which it holds nothing.
    """

    container: str
    streams: tuple[StreamInfo, ...]
    left_out: tuple[StreamInfo, ...] = ()
    without_packets: tuple[StreamInfo, ...] = ()
    why_not_mp4: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The output's file name extension."""
        return ".mp4" if self.container == "mp4" else ".mkv"


@dataclass(frozen=True, slots=True)
class RemuxSource:
    """What ffmpeg opens, with which options; `chapters` is a file of chapter marks to be used instead.

    `duration_s` is what the container says, and may be wrong; `size_bytes` is 0 where it is not known.
    """

    url: str
    options: Mapping[str, str]
    duration_s: float
    chapters: Path | None = None
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class RemuxResult:
    """What one reading of the recording gave: hashes by position in the plan, packets, ffmpeg's words.

    `hashes` is None, or `packets` empty, where they were not wanted.
    """

    hashes: Mapping[int, str] | None
    packets: PacketScan
    said: str
    exit_code: int


def plan(probe: Probe) -> RemuxPlan:
    """Which streams are kept, and whether MP4 can carry them.

    A track that only repeats the chapter marks, and data that neither MP4 nor MKV can carry, is left out.
    """
    kept: list[StreamInfo] = []
    left_out: list[StreamInfo] = []
    reasons: list[str] = []
    for stream in probe.streams:
        if stream.kind == "subtitle" and stream.codec == "text":
            left_out.append(stream)  # an FLV's script tags, which ffmpeg takes for text
        elif stream.kind in ("video", "audio", "subtitle"):
            kept.append(stream)
            if stream.codec not in MP4_CODECS:
                reasons.append(stream.codec)
        elif stream.kind == "attachment":
            kept.append(stream)
            reasons.append(f"an attached {stream.codec} file")
        elif not (stream.tag == "text" and probe.chapters):
            left_out.append(stream)
    return RemuxPlan(
        "matroska" if reasons else "mp4",
        tuple(kept),
        left_out=tuple(left_out),
        why_not_mp4=tuple(dict.fromkeys(reasons)),
    )


def as_matroska(kept: RemuxPlan, reason: str) -> RemuxPlan:
    """The same streams as an MKV, because MP4 refused them."""
    return replace(kept, container="matroska", why_not_mp4=(reason,))


def without(kept: RemuxPlan, positions: Collection[int]) -> RemuxPlan:
    """The plan without the streams at these positions, of which there are no packets."""
    return replace(
        kept,
        streams=tuple(s for n, s in enumerate(kept.streams) if n not in positions),
        without_packets=tuple(s for n, s in enumerate(kept.streams) if n in positions),
    )


def scan_of(streams: Sequence[StreamInfo], container: str) -> PacketScan:
    """What is to take the packets of these streams, of a file of this kind."""
    timed = {n for n, stream in enumerate(streams) if stream.kind in ("video", "audio")}
    timed -= {n for n, stream in enumerate(streams) if stream.attached_picture}
    aside = frozenset(range(len(streams))) - timed if timed else frozenset[int]()
    return PacketScan(hides=container.startswith("mov"), timeless=aside)


def single(probe: Probe) -> RemuxSource:
    """One recording as an input for ffmpeg."""
    return RemuxSource(
        runner.file_url(probe.path),
        runner.INPUT_OPTIONS | runner.WHOLE_ONLY,
        probe.duration_s,
        size_bytes=probe.size_bytes,
    )


def read(
    source: RemuxSource,
    container: str,
    kept: RemuxPlan,
    target: Path | None,
    *,
    metadata: Mapping[str, str] | None = None,
    kind: HashKind | None = "murmur3",
    room_for_index: bool = True,
    measure: bool = True,
    packets_kept: Mapping[int, int] | None = None,
    deadline_s: float,
    cancel: runner.Cancel | None = None,
    progress: Callable[[float], None] | None = None,
) -> RemuxResult:
    """Read the recording from end to end; with `target`, write the copy there.

    The source is opened for reading only. `exit_code` is ffmpeg's: with a full disk it is not 0.

    Args:
        container: what the recording is, by ffprobe's name.
        kind: which hash to take of the packets; None takes none.
        room_for_index: leave room for an MP4's index at its front, as much as it is likely to need; without,
            the data is moved up when the index is known, which costs another pass over the file.
        measure: take packets; False only copies.
        packets_kept: how many packets are kept of the streams at these positions; of others, all.
    """
    hashes, packets = stream_hashes.StreamHashes(kind or "murmur3"), scan_of(kept.streams, container)
    with runner.ExtraPipes() as pipes:
        opened = ffmpeg.input(source.url, **source.options)
        mapped = [opened[str(stream.index)] for stream in kept.streams]
        same_form = stream_hashes.same_form(kept.streams, container=container, source_container=container)
        fewer = {f"bsf:{n}": f"noise=drop=gte(n\\,{most})" for n, most in (packets_kept or {}).items()}
        same_form = fewer | {
            key: f"{fewer[key]},{filters}" if key in fewer else filters for key, filters in same_form.items()
        }
        outputs = []
        if kind is not None:
            outputs.append(
                ffmpeg.output(
                    *mapped, pipes.open(hashes.consume), format="streamhash", hash=kind, c="copy", **same_form
                )
            )
        if measure:
            outputs.append(
                ffmpeg.output(*mapped, pipes.open(packets.consume), format="framecrc", c="copy", **fewer)
            )
        if target is not None:
            options = _container(kept, metadata or {}, chapters_from=1 if source.chapters else 0)
            if kept.container == "mp4":
                room = index_bytes(kept, source.duration_s, source.size_bytes) if room_for_index else 0
                options |= {"moov_size": room} if room else {"movflags": "+faststart"}
            outputs.insert(0, ffmpeg.output(*mapped, runner.file_url(target), c="copy", **options, **fewer))
        argv = ffmpeg.merge_outputs(*outputs).get_args()
        if source.chapters is not None:
            # ffmpeg-python leaves out an input of which no stream is mapped.
            after = argv.index(source.url) + 1
            argv[after:after] = ["-f", "ffmetadata", "-i", runner.file_url(source.chapters)]
        watcher = runner.watch_progress(source.duration_s, progress or _ignore)
        done = runner.run(
            [runner.tool("ffmpeg"), *runner.FFMPEG_OPTIONS, *argv, "-y", "-progress", pipes.open(watcher)],
            deadline_s=deadline_s,
            cancel=cancel,
            pipes=pipes,
        )
        pipes.join()
    return RemuxResult(hashes.by_stream if kind is not None else None, packets, done.stderr, done.exit_code)


def _container(kept: RemuxPlan, metadata: Mapping[str, str], *, chapters_from: int) -> dict[str, Any]:
    options: dict[str, Any] = {"format": kept.container, "map_metadata": 0, "map_chapters": chapters_from}
    for number, (key, value) in enumerate(metadata.items()):
        options[f"metadata:g:{number}"] = f"{key}={value}"
    for position, stream in enumerate(kept.streams):
        if kept.container == "mp4" and stream.tags.get("title"):
            # ffmpeg keeps a track's title in MP4 only under this name, which players show.
            options[f"metadata:s:{position}"] = f"handler_name={stream.tags['title']}"
        if kept.container == "mp4" and stream.codec == "hevc":
            options[f"tag:{position}"] = "hvc1"  # QuickTime and Safari play no hev1
    if kept.container == "mp4" and any(stream.codec == "flac" for stream in kept.streams):
        options["strict"] = "experimental"  # ffmpeg 5.1 still calls FLAC in MP4 that
    return options


def index_bytes(kept: RemuxPlan, duration_s: float, size_bytes: int = 0) -> int:
    """Room for the index of an MP4 of this length and size; 0 when it cannot be foreseen.

    Each packet takes up to 28 bytes of it (time, composition time, size, position); some is left to spare.
    """
    rates = {
        "video": max((float(s.frame_rate or 0) for s in kept.streams if s.kind == "video"), default=0.0),
        "audio": sum(s.sample_rate_hz / 960 for s in kept.streams if s.kind == "audio"),
    }
    if not 0 < duration_s < _LONGEST_S or rates["video"] > _MOST_FRAMES_A_SECOND:
        return 0
    room = int(duration_s * sum(rates.values()) * _INDEX_BYTES_A_PACKET)
    if size_bytes:
        room = min(room, size_bytes // 3)  # a length that so few bytes cannot fill is a wrong word
    return room + _INDEX_SPARE_BYTES


def _ignore(share: float) -> None:
    del share
