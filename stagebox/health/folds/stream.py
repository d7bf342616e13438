"""Folds OBS's figures of the stream, and what has not arrived yet, into the stream's facts. Pure, bounded."""

from dataclasses import replace

from stagebox.model.facts.stream import StreamFacts, StreamSample
from stagebox.model.observations import ObsStatsReading, StreamQueueReading

WINDOW_S = 62.0
SAMPLES_KEPT = 66
"""A little more than a minute of figures, one a second, however fast they come."""
LEAST_APART_S = 0.9
QUEUE_STALE_S = 3.0


def fold_stream(facts: StreamFacts, seen: ObsStatsReading | StreamQueueReading, at: float) -> StreamFacts:
    """The stream's facts after `seen` came at the monotonic second `at`."""
    if isinstance(seen, StreamQueueReading):
        return replace(facts, queued_bytes=seen.queued_bytes, queued_at=at)
    figures = seen.stream
    if figures is None or not figures.active or figures.reconnecting:
        return replace(facts, samples=()) if facts.samples else facts
    before = facts.samples
    if before and (
        figures.sent_bytes < before[-1].sent_bytes or figures.total_frames < before[-1].total_frames
    ):
        before = ()  # Another connection to the server: its figures are counted from the start.
    fresh = facts.queued_at is not None and at - facts.queued_at <= QUEUE_STALE_S
    queued = facts.queued_bytes if fresh else None
    sample = StreamSample(
        at=at,
        sent_bytes=figures.sent_bytes,
        congestion=figures.congestion,
        skipped_frames=figures.skipped_frames,
        total_frames=figures.total_frames,
        queued_bytes=queued,
        arrived_bytes=float(figures.sent_bytes)
        if queued is None
        else _sent_by(facts.queued_at or at, before, figures.sent_bytes, at) - queued,
    )
    if len(before) > 1 and before[-1].at - before[-2].at < LEAST_APART_S:
        before = before[:-1]
    kept = tuple(one for one in before if at - one.at <= WINDOW_S)
    return replace(facts, samples=(*kept, sample)[-SAMPLES_KEPT:])


def _sent_by(when: float, before: tuple[StreamSample, ...], sent_bytes: int, at: float) -> float:
    """What had been sent when the queue was read, between the last figures and these."""
    if not before or at <= before[-1].at:
        return float(sent_bytes)
    last = before[-1]
    share = min(1.0, max(0.0, (when - last.at) / (at - last.at)))
    return last.sent_bytes + share * (sent_bytes - last.sent_bytes)
