"""How far the passes over one recording are, and whether they are to stop."""

import threading
from collections.abc import Callable

from stagebox.media import runner

Progress = Callable[[str, float], None]
"""Called with the present step in one word and the share of the whole work done, 0 to 1."""

_WEIGHTS = {"copy": 0.3, "look": 0.5, "prove": 0.2}


class PassSteps:
    """What all passes share. `failed` is set when one of them failed: the others stop then."""

    def __init__(self, progress: Progress | None, cancel: runner.Cancel | None) -> None:
        self.failed = threading.Event()
        self._progress = progress
        self._outer_cancel = cancel
        self._shares = dict.fromkeys(_WEIGHTS, 0.0)

    def cancel(self) -> bool:
        """Whether the work is to stop."""
        return self.failed.is_set() or (self._outer_cancel is not None and self._outer_cancel())

    def went(self, step: str, share: float) -> None:
        """As `told`, for work in this thread, which ends here when it is to stop.

        Raises CancelledError.
        """
        if self.cancel():
            raise runner.CancelledError
        self.told(step, share)

    def told(self, step: str, share: float) -> None:
        """Pass on that this share of a step is done."""
        self._shares[step] = share
        if self._progress is not None:
            self._progress(step, sum(_WEIGHTS[name] * done for name, done in self._shares.items()))
