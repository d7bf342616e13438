"""OBS's own pause: the one that is on, and those that ended. The recording's clock stands still in it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedPause:
    """A pause that ended, `at_s` seconds of the recording after its first picture.

    `started_utc` is when it began by the wall clock, `length_s` how long it lasted. `seen` is False when
    OBS was found to have recorded so much less than the time that passed while stagebox could not look.
    """

    at_s: float
    started_utc: float
    length_s: float
    seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPause:
    """OBS is paused since `at` (monotonic), `utc` by the wall clock.

    `file_s` is how much OBS had recorded then by its own word, in seconds; None until it tells.
    `effect_id` is the last request to go on, and `deadline` (monotonic) when waiting for it becomes a fault.
    """

    at: float
    utc: float
    file_s: float | None = None
    effect_id: str = ""
    deadline: float | None = None


def without_pauses(utc: float, pauses: Iterable[EndedPause]) -> float:
    """A moment of the wall clock on a clock that stands still in each pause."""
    return utc - sum(min(max(0.0, utc - one.started_utc), one.length_s) for one in pauses)
