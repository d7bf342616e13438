"""Who reads a recording for a test, in its own process, begins loaded: a fork of one that has loaded all.

A worker does the same for each further job. To start Python and load numpy and PyAV costs 0.4 s of a
processor, many hundred times in these tests; a fork costs some milliseconds. What is forked, and how, is
stagebox's own: `worker.main`, `viewer.answer`, `decode_comparison_process.answer` and `forks.start`.
"""

import atexit
import contextlib
import io
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from typing import IO, Any

import pytest

from stagebox.media import decode_comparison, prestarted
from stagebox.system import forks

_REQUEST_BYTES = 1 << 20
_STOP_S = 10.0
_PYTHON, _POPEN = sys.executable, subprocess.Popen


def stand_in(patch: pytest.MonkeyPatch) -> None:
    """Make forks of the workers, viewers and comparisons that this process starts, unless a test forbids."""
    worker, viewer, comparison = prestarted.start, prestarted.start_viewer, decode_comparison.start

    def start_worker() -> Any:
        if not _is_as_ever():
            return worker()
        process, further = _server.fork("worker")
        os.close(further)
        return _Worker(process)

    def start_viewer() -> prestarted.WaitingViewer:
        return prestarted.WaitingViewer(*_server.fork("viewer")) if _is_as_ever() else viewer()

    def start_comparison() -> Any:
        if not _is_as_ever():
            return comparison()
        process, further = _server.fork("comparison")
        os.close(further)
        return process

    patch.setattr(prestarted, "start", start_worker)
    patch.setattr(prestarted, "start_viewer", start_viewer)
    patch.setattr(decode_comparison, "start", start_comparison)


def _is_as_ever() -> bool:
    """Whether this platform forks, and no test has set another Python, or another way to start one."""
    return forks.possible() and sys.executable == _PYTHON and subprocess.Popen is _POPEN


class _Fork(forks.ForkedProcess):
    """A fork of the server; that one waits for it, and tells its exit code in a pipe."""

    def __init__(self, pid: int, stdin: int, stdout: int, stderr: int, code: int) -> None:
        # No descriptor of it as a child has: it is the server's child, and may have ended by now.
        self.pid, self.returncode = pid, None
        self.stdin, self.stdout = os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb")
        self.stderr = os.fdopen(stderr, "rb")
        self._code = code
        self._lock = threading.Lock()

    def wait(self, timeout: float | None = None) -> int:
        with self._lock:
            if self.returncode is None:
                if not select.select([self._code], [], [], timeout)[0]:
                    raise subprocess.TimeoutExpired("a fork", timeout or 0.0)
                self.returncode = int(os.read(self._code, 16))
                os.close(self._code)
            return self.returncode

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            super().kill()


class _Worker:
    """A fork as a worker's `Popen[str]`, as far as anybody uses that."""

    def __init__(self, fork: _Fork) -> None:
        assert fork.stdin is not None
        assert fork.stdout is not None
        assert fork.stderr is not None
        fork.stderr.close()
        self._fork, self.pid = fork, fork.pid
        self.stdin = io.TextIOWrapper(fork.stdin, "utf-8", "replace", newline="\n")
        self.stdout = io.TextIOWrapper(fork.stdout, "utf-8", "replace")
        self.wait = fork.wait

    @property
    def returncode(self) -> int | None:
        return self._fork.returncode

    def poll(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._fork.wait(0)
        return self._fork.returncode

    def terminate(self) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        with contextlib.suppress(OSError):
            self.stdin.close()
        with self.stdout:
            out = self.stdout.read()
        self._fork.wait(timeout)
        return out, None


class _Server:
    """The process that has loaded all; it is started by the first who needs it, and ends with the tests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._process: subprocess.Popen[bytes] | None = None

    def fork(self, who: str) -> tuple[_Fork, int]:
        """A fork that does what `who` does, and the end of a further pipe from it."""
        sys.audit("subprocess.Popen", who, [who], None, None)  # a step as any other, for who counts them
        with self._lock:
            if self._process is None:
                self._begin()
        told = {"who": who, "folder": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as link:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _REQUEST_BYTES)
            link.connect(self._address)
            link.send(json.dumps(told).encode())
            pid, ends, _, _ = socket.recv_fds(link, 16, 5)
        stdin, stdout, stderr, further, code = ends
        return _Fork(int(pid), stdin, stdout, stderr, code), further

    def _begin(self) -> None:
        self._address = f"\0stagebox-tests-{os.getpid()}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
            listening.bind(self._address)
            listening.listen(64)
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(listening.fileno())],
                stdin=subprocess.PIPE,
                pass_fds=(listening.fileno(),),
                process_group=0,  # Ctrl-C is for the one who asks
            )
        atexit.register(self.end)

    def end(self) -> None:
        """End it, in the process that has started it."""
        if self._process is not None and os.getpid() == self._owner:
            self._process.communicate(timeout=_STOP_S)


_server = _Server()


def main() -> None:
    """The server: a request comes in, a fork's number and the ends of its pipes go out."""
    from stagebox.media import worker

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    worker._load()
    _load_comparison()
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    running: list[tuple[forks.ForkedProcess, int]] = []
    with socket.socket(fileno=int(sys.argv[1])) as listening:
        while True:
            ready, _, _ = select.select([listening, woken, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            if woken in ready:
                os.read(woken, 4096)
            if listening in ready:
                # Who asks may be a fork that is killed in the middle of it.
                with listening.accept()[0] as link, contextlib.suppress(OSError):
                    if request := link.recv(_REQUEST_BYTES):
                        running.append(_forked(link, json.loads(request)))
            running = [one for one in running if not _told(*one)]


def _load_comparison() -> None:
    from stagebox.media import decode_comparison_process

    del decode_comparison_process


def _forked(link: socket.socket, asked: dict[str, Any]) -> tuple[forks.ForkedProcess, int]:
    """Fork for the one who asks, and hand over the pipes; returns the fork, and where its exit code goes."""

    def begin(pipe: int, source: IO[bytes], sink: IO[bytes]) -> int:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        return _work(asked["who"], pipe, source, sink)

    process, further = forks.start(begin)
    code, tell = os.pipe()
    streams: tuple[Any, ...] = (process.stdin, process.stdout, process.stderr)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        socket.send_fds(link, [b"%d" % process.pid], [*(one.fileno() for one in streams), further, code])
    for stream in streams:
        stream.close()
    os.close(further)
    os.close(code)
    return process, tell


def _work(who: str, pipe: int, source: IO[bytes], sink: IO[bytes]) -> int:
    from stagebox.media import decode_comparison_process, viewer, worker

    if who == "viewer":
        return viewer.answer(pipe, source, sink)
    if who == "comparison":
        return decode_comparison_process.answer(source, sink)
    os.close(pipe)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115
    return worker.main()


def _told(process: forks.ForkedProcess, tell: int) -> bool:
    """Whether it has ended, which is told then."""
    try:
        code = process.wait(0)
    except subprocess.TimeoutExpired:
        return False
    with contextlib.suppress(BrokenPipeError):
        os.write(tell, b"%d" % code)
    os.close(tell)
    return True


if __name__ == "__main__":
    main()
