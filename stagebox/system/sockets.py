"""Sockets as only some platforms have them."""

import socket
from typing import Any

from stagebox.system import LINUX

_socket: Any = socket


def unix_socket(kind: int = socket.SOCK_STREAM) -> socket.socket:
    """A socket for an address on this computer's disk. Raises OSError where there are none."""
    if not hasattr(socket, "AF_UNIX"):
        raise OSError("this system has no Unix sockets")
    made: socket.socket = _socket.socket(_socket.AF_UNIX, kind)
    return made


def acknowledge_at_once(one: socket.socket) -> None:
    """Ask the kernel not to delay the acknowledgement of what comes next; the option wears off with use."""
    if LINUX:
        one.setsockopt(socket.IPPROTO_TCP, _socket.TCP_QUICKACK, 1)
