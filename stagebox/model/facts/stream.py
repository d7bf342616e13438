"""What is known of the stream right now: what the rules of the stream decide by."""

from dataclasses import dataclass

from stagebox.model.stream_state import StreamPhase, StreamTrouble


@dataclass(frozen=True, slots=True)
class StreamSample:
    """OBS's figures of the stream at the monotonic second `at`.

    `queued_bytes` is what was sent and has not reached the server, None for unknown; `arrived_bytes` what
    has, at the moment of that reading.
    """

    at: float
    sent_bytes: int
    congestion: float
    skipped_frames: int
    total_frames: int
    queued_bytes: int | None
    arrived_bytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFacts:
    """The stream. Times are monotonic seconds; None is never, or not now.

    `samples` reach about a minute back, oldest first, and begin anew with each connection to the server. The
    rest is the engine's state: see `model.stream.StreamState`.
    """

    samples: tuple[StreamSample, ...] = ()
    queued_bytes: int | None = None
    queued_at: float | None = None
    phase: StreamPhase = StreamPhase.OFF
    trouble: StreamTrouble = ""
    detail: str = ""
    was_live: bool = False
    live_since: float | None = None
    lost_at: float | None = None
