"""A child that reads what strangers wrote: little memory, little time, no network, no files, no programs."""

import sys
from typing import Any

_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork")


def confine(memory_bytes: int, processor_s: float) -> None:
    """Have this process give up what reading needs not, for good.

    Where the platform limits nothing, the network and programs are refused all the same.

    Args:
        memory_bytes: all that it may have; more raises MemoryError in it.
        processor_s: how long it may compute; then it is ended.
    """
    try:
        import resource as only_unix
    except ImportError:
        pass
    else:
        has: Any = only_unix
        _lower(has, has.RLIMIT_AS, memory_bytes)
        _lower(has, has.RLIMIT_CPU, int(processor_s) + 1)
        _lower(has, has.RLIMIT_CORE, 0)
        _lower(has, has.RLIMIT_FSIZE, 0)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_REFUSED):
            raise PermissionError(f"{event} is not allowed here.")

    sys.addaudithook(refuse)


def _lower(has: Any, which: int, limit: int) -> None:
    _, hard = has.getrlimit(which)
    if hard == has.RLIM_INFINITY or hard > limit:
        has.setrlimit(which, (limit, limit))
