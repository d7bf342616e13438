"""The kiosk's parent: it starts no Qt, so that it outlives the screen and brings it, and `serve`, back.

It has loaded what the screen needs, and each screen is a fork of it: most of a start is loading code, which
on a busy computer takes seconds (docs/decisions/0504).
"""

import gc
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stagebox.system.forks import fork
from stagebox.system.processes import KILL

log = logging.getLogger(__name__)

LOOK_S = 0.1
SERVE_EVERY_S = 3.0
STEADY_S = 20.0
WAITS_S = (0.0, 0.0, 0.5, 1.0, 2.0, 5.0)
END_S = 8.0


def wait_before(short_lives: int) -> float:
    """How long to wait before the next start, after this many starts in a row that did not last."""
    return WAITS_S[min(short_lives, len(WAITS_S) - 1)]


@dataclass(frozen=True, slots=True)
class _Screen:
    """A screen's process: its id, a file that ends when the process does, and one that keeps it alive."""

    pid: int
    life: int
    leash: int

    def ended(self, timeout_s: float) -> bool:
        """Whether it ends within this time."""
        return bool(select.select([self.life], [], [], timeout_s)[0])

    def reap(self) -> int:
        """Its exit code, negative for a signal; call once, when it has ended or is bound to."""
        os.close(self.leash)
        os.close(self.life)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@dataclass(slots=True)
class Parent:
    """Runs the screen's process, and `serve` where none answers on `port` (no `serve` command: never).

    `screen` runs in a fork and returns its exit code; its standard input ends with the parent. What it needs
    is imported before `run`, and no thread is running then. `serve` gets a session of its own: it records on
    when kiosk and parent are gone.
    """

    screen: Callable[[], int]
    serve: Sequence[str]
    port: int
    serve_log: Path
    _ending: bool = False
    _serving: "subprocess.Popen[bytes] | None" = None
    _asked_at: float = -SERVE_EVERY_S

    def run(self) -> int:
        """Keep the screen up until SIGTERM or SIGINT, or until it ends by itself with 0. Returns 0."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        gc.freeze()  # what is shared with the screen stays shared: collecting would write to every page
        short_lives = 0
        while not self._ending:
            self._see_to_serve()
            began = time.monotonic()
            code = self._watch(self._fork())
            if code == 0 or self._ending:
                break
            lasted = time.monotonic() - began
            short_lives = 0 if lasted >= STEADY_S else short_lives + 1
            log.warning("the screen ended with %s after %.1f s; it is started again", code, lasted)
            self._pause(wait_before(short_lives))
        return 0

    def _fork(self) -> _Screen:
        life, alive = os.pipe()
        tied, leash = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = fork()
        if pid == 0:
            os.dup2(tied, 0)
            for file in (life, tied, leash):
                os.close(file)
            os._exit(self._be_screen())
        os.close(alive)
        os.close(tied)
        return _Screen(pid, life, leash)

    def _be_screen(self) -> int:
        """The screen, in its own process: whatever happens, an exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        code = 1
        try:
            code = self.screen()
        except BaseException:
            traceback.print_exc()
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        return code

    def _on_signal(self, number: int, frame: object) -> None:
        del number, frame
        self._ending = True

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._ending and time.monotonic() < until:
            time.sleep(LOOK_S)

    def _watch(self, screen: _Screen) -> int:
        while not self._ending:
            if screen.ended(LOOK_S):
                return screen.reap()
            self._see_to_serve()
        with suppress(ProcessLookupError):
            os.kill(screen.pid, signal.SIGTERM)
            if not screen.ended(END_S):
                os.kill(screen.pid, KILL)
        return screen.reap()

    def _see_to_serve(self) -> None:
        """Start `serve` when nobody answers, and ours is not just starting."""
        now = time.monotonic()
        if not self.serve or now - self._asked_at < SERVE_EVERY_S:
            return
        self._asked_at = now
        if self._serving is not None and self._serving.poll() is None:
            return
        if answers(self.port):
            return
        log.warning("no stagebox answers on port %s: starting one", self.port)
        self.serve_log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.serve_log.open("ab") as words:
            self._serving = subprocess.Popen(
                list(self.serve),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )


def answers(port: int) -> bool:
    """Whether anybody listens on 127.0.0.1:`port`."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1.0):
        return True
    return False


def stagebox_command(config: Path | None, *arguments: str) -> list[str]:
    """The command line that runs stagebox with this Python and these settings."""
    chosen = ["--config", str(config)] if config is not None else []
    return [sys.executable, "-m", "stagebox", *chosen, *arguments]
