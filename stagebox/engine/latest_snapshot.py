"""Where the newest of something hangs: snapshots, sound levels. Read without waiting, or waited for."""

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


class LatestSnapshot(Generic[T]):
    """Holds the newest one. Listeners are called on the publisher's thread and must only pass it on.

    One that raises is logged, once until it works again, and harms neither the publisher nor the others.
    """

    def __init__(self) -> None:
        self._latest: T | None = None
        self._changed = threading.Condition()
        self._listeners: tuple[Callable[[T], None], ...] = ()
        self._raised: set[int] = set()

    def publish(self, newest: T) -> None:
        """Hang up a new one in the place of the last."""
        with self._changed:
            self._latest = newest
            listeners = self._listeners
            self._changed.notify_all()
        for listener in listeners:
            try:
                listener(newest)
            except Exception:
                if id(listener) not in self._raised:
                    log.exception("a listener failed: %r", listener)
                self._raised.add(id(listener))
            else:
                self._raised.discard(id(listener))

    @property
    def latest(self) -> T:
        """The newest one; waits for the very first.

        Raises:
            TimeoutError: nothing was published in ten seconds.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._latest is not None, 10.0):
                raise TimeoutError("the engine published no snapshot")
            assert self._latest is not None
            return self._latest

    @property
    def newest(self) -> T | None:
        """The newest one, or None when nothing was ever published."""
        return self._latest

    def wait_for(self, predicate: Callable[[T], bool], timeout_s: float) -> T | None:
        """The first newest one for which `predicate` is true, or None after `timeout_s` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._latest is not None and predicate(self._latest), timeout_s)
            latest = self._latest
        return latest if latest is not None and predicate(latest) else None

    def listen(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Call `listener` with each new one; the function returned ends that."""
        with self._changed:
            self._listeners = (*self._listeners, listener)

        def stop() -> None:
            with self._changed:
                self._raised.discard(id(listener))
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return stop
