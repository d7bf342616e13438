"""What the packets of a recording say: counts, lengths and jumps in time, read once as they pass.

ffmpeg's `framecrc` writes a line a packet. It is judged as it arrives, so an eight-hour recording takes no
more memory than a short one.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import IO

GAP_S = 0.25
"""A hole between one packet's end and the next one's start that is worth remembering, in seconds."""

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
    last_s: float = 0.0
    end_s: float = 0.0
    holes: list[Hole] = field(default_factory=list)
    holes_left_out: int = 0

    def add(self, dts: int, duration: int, size: int) -> None:
        """Take one packet in; `dts` and `duration` in time-base units."""
        at_s = float(dts * self.time_base)
        if self.packets == 0:
            self.first_s = at_s
        elif at_s - self.end_s > GAP_S:
            if len(self.holes) < MAX_GAPS:
                self.holes.append(Hole(self.end_s, at_s))
            else:
                self.holes_left_out += 1
        self.last_s = at_s
        self.end_s = max(self.end_s, at_s + float(duration * self.time_base))
        self.packets += 1
        self.size_bytes += size


@dataclass(slots=True)
class PacketScan:
    """All streams' clocks by stream index; `consume` takes ffmpeg's `framecrc` output."""

    streams: dict[int, StreamClock] = field(default_factory=dict)

    @property
    def duration_s(self) -> float:
        """The end of the last packet of picture or sound, in seconds."""
        return max((clock.end_s for clock in self.streams.values()), default=0.0)

    def consume(self, stream: IO[bytes]) -> None:
        """Read `framecrc` lines to their end."""
        for line in stream:
            if line.startswith(b"#"):
                self._header(line)
                continue
            fields = line.split(b",", 5)
            clock = self.streams.get(int(fields[0]))
            if clock is not None:
                clock.add(int(fields[1]), int(fields[3]), int(fields[4]))

    def _header(self, line: bytes) -> None:
        # "#tb 0: 1/1000"
        if line.startswith(b"#tb "):
            index, _, base = line[4:].partition(b":")
            self.streams[int(index)] = StreamClock(Fraction(base.decode().strip()))
