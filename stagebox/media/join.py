"""Several segments of one session become one recording: in order, unchanged, each gap marked.

Segments are put end to end, so a gap is a cut in the output, marked by a chapter and a finding.
"""

import contextlib
import hashlib
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from stagebox.media import remux, runner
from stagebox.media.probe import Chapter, Probe, StreamInfo
from stagebox.media.remux import RemuxSource
from stagebox.media.thresholds import TOUCH_S
from stagebox.model.figures import lasting


@dataclass(frozen=True, slots=True)
class SegmentCut:
    """Segment `number` (from 1) begins at `at_s`; `gap_s` of the session are missing there, if known.

    `seamless`: OBS split its recording there by itself, and nothing is missing. `asked`: a person asked that
    it be joined there; `gap_s` less than 0 is what both have.
    """

    number: int
    at_s: float
    gap_s: float | None
    seamless: bool = False
    asked: bool = False


def groups(probes: Sequence[Probe]) -> list[list[int]]:
    """Positions of segments that can be joined, in order; one group when all have the same streams."""
    found: list[list[int]] = []
    for position, probe in enumerate(probes):
        if found and _signature(probes[found[-1][-1]]) == _signature(probe):
            found[-1].append(position)
        else:
            found.append([position])
    return found


def shape_of(probe: Probe) -> str:
    """A fingerprint of what must be the same in recordings that can be joined."""
    return hashlib.sha256(repr(_signature(probe)).encode()).hexdigest()[:16]


def form(probe: Probe) -> Mapping[str, Any]:
    """What is kept of a recording, to know later whether another one goes on where it ended."""
    picture = next(iter(probe.of_kind("video")), None)
    rate = float(picture.frame_rate) if picture is not None and picture.frame_rate is not None else 0.0
    told = {"shape": shape_of(probe), "rate": round(rate, 3), "tagged": probe.tags.get("creation_time", "")}
    return {"recorded": told}


def misfits(one: Probe, other: Probe) -> list[str]:
    """In what two recordings differ so that they cannot be joined, in words; empty when they can."""
    if _signature(one) == _signature(other):
        return []
    if one.container != other.container:
        return [f"one is {_container(one)}, the other {_container(other)}"]
    mine, theirs = (
        {kind: [s for s in probe.streams if s.kind == kind] for kind in _KINDS} for probe in (one, other)
    )
    told = [
        f"one has {len(mine[kind])} {_KINDS[kind]}, the other {len(theirs[kind])}"
        for kind in _KINDS
        if len(mine[kind]) != len(theirs[kind])
    ]
    for kind in _KINDS:
        for left, right in zip(mine[kind], theirs[kind], strict=False):
            pairs = zip(_described(left), _described(right), strict=True)
            told += [f"{a} and {b}" for a, b in pairs if a != b]
    return list(dict.fromkeys(told)) or ["the encoder was set up in another way"]


_KINDS = {"video": "pictures", "audio": "sound tracks", "subtitle": "subtitles", "data": "data tracks"}


def _container(probe: Probe) -> str:
    return {"flv": "an FLV", "mpegts": "a TS"}.get(
        probe.container, "an MKV" if "matroska" in probe.container else "an MP4 or MOV"
    )


def _described(stream: StreamInfo) -> tuple[str, ...]:
    if stream.kind == "video":
        return stream.codec, f"{stream.width} × {stream.height}", stream.pixel_format
    return stream.codec, f"{stream.sample_rate_hz / 1000:g} kHz", f"{stream.channels} channels"


def _signature(probe: Probe) -> tuple[object, ...]:
    return (
        probe.container,
        *(
            (s.kind, s.codec, s.width, s.height, s.pixel_format, s.sample_rate_hz, s.channels, s.setup_hash)
            for s in probe.streams
        ),
    )


def cuts(
    durations_s: Sequence[float],
    starts_s: Sequence[float],
    expected_s: float | None,
    splits: Collection[int] = (),
) -> tuple[SegmentCut, ...]:
    """Where the segments after the first begin, and how much of the session is missing before each.

    Args:
        durations_s: how long each segment is.
        starts_s: when each began by the session's clock; empty when unknown.
        expected_s: how long the session was; it tells the one gap of two segments when `starts_s` is unknown.
        splits: positions of segments that go on where the one before ended.
    """
    found, at_s = [], 0.0
    for position, duration_s in enumerate(durations_s[:-1]):
        at_s += duration_s
        gap_s: float | None = None
        if position + 1 in splits:
            found.append(SegmentCut(position + 2, at_s, 0.0, seamless=True))
            continue
        if len(starts_s) == len(durations_s):
            gap_s = max(starts_s[position + 1] - starts_s[position] - duration_s, 0.0)
        elif expected_s is not None and len(durations_s) == 2:
            gap_s = max(expected_s - sum(durations_s), 0.0)
        found.append(SegmentCut(position + 2, at_s, gap_s))
    return tuple(found)


def asked_cuts(durations_s: Sequence[float], gaps_s: Sequence[float | None]) -> tuple[SegmentCut, ...]:
    """Where the parts after the first begin in what a person asked to be joined.

    Args:
        durations_s: how long each part is.
        gaps_s: what is missing between each and the next, as `Job.gaps_s`.
    """
    ends_s = accumulate(durations_s)
    return tuple(
        SegmentCut(number, end_s, gap_s, seamless=gap_s is not None and abs(gap_s) <= TOUCH_S, asked=True)
        for number, (end_s, gap_s) in enumerate(zip(ends_s, gaps_s, strict=False), 2)
    )


