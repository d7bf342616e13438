"""Readings of processes over time, and whether something in them grew."""

import gc
import threading
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psutil

from stagebox.devices.self_measurement import descriptors_of

REAL_RSS_BYTES = 8_000_000
SIMULATED_OBJECTS = 400
SIMULATED_RSS_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class ProcessReading:
    """A process after so many minutes. `cpu_s` is the processor time that it has used in all."""

    minute: float
    rss_bytes: int
    objects: int
    threads: int
    descriptors: int
    traced_bytes: int = 0
    cpu_s: float = 0.0


def read_ourselves(minute: float) -> ProcessReading:
    """Our process now, garbage collected."""
    gc.collect()
    process = psutil.Process()
    return ProcessReading(
        minute,
        int(process.memory_info().rss),
        len(gc.get_objects()),
        threading.active_count(),
        descriptors_of(process),
        tracemalloc.get_traced_memory()[0],
    )


def read_process(process: psutil.Process, minute: float) -> ProcessReading:
    """Another process now. Raises psutil.Error when it has ended."""
    times = process.cpu_times()
    return ProcessReading(
        minute,
        int(process.memory_info().rss),
        0,
        process.num_threads(),
        descriptors_of(process),
        cpu_s=times.user + times.system,
    )


def growth_of(rows: Sequence[ProcessReading]) -> list[str]:
    """What grew in the simulation, in words; empty when nothing did. Compares the later half's means."""
    first, last = _halves(rows)
    grown = []
    objects = _mean(last, "objects") - _mean(first, "objects")
    if objects > SIMULATED_OBJECTS:
        grown.append(f"objects grew by {objects:.0f}")
    rss = _mean(last, "rss_bytes") - _mean(first, "rss_bytes")
    if rss > SIMULATED_RSS_BYTES:
        grown.append(f"memory grew by {rss / 1e6:.1f} MB")
    return grown + _counts_grown(rows)


def watch(
    pid: int, minutes: float, every_s: float, tell: Callable[[ProcessReading], None]
) -> list[ProcessReading]:
    """Read a running process until the minutes are over; returns all rows.

    Raises:
        psutil.Error: the process ended.
    """
    process = psutil.Process(pid)
    began = time.monotonic()
    rows: list[ProcessReading] = []
    pause = threading.Event()
    while True:
        minute = (time.monotonic() - began) / 60
        row = read_process(process, minute)
        rows.append(row)
        tell(row)
        if minute >= minutes:
            return rows
        pause.wait(min(every_s, max(0.1, (minutes - minute) * 60)))


def real_growth_of(rows: Sequence[ProcessReading]) -> list[str]:
    """What grew in a running process, in words: its first third is warm-up."""
    settled = rows[len(rows) // 3 :]
    first, last = _halves(settled)
    grown = []
    rss = _mean(last, "rss_bytes") - _mean(first, "rss_bytes")
    if rss > REAL_RSS_BYTES:
        grown.append(f"memory grew by {rss / 1e6:.1f} MB")
    return grown + _counts_grown(settled)


def _counts_grown(rows: Sequence[ProcessReading]) -> list[str]:
    """Threads and descriptors: the least of the later half above the most of the earlier half is growth."""
    first, last = _halves(rows)
    grown = []
    for name in ("threads", "descriptors"):
        before = max(getattr(row, name) for row in first)
        after = min(getattr(row, name) for row in last)
        if after > before:
            grown.append(f"{name} grew from {before} to {after}")
    return grown


def _halves(rows: Sequence[ProcessReading]) -> tuple[Sequence[ProcessReading], Sequence[ProcessReading]]:
    middle = max(1, len(rows) // 2)
    return rows[:middle], rows[middle:] or rows[-1:]


def _mean(rows: Sequence[ProcessReading], name: str) -> float:
    return float(sum(getattr(row, name) for row in rows) / len(rows))
