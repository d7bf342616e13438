"""The kiosk's parent: without Qt, so that it outlives the screen and brings it, and `serve`, back."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

LOOK_S = 0.1
SERVE_EVERY_S = 3.0
STEADY_S = 20.0
WAITS_S = (0.0, 0.0, 0.5, 1.0, 2.0, 5.0)
END_S = 8.0


def wait_before(short_lives: int) -> float:
    """How long to wait before the next start, after this many starts in a row that did not last."""
    return WAITS_S[min(short_lives, len(WAITS_S) - 1)]


@dataclass(slots=True)
class Parent:
    """Runs the screen's process, and `serve` where none answers on `port` (no `serve` command: never).

    `serve` gets a session of its own: it records on when kiosk and parent are gone.
    """

    screen: Sequence[str]
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
        short_lives = 0
        while not self._ending:
            self._see_to_serve()
            began = time.monotonic()
            child = subprocess.Popen(
                list(self.screen), stdin=subprocess.PIPE, env={**os.environ, "STAGEBOX_KIOSK_PARENT": "pipe"}
            )
            code = self._watch(child)
            if code == 0 or self._ending:
                break
            lasted = time.monotonic() - began
            short_lives = 0 if lasted >= STEADY_S else short_lives + 1
            log.warning("the screen ended with %s after %.1f s; it is started again", code, lasted)
            self._pause(wait_before(short_lives))
        return 0

    def _on_signal(self, number: int, frame: object) -> None:
        del number, frame
        self._ending = True

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._ending and time.monotonic() < until:
            time.sleep(LOOK_S)

    def _watch(self, child: "subprocess.Popen[bytes]") -> int | None:
        while not self._ending:
            with suppress(subprocess.TimeoutExpired):
                return child.wait(LOOK_S)
            self._see_to_serve()
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            return child.wait(END_S)
        child.kill()
        return child.wait()

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
