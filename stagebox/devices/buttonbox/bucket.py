"""A leaky bucket: how much of something that comes too fast is taken. Pure."""


class LeakyBucket:
    """Takes `burst` at once and `per_s` a second; the rest overflows."""

    def __init__(self, per_s: float, burst: int) -> None:
        self._per_s = per_s
        self._burst = float(burst)
        self._left = float(burst)
        self._at: float | None = None

    def take(self, at: float) -> bool:
        """Whether one more fits at the monotonic second `at`."""
        if self._at is not None:
            self._left = min(self._burst, self._left + max(0.0, at - self._at) * self._per_s)
        self._at = at
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
