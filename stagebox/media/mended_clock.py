"""A clock that restarts, jumps or wraps in the middle of a recording goes on where it was. Pure."""

from dataclasses import dataclass, field

from stagebox.media.thresholds import BACKWARDS_S, CLOCK_LEAP_S

TREMBLE_MS = int(BACKWARDS_S * 1000)
"""Steps back of no more than this are unsteady, and no jump."""

FORWARD_MS = int(CLOCK_LEAP_S * 1000)
SEEN_MS = 25
"""A packet that is moved by less is moved by less than a picture is shown."""

_USUAL_MS = 33


@dataclass(frozen=True, slots=True)
class ClockJump:
    """At `at_ms` of the mended clock, the recording's own leaps by `by_ms` (negative: back)."""

    at_ms: int
    by_ms: int


@dataclass(slots=True)
class _ClockedStream:
    raw_ms: int = 0
    placed_ms: int = 0
    step_ms: int = _USUAL_MS
    offset_ms: int = 0
    turn: int = 0


@dataclass(slots=True)
class MendedClock:
    """Places packets on one clock that never goes back: what was apart in the file stays as far apart.

    `jumps` are those that were mended. `clamped` counts packets that came a little before their forerunner,
    and `trembles` those of them by so much that a person may see it.
    """

    jumps: list[ClockJump] = field(default_factory=list)
    trembles: int = 0
    clamped: int = 0
    _streams: dict[int, _ClockedStream] = field(default_factory=dict)
    _offset_ms: int = 0
    _turn: int = 0

    def place(self, stream: int, raw_ms: int) -> int:
        """The time of the next packet of this stream, in ms, which the file puts at `raw_ms`."""
        one = self._streams.get(stream)
        if one is None:
            one = self._streams[stream] = _ClockedStream(offset_ms=self._offset_ms, turn=self._turn)
            one.placed_ms = raw_ms + one.offset_ms
            one.raw_ms = raw_ms
            return one.placed_ms
        placed_ms = raw_ms + one.offset_ms
        latest_ms = max(other.placed_ms for other in self._streams.values())
        if placed_ms < one.placed_ms - TREMBLE_MS or placed_ms > latest_ms + FORWARD_MS:
            placed_ms = self._jumped(one, raw_ms, latest_ms)
        elif placed_ms <= one.placed_ms:
            late_ms = one.placed_ms - placed_ms
            self.clamped += int(late_ms > 0)
            self.trembles += int(late_ms >= SEEN_MS)
            placed_ms = one.placed_ms + int(late_ms > 0)
        else:
            one.step_ms = min(placed_ms - one.placed_ms, 1000)
        one.raw_ms, one.placed_ms = raw_ms, placed_ms
        return placed_ms

    def fits_others(self, stream: int, raw_ms: int) -> bool:
        """Whether the other streams' clock jumped already, and this packet goes on better with theirs."""
        one = self._streams.get(stream)
        if one is None or one.turn == self._turn:
            return False
        return abs(raw_ms + self._offset_ms - one.placed_ms) < abs(raw_ms + one.offset_ms - one.placed_ms)

    def _jumped(self, one: _ClockedStream, raw_ms: int, latest_ms: int) -> int:
        """The clock jumped here: with the other streams, when they did before, or by itself."""
        if one.turn < self._turn:
            placed_ms = raw_ms + self._offset_ms
            if one.placed_ms - TREMBLE_MS <= placed_ms <= latest_ms + FORWARD_MS:
                one.offset_ms, one.turn = self._offset_ms, self._turn
                return max(placed_ms, one.placed_ms + 1)
        placed_ms = latest_ms + one.step_ms
        self.jumps.append(ClockJump(placed_ms, raw_ms - one.raw_ms - one.step_ms))
        self._turn += 1
        self._offset_ms = one.offset_ms = placed_ms - raw_ms
        one.turn = self._turn
        return placed_ms
