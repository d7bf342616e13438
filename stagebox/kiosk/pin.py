"""The lock's PIN: wrong guesses make the next one wait longer. Pure; times are UTC seconds."""

import hmac
from dataclasses import dataclass, replace

from stagebox.system.backoff import Backoff

FREE_GUESSES = 3
WAIT = Backoff(first_s=5.0, cap_s=300.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """How often a wrong PIN was typed, and until when no more guesses are taken."""

    wrong: int = 0
    closed_until: float = 0.0

    def waits(self, now: float) -> float:
        """Seconds until the next guess is taken; 0 for now. A clock set back does not wait for ever."""
        return max(0.0, min(WAIT.cap_s, self.closed_until - now))


def guess(guard: Guard, typed: str, pin: str, now: float) -> tuple[Guard, bool]:
    """The guard after a guess, and whether the lock opens. A guess made too early counts for nothing."""
    if guard.waits(now) > 0:
        return guard, False
    if hmac.compare_digest(typed.encode(), pin.encode()):
        return Guard(), True
    wrong = guard.wrong + 1
    if wrong < FREE_GUESSES:
        return replace(guard, wrong=wrong), False
    return Guard(wrong=wrong, closed_until=now + WAIT.pause_s(wrong - FREE_GUESSES)), False
