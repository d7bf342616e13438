"""Did the computer sleep, or did nothing run here for a while? Two clocks tell: one counts on in sleep."""

import time
from dataclasses import dataclass

from stagebox.model.observations import ObsStatsReading, SuspendEvent
from stagebox.system.clocks import counted_in_sleep_s

SLEPT_S = 1.0
"""The two clocks come apart by nothing else than sleep; less than this is not worth a word."""
STILL_S = 5.0
"""The engine comes round four times a second: a thread that did not run for so long was stopped, with or
without the rest of the computer."""


@dataclass(frozen=True, slots=True)
class ClockPair:
    """One moment by both clocks, in seconds: `counting_s` stands still while the computer sleeps."""

    counting_s: float
    boot_s: float


def now() -> ClockPair:
    """This moment. Where no clock counts through sleep, both are the same."""
    return ClockPair(time.monotonic(), counted_in_sleep_s())


def between(looked: ClockPair, waited: ClockPair, woke: ClockPair) -> SuspendEvent | None:
    """What happened between two turns of a thread; None when nothing did.

    Args:
        looked: when it was last looked, one turn ago.
        waited: when the thread began to wait, for a fraction of a second, as it thought.
        woke: now, when it stopped to wait.
    """
    slept_s = (woke.boot_s - looked.boot_s) - (woke.counting_s - looked.counting_s)
    still_s = woke.counting_s - waited.counting_s
    slept_s, still_s = (slept_s if slept_s >= SLEPT_S else 0.0), (still_s if still_s >= STILL_S else 0.0)
    if not slept_s and not still_s:
        return None
    return SuspendEvent(slept_s=slept_s, still_s=still_s, woke_at=woke.counting_s)


def obs_stood(stood: SuspendEvent, before: ObsStatsReading, after: ObsStatsReading) -> bool:
    """Whether OBS stood as well, by its own count of pictures that it should have drawn meanwhile.

    Args:
        before, after: its figures of before the standstill, and the first ones since.
    """
    missed = after.render_skipped_frames - before.render_skipped_frames
    return before.generation == after.generation and missed >= stood.still_s * before.active_fps / 2
