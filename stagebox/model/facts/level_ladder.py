"""When a sound was last at or above each level: what "silent since", "quiet since" and "speaking since" need.

One memory for every threshold: the limits are the rules' business, and may change while facts are kept.
"""

from dataclasses import dataclass
from math import ceil, floor

STEPS = 101
"""One step a dB, from 0 down to -100 dBFS."""

PAUSE_S = 1.0
"""A sound that falls below a level for longer than this begins a new spell there."""


@dataclass(frozen=True, slots=True)
class LevelLadder:
    """Times (monotonic seconds, None for never) by level; step i stands for -i dBFS.

    `last[i]` is when the sound was last at or above -i dBFS, `since[i]` when its present or last spell
    there began: a spell has no pause longer than PAUSE_S.
    """

    last: tuple[float | None, ...] = (None,) * STEPS
    since: tuple[float | None, ...] = (None,) * STEPS

    def heard(self, level_dbfs: float, at: float) -> "LevelLadder":
        """The ladder after a sound of `level_dbfs` at the time `at`."""
        first = min(STEPS, max(0, ceil(-level_dbfs)))
        if first == STEPS:
            return self
        since = tuple(
            began if began is not None and before is not None and at - before <= PAUSE_S else at
            for began, before in zip(self.since[first:], self.last[first:], strict=True)
        )
        return LevelLadder(self.last[:first] + (at,) * (STEPS - first), self.since[:first] + since)

    def last_above(self, level_dbfs: float) -> float | None:
        """When the sound was last at or above the level; None for never."""
        return self.last[_step(level_dbfs)]

    def spell_s(self, level_dbfs: float, now: float) -> float:
        """How long the sound has now been at or above the level, pauses up to PAUSE_S included; 0 if not."""
        step = _step(level_dbfs)
        last, since = self.last[step], self.since[step]
        if last is None or since is None or now - last > PAUSE_S:
            return 0.0
        return max(0.0, last - since)


def _step(level_dbfs: float) -> int:
    return min(STEPS - 1, max(0, floor(-level_dbfs)))
