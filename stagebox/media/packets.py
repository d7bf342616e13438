"""What the packets of a recording say: counts, lengths, times, and what lacks between them.

ffmpeg's `framecrc` writes a line a packet. Of each packet its presentation time is kept (8 bytes, 16 MB for
eight hours), because what a person sees and hears is in that order, and the copy is held against it.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import IO

import numpy as np
from numpy.typing import NDArray

from stagebox.media.thresholds import SOUND_HOLE_S

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SMALL_HOLE_S = 0.015
"""Several holes this long make one large loss; a packet of AAC sound takes 21 ms."""

SAME_TIME_S = 0.003
"""Times are the same when they are this near: FLV and MKV round to a millisecond, MP4 counts samples."""

MAX_GAPS = 200
MAX_SET_UPS = 20
_NO_SET_UP = (1, 4, 10)
"""Bytes beside a packet that are no decoder's set-up: a stream's number, a word, samples to be left out."""
MAX_SMALL = 100_000
UNTIMED = -(1 << 62)
"""Times below are ffmpeg's word for "unknown"."""


@dataclass(frozen=True, slots=True)
class PacketHole:
    """No packet from `start_s` to `end_s`, seconds from the start of the recording."""

    start_s: float
    end_s: float


@dataclass(slots=True)
class StreamClock:
    """One stream's packets; times in seconds from the first picture or sample that is shown.

    `small` are the holes that only count together: (start, length) in seconds; `usual_s` is the usual step
    from one packet to the next. `pts` are the presentation times in ticks of `time_base`, in the order of
    the file, by ffmpeg's own zero, which is the same for all streams.
    """

    time_base: Fraction
    packets: int = 0
    size_bytes: int = 0
    first_s: float = 0.0
    end_s: float = 0.0
    holes: list[PacketHole] = field(default_factory=list)
    small: list[tuple[float, float]] = field(default_factory=list, compare=False)
    usual_s: float = 0.0
    pts: Ints = field(default_factory=lambda: np.empty(0, np.int64), compare=False, repr=False)

    def seconds(self, ticks: int) -> float:
        """`ticks` of this stream's time base in seconds."""
        return float(ticks * self.time_base)

    def add_hole(self, start: int, end: int) -> None:
        """Remember that nothing is there between two times, in ticks."""
        if len(self.holes) < MAX_GAPS:
            self.holes.append(PacketHole(self.seconds(start), self.seconds(end)))


def clock_of(
    time_base: Fraction, pts: Ints, lengths: Ints | int, origin: int, size_bytes: int
) -> StreamClock:
    """The clock of a stream with these presentation times.

    Args:
        pts: in ticks, in the order of the file.
        lengths: how long each packet is, in ticks; 0 where it is unknown.
        origin: the first moment that is shown, in ticks. What lies before it is hidden.
    """
    # A million sounds for eight hours: each array is let go as soon as it has been used.
    clock = StreamClock(time_base, packets=pts.size, size_bytes=size_bytes, pts=pts)
    timed = pts > UNTIMED
    span = np.broadcast_to(np.asarray(lengths, np.int64), pts.shape)[timed]
    shown = pts[timed]
    if (shown[1:] < shown[:-1]).any():
        order = np.argsort(shown, kind="stable")
        shown, span = shown[order], span[order]
        del order
    shown -= origin
    seen = shown + np.maximum(span, 1) > 0
    if not seen.all():
        shown, span = shown[seen], span[seen]
    del timed, seen
    if not shown.size:
        return clock
    usual = int(np.median(np.diff(shown))) if shown.size > 1 else int(span[0])
    span[span <= 0] = usual
    clock.usual_s = clock.seconds(usual)
    clock.first_s = clock.seconds(max(int(shown[0]), 0))
    ends = np.maximum.accumulate(shown + span)
    clock.end_s = clock.seconds(int(ends[-1]))
    for at in np.flatnonzero(shown[1:] - ends[:-1] > int(SOUND_HOLE_S / time_base)).tolist():
        clock.add_hole(int(ends[at]), int(shown[at + 1]))
    # A clock that trembles is early after it was late: only what is not caught up with is lost.
    late = shown + span
    del shown
    late -= np.cumsum(span, out=span)
    del span
    late = np.minimum.accumulate(late[::-1])[::-1]
    lacks = np.diff(late)
    del late
    limit = max(SMALL_HOLE_S, 0.6 * clock.usual_s)
    for at in np.flatnonzero(lacks > limit / float(time_base))[:MAX_SMALL].tolist():
        clock.small.append((clock.seconds(int(ends[at])), clock.seconds(int(lacks[at]))))
    return clock


_UNSEEN = b"?"
"""Where ffmpeg tells only the length of what a decoder is told, it may be something new each time."""


def _side(fields: list[bytes]) -> bytes:
    """Size and checksum of one piece of data beside a packet."""
    return b",".join(field.strip() for field in fields)


