"""Locks between processes: a file that one of them holds, let go when that process ends, however it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def hold(path: Path, *, wait: bool = False) -> Callable[[], None] | None:
    """Take the lock file; returns what lets it go again, or None when another holds it.

    The file itself stays: removing it would let two processes each lock a file of their own.

    Args:
        wait: wait for the one who holds it.

    Raises OSError: the file cannot be made.
    """
    from filelock import FileLock, Timeout  # 50 ms, which a command that locks nothing need not wait for

    lock = FileLock(path, blocking=wait, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    return lock.release


@contextmanager
def try_lock(path: Path, *, wait: bool = False) -> Iterator[bool]:
    """Hold the lock file meanwhile, as `hold` does; yields whether it was obtained. Raises OSError."""
    let_go = hold(path, wait=wait)
    try:
        yield let_go is not None
    finally:
        if let_go is not None:
            let_go()
