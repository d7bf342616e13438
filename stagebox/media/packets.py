"""What the packets of a recording say: counts, lengths and jumps in time, read once as they pass.

ffmpeg's `framecrc` writes a line a packet. It is judged as it arrives, so an eight-hour recording takes no
more memory than a short one.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import IO

from stagebox.media.thresholds import SOUND_HOLE_S

MAX_GAPS = 200


@dataclass(frozen=True, slots=True)
class Hole:
    """No packet from `start_s` to `end_s`, seconds from the start of the recording."""

    start_s: float
    end_s: float


@dataclass(slots=True)
class StreamClock:
    """One stream's packets so far; times in seconds from the start of the recording."""

    time_base: Fraction
    packets: int = 0
    size_bytes: int = 0
    first_s: float = 0.0
    end_s: float = 0.0
    holes: list[Hole] = field(default_factory=list)
    holes_left_out: int = 0

    def seconds(self, ticks: int) -> float:
        """`ticks` of this stream's time base in seconds."""
        return float(ticks * self.time_base)

    def add_hole(self, start: int, end: int) -> None:
        """Remember that nothing is there between two times, in ticks."""
        if len(self.holes) < MAX_GAPS:
            self.holes.append(Hole(self.seconds(start), self.seconds(end)))
        else:
            self.holes_left_out += 1


@dataclass(slots=True)
class PacketScan:
    """All streams' clocks by stream index; `consume` takes ffmpeg's `framecrc` output."""

    streams: dict[int, StreamClock] = field(default_factory=dict)

    @property
    def duration_s(self) -> float:
        """The end of the last packet of picture or sound, in seconds."""
        return max((clock.end_s for clock in self.streams.values()), default=0.0)

    def consume(self, stream: IO[bytes]) -> None:
        """Read `framecrc` lines to their end: "stream, dts, pts, duration, size, checksum…"."""
        # A line a packet, 280,000 an hour: what is done for each of them is counted in microseconds.
        ends: dict[int, int] = {}
        limits: dict[int, int] = {}
        for line in stream:
            if line[:1] == b"#":
                self._header(line)
                continue
            fields = line.split(b",", 5)
            index, dts = int(fields[0]), int(fields[1])
            clock = self.streams[index]
            if index not in ends:
                clock.first_s = clock.seconds(dts)
                limits[index] = int(SOUND_HOLE_S / clock.time_base)
            elif dts - ends[index] > limits[index]:
                clock.add_hole(ends[index], dts)
            end = dts + int(fields[3])
            if end > ends.get(index, end - 1):
                ends[index] = end
            clock.packets += 1
            clock.size_bytes += int(fields[4])
        for index, end in ends.items():
            self.streams[index].end_s = self.streams[index].seconds(end)

    def _header(self, line: bytes) -> None:
        # "#tb 0: 1/1000"
        if line.startswith(b"#tb "):
            index, _, base = line[4:].partition(b":")
            self.streams[int(index)] = StreamClock(Fraction(base.decode().strip()))
