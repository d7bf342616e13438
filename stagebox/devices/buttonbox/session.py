"""One conversation with one box: handshake, heartbeats, stale and flooding presses, lamps. Pure.

Bytes and the time go in; button deeds and bytes come out. Nothing in here reads a clock or a port.
"""

from collections.abc import Callable
from dataclasses import dataclass

from stagebox.devices.buttonbox import codec
from stagebox.devices.buttonbox.bucket import LeakyBucket
from stagebox.devices.buttonbox.clock import BoxClock
from stagebox.devices.buttonbox.codec import (
    Ack,
    BoxMessage,
    ButtonDeed,
    Heartbeat,
    Hello,
    LineError,
    LineSplitter,
    OtherVersion,
)

GREET_EVERY_S = 0.5
BEAT_EVERY_S = 1.0
GONE_S = 3.0
STALE_MS = 500.0
RESEND_S = 0.2
LATE_BEATS = 5
"""So many late heartbeats in a row: the clocks are learned anew."""

LINES_PER_S, LINES_BURST = 100.0, 100
DEEDS_PER_S, DEEDS_BURST = 20.0, 20
QUIET_S = 3.0
"""A box that chattered is listened to again after so long without an overflow."""

Nonce = Callable[[], int]


@dataclass(slots=True)
class DroppedCounts:
    """What was dropped, and why, since the port was opened."""

    lines: int = 0
    refused: int = 0
    copies: int = 0
    stale: int = 0
    flooded: int = 0


