"""Folds what is seen of the machine and OBS's figures into the machine's facts. Pure and bounded."""

from dataclasses import replace

from stagebox.model.facts.machine import (
    FrameCounters,
    GroupMemory,
    HostReading,
    MachineFacts,
    MemoryHistory,
    RecordingGrowth,
)
from stagebox.model.observations import ObsStatsReading

WINDOW_S = 62.0
SAMPLES_KEPT = 130
"""A little more than a minute of OBS's figures, two a second, however fast they come."""

MEMORY_EVERY_S = 60.0
MEMORY_SAMPLES_KEPT = 61
CLOCK_STEP_S = 0.5
"""A clock that is disciplined is slewed, by 0.5 ms a second at most; more at once is a step."""
SLEEP_S = 1.0


def fold_machine(facts: MachineFacts, seen: HostReading | ObsStatsReading, at: float) -> MachineFacts:
    """The machine's facts after `seen` came at the monotonic second `at`."""
    return _host(facts, seen, at) if isinstance(seen, HostReading) else _obs(facts, seen, at)


def _host(facts: MachineFacts, seen: HostReading, at: float) -> MachineFacts:
    before = facts.host
    step_s = _change(before.wall_offset_s if before else None, seen.wall_offset_s)
    slept_s = _change(before.slept_s if before else None, seen.slept_s)
    stepped = abs(step_s) >= CLOCK_STEP_S
    known = {history.now.group: history for history in facts.memory}
    return replace(
        facts,
        at=at,
        host=seen,
        memory=tuple(_memory(known.get(group.group), group, at) for group in seen.memory),
        throttled_at=at if seen.throttled else facts.throttled_at,
        clock_step_s=step_s if stepped else facts.clock_step_s,
        clock_step_at=at if stepped else facts.clock_step_at,
        slept_at=at if slept_s >= SLEEP_S else facts.slept_at,
    )


def _change(before: float | None, now: float | None) -> float:
    return 0.0 if before is None or now is None else now - before


def _memory(history: MemoryHistory | None, now: GroupMemory, at: float) -> MemoryHistory:
    samples = history.samples if history else ()
    if not samples or at - samples[-1][0] >= MEMORY_EVERY_S:
        samples = (*samples, (at, now.rss_bytes))[-MEMORY_SAMPLES_KEPT:]
    return MemoryHistory(now, max(now.rss_bytes, history.high_bytes if history else 0), samples)


def _obs(facts: MachineFacts, seen: ObsStatsReading, at: float) -> MachineFacts:
    return replace(
        facts,
        obs_at=at,
        recording=seen.recording,
        obs_free_bytes=int(seen.free_disk_mb * 1_048_576),
        growth=_growth(facts.growth, seen, at),
        frames=_frames(facts.frames, seen, at),
    )


def _growth(
    before: tuple[RecordingGrowth, ...], seen: ObsStatsReading, at: float
) -> tuple[RecordingGrowth, ...]:
    if not seen.recording:
        return ()
    if before and seen.record_bytes < before[-1].record_bytes:
        before = ()  # Another file: its bytes are counted from the start.
    kept = tuple(sample for sample in before if at - sample.at <= WINDOW_S)
    return (*kept, RecordingGrowth(at, seen.record_bytes))[-SAMPLES_KEPT:]


def _frames(before: tuple[FrameCounters, ...], seen: ObsStatsReading, at: float) -> tuple[FrameCounters, ...]:
    now = FrameCounters(
        at,
        seen.render_skipped_frames,
        seen.render_total_frames,
        seen.output_skipped_frames,
        seen.output_total_frames,
    )
    if before and _began_anew(before[-1], now):
        before = ()
    kept = tuple(sample for sample in before if at - sample.at <= WINDOW_S)
    return (*kept, now)[-SAMPLES_KEPT:]


def _began_anew(before: FrameCounters, now: FrameCounters) -> bool:
    """True when a counter fell: OBS was started anew, or its video was set up anew."""
    return (
        now.render_total < before.render_total
        or now.render_skipped < before.render_skipped
        or now.output_total < before.output_total
        or now.output_skipped < before.output_skipped
    )