def _set_up(line: bytes) -> bytes:
    """What a `framecrc` line says of data for the decoder: "0x1a2b, F=0x0, S=1, 47" (and its checksum)."""
    fields = [field.strip() for field in line.split(b"S=", 1)[1].split(b",")[1:]]
    for number, told in enumerate(fields):
        if told.startswith(b"0x") or not told.isdigit() or int(told) in _NO_SET_UP:
            continue
        checked = number + 1 < len(fields) and fields[number + 1].startswith(b"0x")
        return _side([told, fields[number + 1] if checked else _UNSEEN])
    return b""


def shown_otherwise(one: Sequence[Floats], other: Sequence[Floats]) -> dict[int, float]:
    """Which streams of two files are not shown at the same times, and from when on, in seconds of the first.

    The times of both may differ by a constant, which is the same for all streams, and by rounding.

    Args:
        one, other: for each stream when its packets are shown, in seconds, in the order of the file.
    """
    apart = [b - a if a.size == b.size else None for a, b in zip(one, other, strict=True)]
    steady = [float(np.median(each)) for each in apart if each is not None and each.size]
    constant = steady[0] if steady else 0.0
    found = {}
    for number, each in enumerate(apart):
        if each is None:
            wrong = np.arange(1)
        else:
            each -= constant
            wrong = np.flatnonzero(np.abs(each, out=each) > SAME_TIME_S)
        if wrong.size:
            start_s = float(one[number].min()) if one[number].size else 0.0
            at = min(int(wrong[0]), max(one[number].size - 1, 0))
            found[number] = float(one[number][at]) - start_s if one[number].size else 0.0
    return found


@dataclass(slots=True)
class PacketScan:
    """All streams' clocks by stream index; `consume` takes ffmpeg's `framecrc` output.

    `hides` says that the container can hide packets before the time 0 (MOV and MP4, by an edit list).
    `timeless` are streams (subtitles, data) that do not say when the recording begins. `set_ups` are the
    places at which a decoder is told something new in the middle: stream and time in seconds, the first
    ones.
    """

    streams: dict[int, StreamClock] = field(default_factory=dict)
    hides: bool = field(default=False, compare=False)
    timeless: frozenset[int] = field(default=frozenset(), compare=False)
    set_ups: list[tuple[int, float]] = field(default_factory=list, compare=False)

    @property
    def duration_s(self) -> float:
        """The end of the last packet of picture or sound, in seconds."""
        return max((clock.end_s for clock in self.streams.values()), default=0.0)

    def consume(self, stream: IO[bytes]) -> None:
        """Read `framecrc` lines to their end: "stream, dts, pts, duration, size, checksum…"."""
        # A line a packet, 280,000 an hour: what is done for each of them is counted in microseconds.
        bases: dict[int, Fraction] = {}
        pts: dict[int, array[int]] = {}
        spans: dict[int, array[int]] = {}
        sizes: dict[int, int] = {}
        known: dict[int, bytes] = {}
        changes: list[tuple[int, int]] = []
        for line in stream:
            if line[:1] == b"#":
                if line.startswith(b"#extradata "):  # "#extradata 0:       47, 0x1a2b3c4d"
                    number, _, told = line[11:].partition(b":")
                    known[int(number)] = _side(told.split(b","))
                if line.startswith(b"#tb "):  # "#tb 0: 1/1000"
                    number, _, told = line[4:].partition(b":")
                    bases[int(number)] = Fraction(told.decode().strip())
                    pts[int(number)], spans[int(number)], sizes[int(number)] = array("q"), array("q"), 0
                continue
            fields = line.split(b",", 5)
            index = int(fields[0])
            if not int(fields[4]) and b"S=" not in fields[5]:
                continue  # a damaged table tells of it; there is nothing in it, and no muxer writes it
            pts[index].append(int(fields[2]))
            spans[index].append(int(fields[3]))
            sizes[index] += int(fields[4])
            if b"S=" in fields[5]:
                side = _set_up(fields[5])
                if side and (side != known.get(index) or side.endswith(_UNSEEN)):
                    known[index] = side
                    changes.append((index, int(fields[2])))
        times = {
            index: np.frombuffer(one, np.int64) if one else np.empty(0, np.int64)
            for index, one in pts.items()
        }
        start_s = 0.0 if self.hides else self._start_s(bases, times)
        for index, base in bases.items():
            length = np.frombuffer(spans[index], np.int64) if spans[index] else np.empty(0, np.int64)
            self.streams[index] = clock_of(base, times[index], length, round(start_s / base), sizes[index])
        self.set_ups = [(n, float(pts * bases[n]) - start_s) for n, pts in changes[:MAX_SET_UPS]]

    def shown_s(self) -> list[Floats]:
        """When each stream's packets are shown, by ffmpeg's zero, in seconds, in the order of the file."""
        return [np.multiply(clock.pts, float(clock.time_base)) for _, clock in sorted(self.streams.items())]

    def _start_s(self, bases: dict[int, Fraction], times: dict[int, Ints]) -> float:
        """When the first picture or sample is shown, by ffmpeg's zero, in seconds."""
        first = [
            float(int(one[one > UNTIMED].min()) * bases[index])
            for index, one in times.items()
            if index not in self.timeless and (one > UNTIMED).any()
        ]
        return min(first, default=0.0)
