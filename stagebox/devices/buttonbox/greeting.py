"""Greets the box at a port, once, with nobody else there: for the checklist and after an installation."""

import contextlib
import time
from collections.abc import Callable

from stagebox.devices.buttonbox.codec import Hello
from stagebox.devices.buttonbox.judge import at_port, other_version
from stagebox.devices.buttonbox.port import BAUD, READ_BYTES, exclusive, fault_of, new_nonce
from stagebox.devices.buttonbox.session import BoxSession
from stagebox.model.errors import StageboxError

TURN_S = 0.05
LOOK_EVERY_S = 0.2


class PortError(StageboxError):
    """The port cannot be opened, or broke."""


def greet(path: str, timeout_s: float) -> Hello:
    """What the box at `path` says of itself.

    Raises:
        StageboxError: the port cannot be opened, nobody answers, or a box of another version does.
    """
    found: list[Hello] = []

    def until(session: BoxSession) -> bool:
        if session.box is not None:
            found.append(session.box)
        return bool(found) or bool(session.other_version)

    session = converse(path, until, timeout_s)
    if found:
        return found[0]
    if session.other_version:
        raise StageboxError(*other_version(path, session.other_version))
    raise StageboxError(*at_port("mute", path))


def greet_restarted(path: str, timeout_s: float) -> Hello:
    """As `greet`, for a board that was just told to start anew: its port goes away and comes again.

    mpremote does not wait for it, so the port of before may still be there, and breaks in the greeting.
    """
    until = time.monotonic() + timeout_s
    while True:
        try:
            return greet(path, until - time.monotonic())
        except PortError:
            if time.monotonic() + LOOK_EVERY_S > until:
                raise
            time.sleep(LOOK_EVERY_S)  # nothing tells when a port comes


def converse(
    path: str,
    until: Callable[[BoxSession], bool],
    timeout_s: float | None,
    on_line: Callable[[str, bytes, str], None] | None = None,
) -> BoxSession:
    """Speak with the box at `path` until `until` holds or the time is over; None: without end.

    Raises:
        PortError: the port cannot be opened, or broke.
    """
    from serial import Serial

    began = time.monotonic()
    try:
        with Serial(path, BAUD, timeout=TURN_S, write_timeout=1.0, exclusive=exclusive()) as port:
            session = BoxSession(new_nonce, began, on_line)
            while not until(session) and (timeout_s is None or time.monotonic() - began < timeout_s):
                if out := session.say(time.monotonic()):
                    port.write(out)
                data = port.read(1)
                data += port.read(min(port.in_waiting, READ_BYTES)) if data else b""
                session.receive(data, time.monotonic())
            with contextlib.suppress(OSError):
                port.write(session.bye())
            return session
    except OSError as error:
        raise PortError(*at_port(fault_of(error), path)) from error
