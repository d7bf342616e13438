"""Where the newest snapshot hangs: read without waiting, or waited for."""

import threading
from collections.abc import Callable

from stagebox.model.snapshot import Snapshot

Listener = Callable[[Snapshot], None]


class Board:
    """Holds the newest snapshot. Listeners are called on the engine's thread and must only pass it on."""

    def __init__(self) -> None:
        self._latest: Snapshot | None = None
        self._changed = threading.Condition()
        self._listeners: tuple[Listener, ...] = ()

    def publish(self, snapshot: Snapshot) -> None:
        """Hang up a new snapshot."""
        with self._changed:
            self._latest = snapshot
            listeners = self._listeners
            self._changed.notify_all()
        for listener in listeners:
            listener(snapshot)

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot; waits for the very first one.

        Raises:
            TimeoutError: the engine published nothing in ten seconds.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._latest is not None, 10.0):
                raise TimeoutError("the engine published no snapshot")
            assert self._latest is not None
            return self._latest

    def wait_for(self, predicate: Callable[[Snapshot], bool], timeout_s: float) -> Snapshot | None:
        """The first newest snapshot for which `predicate` is true, or None after `timeout_s` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._latest is not None and predicate(self._latest), timeout_s)
            latest = self._latest
        return latest if latest is not None and predicate(latest) else None

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each new snapshot; the function returned ends that."""
        with self._changed:
            self._listeners = (*self._listeners, listener)

        def stop() -> None:
            with self._changed:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return stop
