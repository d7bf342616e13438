"""Processes of ours: groups that end together, what a signal is called, who stands back."""

import contextlib
import os
import select
import signal
import subprocess
from typing import Any, TextIO

KILL: int = getattr(signal, "SIGKILL", 9)
"""Ends a process at once. Where there are no signals, any number does that, and becomes the exit code."""

_subprocess: Any = subprocess

GROUP: dict[str, Any] = (
    {"creationflags": _subprocess.CREATE_NEW_PROCESS_GROUP}
    if hasattr(subprocess, "CREATE_NEW_PROCESS_GROUP")
    else {"process_group": 0}
)
"""What `subprocess.Popen` is told, so that the child leads a group: what it starts ends with it."""


ENDINGS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals by which people, the service manager and a closed terminal end a program."""


def signal_name(number: int) -> str:
    """The name of a signal, as `SIGKILL` or `SIGRTMIN+3`; "signal 99" where it has none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        # Python knows no names of most real-time signals and refuses their numbers.
        first, last = getattr(signal, "SIGRTMIN", 0), getattr(signal, "SIGRTMAX", 0)
        return f"SIGRTMIN+{number - first}" if 0 < first < number < last else f"signal {number}"


def is_root() -> bool:
    """Whether this process may do everything; False where there is no such user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def end_of(pid: int) -> int | None:
    """A descriptor that can be read once the process has ended; None where there are none.

    Raises ProcessLookupError when it has ended, OSError when the system has none left.
    """
    if not hasattr(os, "pidfd_open"):
        return None
    has: Any = os
    descriptor: int = has.pidfd_open(pid)
    return descriptor


def end_group(leader: int, number: int = KILL) -> None:
    """Send a signal to a process and all that it started; those that are gone, or another's, are left out."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(leader, number)
            return
        for pid in (*_children(leader), leader):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)


def stand_back(pid: int, nice: int) -> None:
    """Let a process and its children to come yield to everything else: at the disk too, where it can."""
    with contextlib.suppress(ImportError):
        import psutil

        with contextlib.suppress(psutil.Error, OSError):
            psutil.Process(pid).nice(nice)
        with contextlib.suppress(psutil.Error, OSError, AttributeError):
            process: Any = psutil.Process(pid)
            process.ionice(getattr(psutil, "IOPRIO_CLASS_IDLE"))  # noqa: B009  (only Linux has it)


def _children(pid: int) -> list[int]:
    """All that a process started, and they in turn; none where nobody can tell."""
    try:
        import psutil  # it does not load on every platform

        return [one.pid for one in psutil.Process(pid).children(recursive=True)]
    except Exception:  # not on this platform, or gone
        return []


def reader_is_gone(pipe: TextIO) -> bool:
    """Whether this is a pipe that nobody reads any more."""
    if not hasattr(select, "poll"):
        return True  # cannot be asked, and a reader that left is by far the likeliest
    has: Any = select
    poll = has.poll()
    try:
        poll.register(pipe.fileno(), has.POLLOUT)
    except (OSError, ValueError):
        return False
    return any(event & (has.POLLERR | has.POLLHUP) for _, event in poll.poll(0))