def splits_of(sources: Sequence[Path], splits: Collection[int], chosen: Sequence[Probe]) -> frozenset[int]:
    """Positions in `chosen` of segments that go on where the one before them in `chosen` ended.

    Args:
        sources: the session's segments, in order; `splits` are positions in it.
    """
    order = {path: number for number, path in enumerate(sources)}
    places = [order[probe.path] for probe in chosen]
    return frozenset(
        number
        for number, place in enumerate(places)
        if number and place in splits and places[number - 1] == place - 1
    )


def split_starts(starts_s: Sequence[float], chosen: Sequence[Probe], splits: Collection[int]) -> list[float]:
    """When each segment began: one that OBS split off begins where the one before ended, by its packets."""
    found: list[float] = []
    for number, start_s in enumerate(starts_s):
        found.append(found[-1] + chosen[number - 1].duration_s if number in splits else start_s)
    return found


def measured(probe: Probe, *, cancel: runner.Cancel | None = None) -> Probe:
    """The segment with the length that its packets have; its own word for it when none can be read.

    A file that was cut off in the middle of a packet says that it is 0 seconds long, or as long as it likes.

    Raises:
        MediaError: ffmpeg is absent, does not end, or was cancelled.
    """
    kept = remux.plan(probe)
    if not kept.streams:
        return probe
    deadline_s = runner.deadline_for(probe.size_bytes)
    reading = remux.read(
        remux.single(probe), probe.container, kept, None, kind="murmur3", deadline_s=deadline_s, cancel=cancel
    )
    return replace(probe, duration_s=reading.packets.duration_s or probe.duration_s)


def as_one(probes: Sequence[Probe]) -> Probe:
    """What the joined recording is, as far as it is known before it is read."""
    chapters, at_s = [], 0.0
    for probe in probes:
        chapters += [Chapter(mark.start_s + at_s, mark.end_s + at_s, mark.title) for mark in probe.chapters]
        at_s += probe.duration_s
    return replace(
        probes[0],
        size_bytes=sum(probe.size_bytes for probe in probes),
        duration_s=at_s,
        chapters=tuple(chapters),
    )


@contextlib.contextmanager
def source(probes: Sequence[Probe], marks: Sequence[SegmentCut]) -> Iterator[RemuxSource]:
    """The segments as one input for ffmpeg, put end to end."""
    one = as_one(probes)
    lengths_s = [probe.duration_s for probe in probes]
    with opened(probes, lengths_s, one.duration_s, _chapters(one, marks)) as joined:
        yield joined


@contextlib.contextmanager
def opened(
    probes: Sequence[Probe], lengths_s: Sequence[float], duration_s: float, chapters: Sequence[Chapter]
) -> Iterator[RemuxSource]:
    """The segments as one input for ffmpeg, each taking `lengths_s` seconds, all together `duration_s`.

    A segment that is shorter than its time leaves a jump in the timestamps, in which its last picture stands.
    The list that ffmpeg reads names links without special characters, and stands in a folder of its own.
    """
    with tempfile.TemporaryDirectory(prefix="stagebox-join-") as name:
        folder = Path(name)
        lines = ["ffconcat version 1.0"]
        for position, (probe, length_s) in enumerate(zip(probes, lengths_s, strict=True)):
            link = folder / f"segment{position:04}"
            link.symlink_to(probe.path.absolute())
            lines += [f"file 'file:{link}'", f"duration {length_s:.6f}"]
        listing = folder / "segments.ffconcat"
        listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
        named = folder / "chapters.ffmeta"
        named.write_text(_as_text(chapters, duration_s), encoding="utf-8")
        yield RemuxSource(
            runner.file_url(listing),
            {
                "format": "concat",
                "safe": "0",
                "auto_convert": "0",
                **runner.WHOLE_ONLY,
                "protocol_whitelist": runner.INPUT_OPTIONS["protocol_whitelist"],
                "format_whitelist": f"concat,{runner.ALLOWED_FORMATS}",
            },
            duration_s,
            named,
        )


def _chapters(one: Probe, marks: Sequence[SegmentCut]) -> list[Chapter]:
    marks = [cut for cut in marks if cut.asked or not cut.seamless]
    if not marks:
        return list(one.chapters)
    what = "Part" if marks[0].asked else "Segment"
    named = [Chapter(0.0, 0.0, f"{what} 1")] if not any(mark.start_s == 0 for mark in one.chapters) else []
    named += [Chapter(cut.at_s, 0.0, f"{what} {cut.number}{_after(cut)}") for cut in marks]
    return [*one.chapters, *named]


def _after(cut: SegmentCut) -> str:
    """What a chapter's name says of the gap in front of it."""
    if cut.seamless or (cut.asked and cut.gap_s is None):
        return ""
    if cut.gap_s is not None and cut.gap_s < 0:
        return f", of which {lasting(-cut.gap_s)} were heard before"
    return ", after a gap" + ("" if cut.gap_s is None else f" of {lasting(cut.gap_s)}")


def _as_text(chapters: Sequence[Chapter], duration_s: float) -> str:
    ordered = sorted(chapters, key=lambda mark: mark.start_s)
    ends = [*(mark.start_s for mark in ordered), duration_s][1:]
    lines = [";FFMETADATA1"]
    for mark, end_s in zip(ordered, ends, strict=True):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={mark.start_s * 1000:.0f}"]
        lines += [f"END={max(end_s, mark.start_s) * 1000:.0f}", f"title={_escaped(mark.title)}"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "=;#\\\n" else letter for letter in text)
