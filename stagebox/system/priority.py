"""Whose turn it is on the processor: the recording's first.

Two things decide on Linux. Niceness is each thread's own, and a child has its parent's. And where the kernel
groups by session (autogroup, sched(7)), niceness counts only within a session; the session as a whole has a
niceness of its own in /proc/PID/autogroup. A private OBS has a session of its own, so both are set.

Less than 0 may be asked for by root (CAP_SYS_NICE), and by others as far as RLIMIT_NICE allows; everybody
else stays where they are, and `Priority.first` says so.
"""

import contextlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stagebox.system import LINUX

_os: Any = os

FIRST = -10
"""The niceness asked for: some nine times the share of a program at 0. Sound servers ask for -11."""
USUAL = 0
"""The niceness of what nobody has given anything."""
BEHIND = 5
"""The niceness of what can wait."""
LIMIT_ZERO = 20
"""setrlimit(2): RLIMIT_NICE is this less the lowest niceness allowed."""


@dataclass(frozen=True, slots=True)
class Priority:
    """What a process has: its niceness, and its session's (None: this kernel does not group by session)."""

    nice: int
    session_nice: int | None

    @property
    def first(self) -> bool:
        """Whether it comes before programs that nobody has given anything."""
        return self.nice < 0 and (self.session_nice is None or self.session_nice < 0)


@contextlib.contextmanager
def ahead(nice: int = FIRST) -> Iterator[None]:
    """What this thread starts within gets its turn first, as far as this user may; the thread goes back."""
    if not LINUX:
        yield
        return
    thread = threading.get_native_id()
    before = _os.getpriority(_os.PRIO_PROCESS, thread)
    take_turn(nice)
    try:
        yield
    finally:
        _os.setpriority(_os.PRIO_PROCESS, thread, before)  # Back to less is always allowed.


def take_turn(nice: int, otherwise: int | None = None) -> None:
    """Give this thread a niceness for good, as far as this user may; where not at all, `otherwise`."""
    if not LINUX:
        return
    _set(threading.get_native_id(), nice, *([] if otherwise is None else [otherwise]))


def lead_session(pid: int, nice: int = FIRST) -> None:
    """Give the session that `pid` leads a niceness among the sessions, as far as this user may."""
    if not LINUX:
        return
    for wanted in _allowed(nice):
        with contextlib.suppress(OSError):
            _session_file(pid).write_text(str(wanted))
            return


def put(pid: int, nice: int) -> None:
    """Give each thread of a running process, and the session that it leads, a niceness, as far as allowed.

    A thread has its niceness from the one that starts it, so it is looked until no new one is found.
    """
    if not LINUX:
        return
    given: set[Path] = set()
    with contextlib.suppress(OSError):
        while new := set(Path(f"/proc/{pid}/task").iterdir()) - given:
            for thread in new:
                _set(int(thread.name), nice)
            given |= new
    lead_session(pid, nice)


def fall_behind(pid: int, nice: int = BEHIND) -> None:
    """Let a process that was just started, and the session that it leads, come after others."""
    if not LINUX:
        return
    with contextlib.suppress(OSError):
        _os.setpriority(_os.PRIO_PROCESS, pid, nice)
    lead_session(pid, nice)


def priority_of(pid: int) -> Priority | None:
    """What a process has; None when it is gone, or where it cannot be known."""
    if not LINUX:
        return None
    try:
        return Priority(_os.getpriority(_os.PRIO_PROCESS, pid), _session_nice(pid))
    except OSError:
        return None


def _set(thread: int, nice: int, *otherwise: int) -> None:
    """Give a thread the first of these that this user may."""
    for wanted in (*_allowed(nice), *otherwise):
        with contextlib.suppress(OSError):
            _os.setpriority(_os.PRIO_PROCESS, thread, wanted)
            return


def _allowed(nice: int) -> tuple[int, ...]:
    """What is asked for, one after the other: all of it, and as much as RLIMIT_NICE allows below 0."""
    import resource as only_unix

    resource: Any = only_unix
    soft, _ = resource.getrlimit(resource.RLIMIT_NICE)
    lowest = -LIMIT_ZERO if soft == resource.RLIM_INFINITY else LIMIT_ZERO - soft
    return (nice, lowest) if nice < lowest < 0 else (nice,)


def _session_file(pid: int) -> Path:
    return Path(f"/proc/{pid}/autogroup")


def _session_nice(pid: int) -> int | None:
    """`/autogroup-17 nice -10`; None without autogroups, and when they are switched off."""
    try:
        if Path("/proc/sys/kernel/sched_autogroup_enabled").read_text().strip() != "1":
            return None
        return int(_session_file(pid).read_text().rsplit(maxsplit=1)[-1])
    except (OSError, ValueError, IndexError):
        return None