class BoxSession:
    """The host's end of a conversation, from the opening of the port to its closing.

    Args:
        nonce: gives another number from 1 to 2**30 - 1 each time.
        at: monotonic seconds, as in every call.
        on_line: told each line: "in" or "out", its bytes, and what was wrong with it, or "".
    """

    def __init__(
        self, nonce: Nonce, at: float, on_line: Callable[[str, bytes, str], None] | None = None
    ) -> None:
        self._nonce = nonce
        self._on_line = on_line
        self._lines = LineSplitter()
        self._line_bucket = LeakyBucket(LINES_PER_S, LINES_BURST)
        self._deed_bucket = LeakyBucket(DEEDS_PER_S, DEEDS_BURST)
        self._out = bytearray(b"\n")  # ends whatever half line lies in the box
        self._seq = 0
        self._overflow_at: float | None = None
        self._wanted = ""
        self.counts = DroppedCounts()
        self.other_version = 0
        self.restart(at)

    # --- what is known ---

    @property
    def box(self) -> Hello | None:
        """The box, once it answered the greeting."""
        return self._hello

    def gone(self, at: float) -> bool:
        """Whether the box has been silent for too long."""
        return at - self._heard_at > GONE_S

    def chatters(self, at: float) -> bool:
        """Whether it says so much that its presses are not taken."""
        return self._overflow_at is not None and at - self._overflow_at < QUIET_S

    @property
    def shown(self) -> str | None:
        """The lamps that the box acknowledged last."""
        return self._acked

    # --- what happens ---

    def restart(self, at: float) -> None:
        """Begin anew with a greeting: what was said or pressed before counts no more."""
        self._greeting = self._nonce()
        self._greeted_at: float | None = None
        self._hello: Hello | None = None
        self._clock = BoxClock()
        self._late = 0
        self._box_seq = 0
        self._heard_at = at
        self._beat_at = at
        self._acked: str | None = None
        self._sent: tuple[int, str] | None = None
        self._sent_at = at

    def receive(self, data: bytes, at: float) -> list[ButtonDeed]:
        """Take bytes from the box; returns the deeds that count, oldest first."""
        lines, overlong = self._lines.feed(data)
        self.counts.refused += overlong
        deeds = []
        for number, line in enumerate(lines):
            if not self._line_bucket.take(at):
                self.counts.flooded += len(lines) - number
                self._overflow_at = at
                break
            message = self._message(line)
            if message is not None and (deed := self._heed(message, at)) is not None:
                deeds.append(deed)
        return [] if self.chatters(at) else deeds

    def _message(self, line: bytes) -> BoxMessage | None:
        self.counts.lines += 1
        fault = ""
        try:
            return codec.decode(line)
        except LineError as error:
            fault = error.fault
            self.counts.refused += bool(line)
            return None
        finally:
            self._told("in", line, fault)

    def _heed(self, message: BoxMessage, at: float) -> ButtonDeed | None:
        match message:
            case OtherVersion():
                self.other_version = message.version
                self._heard_at = at
                self._hello = None
            case Hello():
                self._greeted(message, at)
            case _ if self._hello is None:
                pass  # from before the greeting was answered
            case _ if not 0 < (message.seq - self._box_seq) % codec.SEQ_LIMIT < codec.SEQ_LIMIT // 2:
                self.counts.copies += 1
            case _:
                self._box_seq = message.seq
                self._heard_at = at
                return self._said(message, self._hello, at)
        return None

    def _greeted(self, hello: Hello, at: float) -> None:
        self.other_version = 0
        if hello.nonce == self._greeting:
            if self._hello is None:
                self._hello = hello
                self._box_seq = hello.seq
                self._clock.age_ms(hello.box_ms, at)
                self._heard_at = at
        elif hello.nonce == 0 and self._hello is not None:
            # It was restarted, or it lost us: what it remembers of us is gone.
            self.restart(at)

    def _said(self, message: Heartbeat | ButtonDeed | Ack, hello: Hello, at: float) -> ButtonDeed | None:
        match message:
            case Heartbeat():
                late = self._clock.age_ms(message.box_ms, at) > STALE_MS
                self._late = self._late + 1 if late else 0
                if self._late >= LATE_BEATS:
                    self.restart(at)
            case Ack():
                if self._sent is not None and message.lamps_seq == self._sent[0]:
                    self._acked = self._sent[1]
            case ButtonDeed():
                return self._deed(message, hello, at)
        return None

    def _deed(self, deed: ButtonDeed, hello: Hello, at: float) -> ButtonDeed | None:
        if deed.button > hello.buttons:
            self.counts.refused += 1
            return None
        if not self._deed_bucket.take(at):
            self.counts.flooded += 1
            self._overflow_at = at
            return None
        if self._clock.age_ms(deed.box_ms, at) > STALE_MS:
            self.counts.stale += 1
            return None
        return deed

    # --- what is said ---

    def show(self, lamps: str) -> None:
        """What the box's lamps shall show from now on: a letter a lamp, or more than it has."""
        self._wanted = lamps

    def say(self, at: float) -> bytes:
        """What is to be sent now: greeting, heartbeat, lamps."""
        if self._hello is None:
            if self._greeted_at is None or at - self._greeted_at >= GREET_EVERY_S:
                self._greeted_at = at
                self._put(codec.encode_hello(self._seq, self._greeting))
        else:
            if at - self._beat_at >= BEAT_EVERY_S:
                self._beat_at = at
                self._put(codec.encode_beat(self._seq))
            self._say_lamps(self._hello, at)
        out, self._out = bytes(self._out), bytearray()
        return out

    def _say_lamps(self, hello: Hello, at: float) -> None:
        lamps = self._wanted[: hello.lamps].ljust(hello.lamps, "0") if self._wanted else ""
        if not lamps or lamps == self._acked:
            return
        if self._sent is not None and self._sent[1] == lamps and at - self._sent_at < RESEND_S:
            return
        self._sent, self._sent_at = (self._seq, lamps), at
        # Until the box says what it shows, nobody knows: the lamps from before may be asked for again.
        self._acked = None
        self._put(codec.encode_lamps(self._seq, lamps))

    def bye(self) -> bytes:
        """What is said when the host ends."""
        self._put(codec.encode_bye(self._seq))
        out, self._out = bytes(self._out), bytearray()
        return out

    def due(self, at: float) -> float:
        """Seconds until `say` has something to say again."""
        if self._hello is None:
            return 0.0 if self._greeted_at is None else max(0.0, self._greeted_at + GREET_EVERY_S - at)
        beat_s = max(0.0, self._beat_at + BEAT_EVERY_S - at)
        if self._sent is None or self._acked is not None:
            return beat_s
        return min(beat_s, max(0.0, self._sent_at + RESEND_S - at))

    def _put(self, line: bytes) -> None:
        self._seq = (self._seq + 1) % codec.SEQ_LIMIT
        self._out += line
        self._told("out", line[:-1], "")

    def _told(self, way: str, line: bytes, fault: str) -> None:
        if self._on_line is not None:
            self._on_line(way, line, fault)
