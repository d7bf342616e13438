"""How old is what the box tells, when box and host share no clock? Pure."""

from stagebox.devices.buttonbox.codec import MS_LIMIT

DRIFT_MS_PER_S = 0.1
"""How fast the two quartzes may drift apart: 100 parts in a million, several times what they do."""


class BoxClock:
    """Learns how the box's milliseconds lie to the host's seconds.

    Each time the box tells bounds their difference from above, because a line only ever comes late: the
    smallest difference seen is the quickest road. What came later than that was held up by so much.
    """

    def __init__(self) -> None:
        self._ms = 0
        self._known = False
        self._least = 0.0
        self._at = 0.0

    def age_ms(self, box_ms: int, at: float) -> float:
        """Milliseconds between the box's `box_ms` and the host's second `at`, beyond the quickest road."""
        ms = self._unwrapped(box_ms)
        difference = at * 1000 - ms
        if not self._known:
            self._known, self._least, self._at = True, difference, at
        allowed = self._least + max(0.0, at - self._at) * DRIFT_MS_PER_S
        self._at = max(self._at, at)
        self._least = min(difference, allowed)
        return difference - self._least

    def _unwrapped(self, box_ms: int) -> int:
        """The box's milliseconds without the jump back to 0 that they make every twelve days."""
        ahead = (box_ms - self._ms) % MS_LIMIT
        self._ms += ahead if ahead < MS_LIMIT // 2 else ahead - MS_LIMIT
        return self._ms
