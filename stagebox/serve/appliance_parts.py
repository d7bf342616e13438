"""Parts of `serve`: begun one after the other, and ended the other way round."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

log = logging.getLogger(__name__)

End = Callable[[], object]


@dataclass(frozen=True, slots=True)
class AppliancePart:
    """One part, and what people call it.

    `start` begins it and gives what ends it, in bounded time, or None where nothing needs to be ended. A
    start that raises has ended itself what it began.
    """

    name: str
    start: Callable[[], End | None]


class Worker(Protocol):
    """What works on a thread of its own."""

    def start(self) -> None:
        """Begin to work."""

    def close(self) -> object:
        """End, in bounded time."""


def running(worker: Worker) -> End:
    """Begin a worker; gives what ends it."""
    worker.start()
    return worker.close


class ApplianceParts:
    """The parts that run."""

    def __init__(self) -> None:
        self._ends: list[tuple[str, End]] = []

    def start(self, parts: Iterable[AppliancePart]) -> None:
        """Begin each in its turn. One that fails is named, those before it are ended, its error goes on."""
        for part in parts:
            try:
                end = part.start()
            except BaseException:
                log.debug("The start ends at: %s.", part.name)
                self.stop()
                raise
            if end is not None:
                self._ends.append((part.name, end))

    def stop(self) -> None:
        """End those that run, the last first. One that cannot is named and passed over."""
        while self._ends:
            name, end = self._ends.pop()
            try:
                end()
            except Exception:
                log.exception("This did not end as it should: %s.", name)
