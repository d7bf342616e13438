"""The service manager: sd_notify(3), one datagram a word. Where there is none, nothing is told."""

import logging
import socket
from collections.abc import Mapping
from typing import Self

log = logging.getLogger(__name__)


class Notifier:
    """Sends words to the service manager; without one, does nothing. What cannot be sent is dropped."""

    def __init__(self, address: str) -> None:
        self._socket: socket.socket | None = None
        # "@" stands for the zero byte of the abstract namespace.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        family = getattr(socket, "AF_UNIX", None)
        if address and family is not None:
            self._socket = socket.socket(family, socket.SOCK_DGRAM)
            self._socket.setblocking(False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """The notifier for this process's environment."""
        return cls(environment.get("NOTIFY_SOCKET", ""))

    def send(self, *words: str) -> bool:
        """Send assignments such as "READY=1"; return whether somebody took them."""
        if self._socket is None:
            return False
        try:
            self._socket.sendto("\n".join(words).encode(), self._address)
        except OSError as error:
            log.warning("the service manager could not be told %s: %s", words, error)
            return False
        return True

    def close(self) -> None:
        """Let the socket go."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def watchdog_s(environment: Mapping[str, str], pid: int) -> float:
    """The service manager's patience in seconds; 0 when it has no watchdog on this process."""
    if environment.get("WATCHDOG_PID", str(pid)) != str(pid):
        return 0.0
    try:
        return max(0.0, int(environment.get("WATCHDOG_USEC", "0")) / 1e6)
    except ValueError:
        return 0.0
