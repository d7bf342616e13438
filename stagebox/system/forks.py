"""Processes that begin loaded: forks of one that has imported everything, where the platform can fork.

Starting Python and loading numpy, PyAV and the settings takes half a second, twice for each recording; a fork
takes some milliseconds. Only a process with a single thread is forked.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from typing import IO, Any, NoReturn

_os: Any = os
_select: Any = select
_signal: Any = signal
# Of these, what only some platforms have; `possible` says whether it is there.

CRASHED = 70
"""The exit code of a fork in which stagebox itself failed."""

_LOOK_S = 0.5
_PIPE_FD = 3


def possible() -> bool:
    """Whether this platform has what is needed: Linux has."""
    return all(hasattr(os, name) for name in ("fork", "pidfd_open")) and hasattr(signal, "sigtimedwait")


def fork() -> int:
    """fork(2): 0 in the child. Only a process with a single thread is forked."""
    return int(_os.fork())


def run(call: Callable[[], int], meanwhile: Callable[[], object] | None = None) -> int:
    """Run `call` in a fork of this process and return its exit code; negative: the signal that ended it.

    SIGTERM and SIGINT are handed on to it, and the end of the one who started this process reaches it as
    SIGTERM.

    Args:
        meanwhile: what this process does before it waits. Until then a signal ends it, and is not handed on.
    """
    parent, asked = _os.getppid(), False
    watched = {_signal.SIGCHLD, signal.SIGTERM, signal.SIGINT}
    before = _signal.pthread_sigmask(_signal.SIG_BLOCK, watched)
    pid = fork()
    if pid == 0:
        _signal.pthread_sigmask(_signal.SIG_SETMASK, before)
        _end(call)
    try:
        if meanwhile is not None:
            _signal.pthread_sigmask(_signal.SIG_SETMASK, before | {_signal.SIGCHLD})
            meanwhile()
            _signal.pthread_sigmask(_signal.SIG_BLOCK, watched)
        while True:
            came = _signal.sigtimedwait(watched, _LOOK_S)
            if not asked and (
                (came is not None and came.si_signo != _signal.SIGCHLD) or _os.getppid() != parent
            ):
                asked = True
                os.kill(pid, signal.SIGTERM)
            ended, status = _os.waitpid(pid, _os.WNOHANG)
            if ended:
                return int(_os.waitstatus_to_exitcode(status))
    finally:
        _signal.pthread_sigmask(_signal.SIG_SETMASK, before)


def end_as(code: int) -> NoReturn:
    """End this process as one of its forks ended: by the same signal, or with the same exit code."""
    if code < 0:
        if -code not in (_signal.SIGKILL, _signal.SIGSTOP):
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code if code >= 0 else CRASHED)


def _end(call: Callable[[], int]) -> NoReturn:
    """Run `call` in what is a fork already, and end with what it returns."""
    code = CRASHED
    try:
        code = call()
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):  # perhaps nobody reads any more
                stream.flush()
        os._exit(code)


class ForkedProcess:
    """A fork with pipes for its input, output and errors; it leads a process group. Used as a `Popen`."""

    def __init__(self, pid: int, stdin: int, stdout: int, stderr: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdin: IO[bytes] | None = os.fdopen(stdin, "wb")
        self.stdout: IO[bytes] | None = os.fdopen(stdout, "rb")
        self.stderr: IO[bytes] | None = os.fdopen(stderr, "rb")
        self._there = _os.pidfd_open(pid)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code once it has ended. Raises `subprocess.TimeoutExpired` after so many seconds."""
        if self.returncode is None:
            ended = _select.poll()
            ended.register(self._there, _select.POLLIN)
            if not ended.poll(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired("a fork", timeout or 0.0)
            self.returncode = _os.waitstatus_to_exitcode(_os.waitpid(self.pid, 0)[1])
            os.close(self._there)
        return self.returncode

    def kill(self) -> None:
        """End it at once."""
        if self.returncode is None:
            os.kill(self.pid, _signal.SIGKILL)


def start(call: Callable[[int, IO[bytes], IO[bytes]], int]) -> tuple[ForkedProcess, int]:
    """Run `call` in a fork, and return the fork and the end of a further pipe from it.

    Args:
        call: gets that pipe's descriptor, its standard input and its standard output, and returns the exit
            code.

    Raises OSError when the machine cannot.
    """
    ends: list[tuple[int, int]] = []
    try:
        ends.extend(os.pipe() for _ in range(4))
        pid = fork()
    except OSError:
        for one in ends:
            os.close(one[0])
            os.close(one[1])
        raise
    (stdin, feed), (output, stdout), (errors, stderr), (told, tell) = ends
    if pid == 0:
        _end(lambda: _begin(call, (stdin, stdout, stderr, tell)))
    for inner in (stdin, stdout, stderr, tell):
        os.close(inner)
    with contextlib.suppress(OSError):  # it was quicker, or has ended
        _os.setpgid(pid, pid)
    return ForkedProcess(pid, feed, output, errors), told


def _begin(call: Callable[[int, IO[bytes], IO[bytes]], int], ends: tuple[int, int, int, int]) -> int:
    """In the fork: nothing of the parent's is open but the pipes, and signals do what they do by default."""
    _os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    for wanted, end in enumerate(ends):
        os.dup2(end, wanted)
    os.closerange(_PIPE_FD + 1, _os.sysconf("SC_OPEN_MAX"))
    sys.stderr = os.fdopen(2, "w", errors="replace", closefd=False)
    with os.fdopen(0, "rb", closefd=False) as source, os.fdopen(1, "wb", closefd=False) as sink:
        return call(_PIPE_FD, source, sink)
