"""Asks a streaming server for a sign of life, and reads how much of the stream has not reached it yet.

OBS tells neither why it does not get through, nor that a server takes nothing any more: until the kernel's
buffer is full, which takes many seconds, OBS counts what it hands to the kernel as sent. How much of it the
server has not acknowledged stands in /proc/net/tcp.
"""

import errno
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from stagebox.model.observations import Observation, StreamQueueReading, StreamServerEvent
from stagebox.model.stream_state import ServerAnswer

CONNECT_S, ANSWER_S = 1.5, 2.0
EVERY_S = 1.0
PORTS = {"rtmp": 1935, "rtmps": 443, "https": 443, "http": 80}
ASKED_MOST = 4
END_S = 5.0
_RTMP_VERSION = b"\x03"
_HELLO = _RTMP_VERSION + bytes(1536)
"""RTMP's C0 and C1: a server that lives answers with its own version at once."""
_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})
_ESTABLISHED = "01"


def ask(url: str, *, connect_s: float = CONNECT_S, answer_s: float = ANSWER_S) -> ServerAnswer:
    """A sign of life of the server at `url`, or which one it is not. Takes at most the two times together."""
    parts = urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme)
    if parts.scheme not in PORTS or not parts.hostname or port is None:
        return "not_known"
    try:
        connection = socket.create_connection((parts.hostname, port), connect_s)
    except socket.gaierror:
        return "no_network"
    except TimeoutError:
        return "silent"
    except OSError as error:
        return "no_network" if error.errno in _UNREACHABLE else "closed"
    with connection:
        connection.settimeout(answer_s)
        try:
            return _greet(connection, parts.scheme, parts.hostname)
        except TimeoutError:
            return "hung"
        except OSError:
            return "closed"


def _greet(connection: socket.socket, scheme: str, host: str) -> ServerAnswer:
    if scheme in ("rtmps", "https"):
        # Only whether it speaks: who it is, OBS checks itself.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        try:
            with context.wrap_socket(connection, server_hostname=host):
                return "answers"
        except ssl.SSLError:
            return "answers"
    if scheme == "http":
        return "answers"
    connection.sendall(_HELLO)
    return "answers" if connection.recv(1) == _RTMP_VERSION else "closed"


def queued_bytes(pid: int, port: int, proc: Path = Path("/proc")) -> int | None:
    """What process `pid` gave to the kernel for a server's `port` and the server has not acknowledged.

    None when it has no such connection, or this cannot be read (another system, another user's process).
    """
    try:
        mine = {inode for entry in (proc / str(pid) / "fd").iterdir() if (inode := _socket_inode(entry))}
        lines = [
            line
            for table in ("tcp", "tcp6")
            for line in (proc / str(pid) / "net" / table).read_text().splitlines()[1:]
        ]
    except OSError:
        return None
    queued = [
        int(fields[4].partition(":")[0], 16)
        for fields in (line.split() for line in lines)
        if fields[3] == _ESTABLISHED and fields[9] in mine and int(fields[2].rpartition(":")[2], 16) == port
    ]
    return sum(queued) if queued else None


def _socket_inode(entry: Path) -> str:
    """The inode of the socket that a descriptor is; "" when it is none, or was closed meanwhile."""
    try:
        kind, _, number = str(entry.readlink()).partition(":")
    except OSError:
        return ""
    return number.strip("[]") if kind == "socket" else ""


class StreamProbe:
    """One thread that asks the server when it is told to, and reads OBS's queue while OBS streams.

    Args:
        server: the server's address now, "" for none.
        obs_pid: the private OBS's process, or None.
        post: takes each observation; must only enqueue.
    """

    def __init__(
        self,
        server: Callable[[], str],
        obs_pid: Callable[[], int | None],
        post: Callable[[Observation], None],
        *,
        every_s: float = EVERY_S,
    ) -> None:
        self._server = server
        self._obs_pid = obs_pid
        self._post = post
        self._every_s = every_s
        self._asked: list[str] = []
        self._streaming = False
        self._closing = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="stream-probe", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self) -> None:
        """End, after the question that is being asked."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join(END_S)

    def submit(self, effect_id: str) -> None:
        """Ask the server soon; a StreamServerEvent with this id follows. Of many, the newest count."""
        with self._changed:
            self._asked = [*self._asked, effect_id][-ASKED_MOST:]
            self._changed.notify()

    def watch(self, *, streaming: bool) -> None:
        """Whether OBS streams now."""
        with self._changed:
            if streaming != self._streaming:
                self._streaming = streaming
                self._changed.notify()

    def _run(self) -> None:
        due = 0.0
        while True:
            with self._changed:
                if not self._asked and not self._closing:
                    self._changed.wait(max(0.0, due - time.monotonic()) if self._streaming else END_S)
                if self._closing:
                    return
                asked, self._asked = self._asked, []
                streaming = self._streaming
            for effect_id in asked:
                self._post(StreamServerEvent(effect_id=effect_id, answer=self._ask()))
            if streaming and time.monotonic() >= due:
                due = time.monotonic() + self._every_s
                self._post(StreamQueueReading(queued_bytes=self._queue()))

    def _ask(self) -> ServerAnswer:
        try:
            return ask(self._server())
        except (OSError, ValueError):
            return "not_known"

    def _queue(self) -> int | None:
        pid = self._obs_pid()
        parts = urlsplit(self._server())
        port = parts.port or PORTS.get(parts.scheme)
        return queued_bytes(pid, port) if pid is not None and port is not None else None
