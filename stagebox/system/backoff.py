"""Trying again, ever later."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses that double from `first_s` up to `cap_s`, in seconds."""

    first_s: float
    cap_s: float

    def pause_s(self, again: int) -> float:
        """The pause before the next try, when so many tries in a row had one already."""
        return min(self.cap_s, self.first_s * 2.0 ** min(again, 16))

    def drawn_s(self, again: int) -> float:
        """One drawn from the last three quarters of it: many who lost the same thing come back one by one."""
        longest_s = self.pause_s(again)
        return random.uniform(longest_s / 4, longest_s)
