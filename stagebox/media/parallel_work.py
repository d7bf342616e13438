"""Work side by side in threads: when one part fails, the others are told to stop."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


class ParallelWork:
    """A context manager; leaving it waits for all parts.

    When a part fails, `failed` is set, for the others to look at, and leaving raises the first part's error:
    that the others were stopped is only its consequence.
    """

    def __init__(self, failed: threading.Event, *, threads: int = 4) -> None:
        self._failed = failed
        self._first: BaseException | None = None
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="media")

    def start(self, call: Callable[..., T], *arguments: object) -> Future[T]:
        """Run `call(*arguments)` in a thread of its own."""

        def guarded() -> T:
            try:
                return call(*arguments)
            except BaseException as error:
                self._first = self._first or error
                self._failed.set()
                raise

        return self._pool.submit(guarded)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        first = self._first
        if error is not None:
            self._failed.set()
        self._pool.shutdown(wait=True)
        first = first or (self._first if error is None else None)
        if first is not None and first is not error:
            raise first from None
