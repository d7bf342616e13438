"""A small client of a local X server: what keeping the windows of a hidden screen takes, and no more.

X's own words (X Window System Protocol, version 11) over its socket: a library for X would be one more
dependency, for twelve kinds of message. One thread uses a connection.
"""

import contextlib
import select
import struct
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from stagebox.system.sockets import unix_socket

SOCKETS = Path("/tmp/.X11-unix")

DESTROYED, UNMAPPED, MAPPED, MAP_WANTED = 17, 18, 19, 20
"""The events that a keeper of windows hears of."""

_ERROR, _REPLY = 0, 1
_SUBSTRUCTURE_NOTIFY, _SUBSTRUCTURE_REDIRECT = 1 << 19, 1 << 20
_WM_NAME, _WM_TRANSIENT_FOR = 39, 68
_MAX_REPLY_BYTES = 1 << 20
_EVENTS_KEPT = 1000


class XClosedError(Exception):
    """The X server is gone, refused us, or does not answer."""


@dataclass(frozen=True, slots=True)
class XEvent:
    """Something that happened to a window: `kind` is the protocol's number of the event."""

    kind: int
    window: int


class XClient:
    """A connection to the local display `number`. Every wait ends after `timeout_s` at the latest.

    Raises XClosedError when there is no such server, or it does not take the cookie.
    """

    def __init__(self, number: int, cookie: bytes, *, timeout_s: float = 3.0) -> None:
        self._timeout_s = timeout_s
        self._sequence = 0
        self._events: deque[XEvent] = deque(maxlen=_EVENTS_KEPT)
        self._socket = unix_socket()
        self._socket.settimeout(timeout_s)
        try:
            self._socket.connect(str(SOCKETS / f"X{number}"))
            self.root = self._greet(cookie)
        except (OSError, struct.error, XClosedError) as error:
            self._socket.close()
            raise XClosedError(str(error)) from error
        self._atoms: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fileno(self) -> int:
        """For select."""
        return self._socket.fileno()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    # --- what can be asked and done ---------------------------------------------------------------

    def keep_windows(self) -> None:
        """Be the one who decides which windows appear. Where somebody else is, we only hear of them."""
        for mask in (_SUBSTRUCTURE_NOTIFY, _SUBSTRUCTURE_NOTIFY | _SUBSTRUCTURE_REDIRECT):
            self._send(struct.pack("<BBHIII", 2, 0, 4, self.root, 0x800, mask))

    def windows(self) -> list[int]:
        """The windows on the root, from the back to the front."""
        reply = self._ask(struct.pack("<BBHI", 15, 0, 2, self.root))
        if reply is None:
            return []
        (count,) = struct.unpack_from("<H", reply, 16)
        return list(struct.unpack_from(f"<{count}I", reply, 32))

    def is_shown(self, window: int) -> bool:
        """Whether a window is on the screen."""
        reply = self._ask(struct.pack("<BBHI", 3, 0, 2, window))
        return reply is not None and reply[26] != 0

    def is_box(self, window: int) -> bool:
        """Whether it is a dialog or a message box, by its type or because it belongs to another window."""
        types = self._property(window, self._atom("_NET_WM_WINDOW_TYPE"))
        words = struct.unpack(f"<{len(types) // 4}I", types[: len(types) // 4 * 4])
        return self._atom("_NET_WM_WINDOW_TYPE_DIALOG") in words or bool(
            self._property(window, _WM_TRANSIENT_FOR)
        )

    def title(self, window: int) -> str:
        """What stands in its title bar; empty when it has none."""
        said = self._property(window, self._atom("_NET_WM_NAME")) or self._property(window, _WM_NAME)
        return said.decode("utf-8", "replace")

    def ask_to_close(self, window: int) -> None:
        """As a touch on its close button does."""
        protocols, delete = self._atom("WM_PROTOCOLS"), self._atom("WM_DELETE_WINDOW")
        event = struct.pack("<BBHIIIIIII", 33, 32, 0, window, protocols, delete, 0, 0, 0, 0)
        self._send(struct.pack("<BBHII", 25, 0, 11, window, 0) + event)

    def next_event(self) -> XEvent | None:
        """The next event that is there; None when there is none. Does not wait."""
        while not self._events and select.select([self._socket], [], [], 0)[0]:
            self._take_packet()
        return self._events.popleft() if self._events else None

    # --- the protocol -----------------------------------------------------------------------------

    def _greet(self, cookie: bytes) -> int:
        name = b"MIT-MAGIC-COOKIE-1"
        hello = struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(cookie))
        self._socket.sendall(hello + _padded(name) + _padded(cookie))
        status, _, _, _, length = struct.unpack("<BBHHH", self._read(8))
        answer = self._read(length * 4)
        if status != 1:
            raise XClosedError("the display did not let us in")
        vendor_bytes, formats = struct.unpack_from("<H", answer, 16)[0], answer[21]
        return int(struct.unpack_from("<I", answer, 32 + _rounded(vendor_bytes) + 8 * formats)[0])

    def _atom(self, name: str) -> int:
        if name not in self._atoms:
            raw = name.encode()
            head = struct.pack("<BBHHxx", 16, 0, 2 + _rounded(len(raw)) // 4, len(raw))
            reply = self._ask(head + _padded(raw))
            if reply is None:
                raise XClosedError(f"the display has no atom {name}")
            self._atoms[name] = int(struct.unpack_from("<I", reply, 8)[0])
        return self._atoms[name]

    def _property(self, window: int, name: int) -> bytes:
        """The property's bytes; none when window or property is not there."""
        reply = self._ask(struct.pack("<BBHIIIII", 20, 0, 6, window, name, 0, 0, 256))
        if reply is None:
            return b""
        count = struct.unpack_from("<I", reply, 16)[0] * (reply[1] // 8)
        return reply[32 : 32 + count]

    def _send(self, request: bytes) -> int:
        try:
            self._socket.sendall(request)
        except OSError as error:
            raise XClosedError(str(error)) from error
        self._sequence = (self._sequence + 1) & 0xFFFF
        return self._sequence

    def _ask(self, request: bytes) -> bytes | None:
        """The reply; None when the server answers with an error, as for a window that is gone."""
        sequence, deadline = self._send(request), time.monotonic() + self._timeout_s
        while time.monotonic() < deadline:
            packet = self._take_packet()
            if packet[0] in (_ERROR, _REPLY) and struct.unpack_from("<H", packet, 2)[0] == sequence:
                return packet if packet[0] == _REPLY else None
        raise XClosedError("the display does not answer")

    def _take_packet(self) -> bytes:
        packet = self._read(32)
        kind = packet[0] & 0x7F  # The highest bit: sent by another client.
        if kind == _REPLY:
            more_bytes = struct.unpack_from("<I", packet, 4)[0] * 4
            if more_bytes > _MAX_REPLY_BYTES:
                raise XClosedError("the display says too much at once")
            return packet + self._read(more_bytes)
        if kind in (DESTROYED, UNMAPPED, MAPPED, MAP_WANTED):
            self._events.append(XEvent(kind, int(struct.unpack_from("<I", packet, 8)[0])))
        return packet

    def _read(self, count: int) -> bytes:
        read = b""
        while len(read) < count:
            try:
                piece = self._socket.recv(count - len(read))
            except OSError as error:
                raise XClosedError(str(error)) from error
            if not piece:
                raise XClosedError("the display hung up")
            read += piece
        return read


def display_answers(number: int, cookie: bytes) -> bool:
    """Whether a display is there and lets us in."""
    with contextlib.suppress(XClosedError), XClient(number, cookie):
        return True
    return False


def _rounded(count: int) -> int:
    return (count + 3) // 4 * 4


def _padded(raw: bytes) -> bytes:
    return raw.ljust(_rounded(len(raw)), b"\0")
