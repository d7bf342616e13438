"""One box's port: opened exclusively, read by one blocking thread, tried again for ever. Decides nothing."""

import contextlib
import logging
import os
import secrets
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from stagebox.devices.buttonbox.codec import MS_LIMIT, ButtonDeed
from stagebox.devices.buttonbox.session import BoxSession
from stagebox.system.backoff import Backoff
from stagebox.system.clocks import counted_in_sleep_s

if TYPE_CHECKING:
    from serial import Serial

log = logging.getLogger(__name__)

BAUD = 115_200
READ_BYTES = 16_384
WAKE_S = 0.2
"""The thread looks at the time at least this often; what matters wakes it before."""
WRITE_TIMEOUT_S = 0.5
PAUSES = Backoff(first_s=0.25, cap_s=5.0)
APPEAR_S = 0.1
"""While waiting, how often it is looked whether the port came back."""
SLEPT_S = 2.0
"""A thread that did not run for so long slept, or its computer did: what waits in the port is old."""
CLOSE_S = 3.0

PortEnd = Literal["used", "unplugged", "no_right", "broke", "mute", "unwanted"]
"""Why a port is closed or cannot be opened. mute: the box does not answer. unwanted: nobody asks for it."""


class PortListener(Protocol):
    """What a port tells its keeper. All are called on the port's thread and must be quick."""

    def opened(self, port: "BoxPort", session: BoxSession) -> None:
        """The port is open and the greeting begins."""

    def deeds(self, port: "BoxPort", session: BoxSession, deeds: list[ButtonDeed]) -> None:
        """Buttons were pressed, held, released."""

    def turned(self, port: "BoxPort", session: BoxSession, at: float) -> PortEnd | None:
        """Once a turn: sets the lamps. Returns why this port is to be closed, or None."""

    def closed(self, port: "BoxPort", why: PortEnd) -> None:
        """The port was closed, or could not be opened."""

    def line(self, port: "BoxPort", way: str, line: bytes, fault: str) -> None:
        """A line went by."""


class BoxPort:
    """Keeps one port open. `path` may be absent: it is tried for ever, at once when it appears."""

    def __init__(self, path: str, listener: PortListener) -> None:
        self.path = path
        self._listener = listener
        self._closing = threading.Event()
        self._serial: Serial | None = None
        self._thread = threading.Thread(target=self._keep, name=f"button-box {path}", daemon=True)

    def start(self) -> None:
        """Begin to try."""
        self._thread.start()

    def wake(self) -> None:
        """Have the thread look now: something is to be said. From any thread; never waits."""
        port = self._serial
        if port is not None:
            with contextlib.suppress(OSError, AttributeError, TypeError, ValueError):  # it was just closed
                port.cancel_read()

    def close(self) -> bool:
        """Say goodbye to the box and end, in bounded time; returns whether that worked."""
        self._closing.set()
        self.wake()
        if self._thread.ident is None or self._thread is threading.current_thread():
            return True
        self._thread.join(CLOSE_S)
        return not self._thread.is_alive()

    def _keep(self) -> None:
        failures = 0
        while not self._closing.is_set():
            answered = False
            try:
                answered, why = self._live()
            except OSError as error:  # pyserial's errors are of this kind, too
                why = fault_of(error)
            except Exception:
                log.exception("the port %s could not be used", self.path)
                why = "broke"
            if self._closing.is_set():
                return
            failures = 0 if answered else failures + 1
            self._listener.closed(self, why)
            self._pause(PAUSES.pause_s(failures))

    def _pause(self, pause_s: float) -> None:
        """Wait, but not when a port that was away appears."""
        until = time.monotonic() + pause_s
        was_there = Path(self.path).exists()
        while (left_s := until - time.monotonic()) > 0 and not self._closing.wait(min(left_s, APPEAR_S)):
            there = Path(self.path).exists()
            if there and not was_there:
                return
            was_there = there

    def _live(self) -> tuple[bool, PortEnd]:
        """One connection; returns whether the box answered, and why it ended."""
        from serial import Serial

        with Serial(
            self.path, BAUD, timeout=WAKE_S, write_timeout=WRITE_TIMEOUT_S, exclusive=exclusive()
        ) as port:
            session = BoxSession(
                new_nonce,
                time.monotonic(),
                lambda way, line, fault: self._listener.line(self, way, line, fault),
            )
            self._serial = port
            try:
                self._listener.opened(self, session)
                return self._talk(port, session)
            finally:
                self._serial = None

    def _talk(self, port: "Serial", session: BoxSession) -> tuple[bool, PortEnd]:
        answered = False
        before = counted_in_sleep_s()
        while True:
            at = time.monotonic()
            if (why := self._listener.turned(self, session, at)) is not None:
                return answered, why
            if out := session.say(at):
                port.write(out)
            if self._closing.is_set():
                with contextlib.suppress(OSError):
                    port.write(session.bye())
                return answered, "unwanted"
            data = port.read(1)
            if data and port.in_waiting:
                data += port.read(min(port.in_waiting, READ_BYTES))
            now = counted_in_sleep_s()
            if now - before > SLEPT_S:
                log.warning("the button box at %s is greeted anew: the computer slept", self.path)
                session.restart(time.monotonic())
            before = now
            if data:
                deeds = session.receive(data, time.monotonic())
                answered = answered or session.box is not None
                if deeds:
                    self._listener.deeds(self, session, deeds)


def new_nonce() -> int:
    """A number for a greeting that no other greeting has."""
    return 1 + secrets.randbelow(MS_LIMIT - 1)


def exclusive() -> bool | None:
    """Windows opens ports exclusively anyway, and pyserial refuses to be told there."""
    return True if os.name == "posix" else None


def fault_of(error: OSError) -> PortEnd:
    """Why a port cannot be used."""
    words = str(error)
    if "exclusively lock" in words or "Resource temporarily unavailable" in words:
        return "used"
    if isinstance(error, FileNotFoundError) or "No such file" in words:
        return "unplugged"
    return "no_right" if "Permission denied" in words else "broke"
