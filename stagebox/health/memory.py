"""Memory of stagebox, OBS and the helpers: figures for metrics and notes, and no alarm of their own."""

from dataclasses import dataclass

from stagebox.model.facts.machine import Group, MachineFacts, MemoryHistory

TREND_OVER_S = 600.0


@dataclass(frozen=True, slots=True)
class MemoryFigures:
    """One group's memory. `growth_bytes_per_h` is None until ten minutes were seen."""

    group: Group
    rss_bytes: int
    uss_bytes: int | None
    high_bytes: int
    growth_bytes_per_h: float | None


def memory_figures(machine: MachineFacts) -> tuple[MemoryFigures, ...]:
    """The memory of each group that was seen last."""
    return tuple(
        MemoryFigures(
            history.now.group,
            history.now.rss_bytes,
            history.now.uss_bytes,
            history.high_bytes,
            growth_per_hour(history),
        )
        for history in machine.memory
    )


def growth_per_hour(history: MemoryHistory) -> float | None:
    """The slope of the straight line nearest to the samples, in bytes an hour."""
    samples = history.samples
    if not samples or samples[-1][0] - samples[0][0] < TREND_OVER_S:
        return None
    mean_at = sum(at for at, _ in samples) / len(samples)
    mean_bytes = sum(used for _, used in samples) / len(samples)
    across = sum((at - mean_at) ** 2 for at, _ in samples)
    along = sum((at - mean_at) * (used - mean_bytes) for at, used in samples)
    return 3600 * along / across
