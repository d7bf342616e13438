"""Readings of our own process, turned on at will: time, memory, threads, descriptors, and who allocates."""

import gc
import logging
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

log = logging.getLogger(__name__)

TOP = 5


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """Our process at one moment. `at_s` and `cpu_s` are seconds of monotonic and of processor time.

    `descriptors` is 0 where the operating system does not tell, `traced_bytes` when nothing is traced.
    """

    at_s: float
    cpu_s: float
    rss_bytes: int
    threads: int
    descriptors: int
    traced_bytes: int


@dataclass(frozen=True, slots=True)
class MeasurementResult:
    """What was measured between two readings; `allocators` names where most new memory came from."""

    what: str
    first: ProcessFigures
    last: ProcessFigures
    allocators: tuple[str, ...] = ()

    @property
    def wall_s(self) -> float:
        """Seconds that passed."""
        return self.last.at_s - self.first.at_s

    @property
    def cpu_share(self) -> float:
        """Processor time of wall time: 1.0 is one core."""
        return (self.last.cpu_s - self.first.cpu_s) / self.wall_s if self.wall_s else 0.0

    @property
    def rss_growth_bytes(self) -> int:
        """Memory of the process, last minus first."""
        return self.last.rss_bytes - self.first.rss_bytes

    @property
    def traced_growth_bytes(self) -> int:
        """Memory of Python objects, last minus first; 0 when nothing was traced."""
        return self.last.traced_bytes - self.first.traced_bytes

    def __str__(self) -> str:
        first, last = self.first, self.last
        traced = f", objects {self.traced_growth_bytes / 1e6:+.2f} MB" if last.traced_bytes else ""
        figures = (
            f"{self.what}: {self.wall_s:.2f} s, {100 * self.cpu_share:.1f} % of a core, "
            f"memory {last.rss_bytes / 1e6:.1f} MB ({self.rss_growth_bytes / 1e6:+.2f}){traced}, "
            f"threads {last.threads} ({last.threads - first.threads:+d}), "
            f"descriptors {last.descriptors} ({last.descriptors - first.descriptors:+d})"
        )
        return "\n".join([figures, *(f"  {line}" for line in self.allocators)])


@dataclass(slots=True)
class Measurement:
    """A measurement that runs, or ended. `report` is up to now while it runs, and final afterwards."""

    what: str
    first: ProcessFigures
    _ended: MeasurementResult | None = field(default=None)

    @property
    def report(self) -> MeasurementResult:
        """What was measured."""
        return self._ended or MeasurementResult(self.what, self.first, take_reading())


@contextmanager
def measured(what: str, *, trace: bool = False) -> Iterator[Measurement]:
    """Measure our process while the block runs; the report is logged at DEBUG, so `--verbose` shows it.

    Args:
        what: names the block in the report.
        trace: also trace every allocation of Python (tracemalloc). That makes Python some three times
            slower, so it is off unless asked for. Tracing that was on before stays on.
    """
    started = trace and not tracemalloc.is_tracing()
    if started:
        tracemalloc.start(8)
    try:
        before = _snapshot() if trace else None
        measurement = Measurement(what, take_reading())
        try:
            yield measurement
        finally:
            last = take_reading()
            measurement._ended = MeasurementResult(what, measurement.first, last, _allocators(before))
            log.debug("%s", measurement._ended)
    finally:
        if started:
            tracemalloc.stop()


def take_reading() -> ProcessFigures:
    """Our process now. Garbage in reference cycles is collected first: it is not growth."""
    gc.collect()
    process = psutil.Process()
    with process.oneshot():
        times = process.cpu_times()
        rss = int(process.memory_info().rss)
    return ProcessFigures(
        time.monotonic(),
        times.user + times.system,
        rss,
        threading.active_count(),
        descriptors_of(process),
        tracemalloc.get_traced_memory()[0],
    )


def descriptors_of(process: psutil.Process) -> int:
    """Open files and sockets of a process; 0 where the operating system does not tell."""
    count = getattr(process, "num_fds", None) or getattr(process, "num_handles", None)
    return int(count()) if count is not None else 0


def _snapshot() -> tracemalloc.Snapshot:
    ours = [tracemalloc.Filter(False, tracemalloc.__file__), tracemalloc.Filter(False, __file__)]
    return tracemalloc.take_snapshot().filter_traces(ours)


def _allocators(before: tracemalloc.Snapshot | None) -> tuple[str, ...]:
    if before is None:
        return ()
    grown = _snapshot().compare_to(before, "lineno")
    return tuple(str(line) for line in grown[:TOP] if line.size_diff > 0)
