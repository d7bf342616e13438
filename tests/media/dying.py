"""Work done in a process that dies in the middle of it, at a step of one's choice."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

KILLED = 9
_STEPS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.link", "os.utime", "subprocess.Popen"})


def dies_at(step: int, work: Callable[[], object], *, writing_in: Path | None = None) -> int:
    """Do it in a process that dies at this step (0: at none); return its exit code, KILLED if it died there.

    A step is a file opened for writing (if it is named, in `writing_in`), one that is made, linked, renamed,
    dated or removed, or a program started.
    """
    within = "" if writing_in is None else str(writing_in)
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        passed = 0

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal passed
            flags = arguments[2] if event == "open" else 0
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if event in _STEPS or (writes and within in str(arguments[0])):
                passed += 1
                if passed == step:
                    os._exit(KILLED)

        try:
            sys.addaudithook(count)
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
