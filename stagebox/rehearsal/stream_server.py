"""A real streaming server on loopback: nginx with its RTMP module, a doorkeeper for keys, a narrow road.

nginx asks the doorkeeper about each stream's key, and writes what arrives into a file, under a name that
does not tell the key. The road before it lets through so many bits a second; closed, nobody gets in.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from stagebox.model.errors import StageboxError
from stagebox.rehearsal.children import VenueHousehold, VenueProcess, wait_until

START_S = 10.0
MODULES = tuple(
    Path(f"/usr/{lib}/nginx/modules/ngx_rtmp_module.so") for lib in ("lib", "lib64", "share", "local/lib")
)
APPLICATION, NAME = "live", "talk"
"""`rtmp://host:port/live`, and what the stream is called on the server, whatever its key."""
CHUNK_BYTES = 16_384
SLICE_S = 0.05

_CONFIG = """
load_module {module};
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
{user}
events {{ worker_connections 64; }}
rtmp {{
    access_log off;
    server {{
        listen 127.0.0.1:{port};
        application live {{
            live on;
            on_publish http://127.0.0.1:{door}/publish;
            record all;
            record_path {folder}/arrived;
            record_suffix -%s.flv;
            record_unique on;
        }}
    }}
}}
"""


class StreamKeyGate:
    """Answers nginx's question whether a key may publish: yes, under another name, or no."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.asked = 0
        keeper = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                keeper.asked += 1
                if parse_qs(body).get("name") == [keeper.key]:
                    self.send_response(302)
                    self.send_header("Location", NAME)
                else:
                    self.send_response(403)
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing: the key would be in it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, name="doorkeeper", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5.0)


class ThrottledRoad:
    """A TCP road to the server that lets through at most `bits_per_s`; None: all that comes."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.bits_per_s: float | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ends: list[socket.socket] = [self._listener]
        self._closed = threading.Event()
        threading.Thread(target=self._accept, name="road", daemon=True).start()

    def close(self) -> None:
        """Cut everything."""
        self._closed.set()
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to), 2.0)
            except OSError:
                if self._closed.is_set():
                    return
                continue
            # Small buffers, as a thin line has: else the kernel would swallow many seconds.
            near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
            far.settimeout(None)
            self._ends += [near, far]
            for one, other, slow in ((near, far, True), (far, near, False)):
                threading.Thread(
                    target=self._carry, args=(one, other, slow), name="road-way", daemon=True
                ).start()

    def _carry(self, one: socket.socket, other: socket.socket, slow: bool) -> None:
        try:
            while data := one.recv(CHUNK_BYTES):
                other.sendall(data)
                rate = self.bits_per_s
                if slow and rate is not None:
                    self._closed.wait(len(data) * 8 / rate)
        except OSError:
            pass
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class StreamServer:
    """The server, with its doorkeeper and its road. `url` is where to stream to, `key` what it takes.

    Raises StageboxError when nginx or its RTMP module are missing, or it does not start.
    """

    def __init__(self, household: VenueHousehold) -> None:
        self._household = household
        self._binary = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        self._module = next((path for path in MODULES if path.exists()), None)
        if self._binary is None or self._module is None:
            raise StageboxError(
                "Streaming is rehearsed with nginx and its RTMP module, which this machine does not have.",
                "Install them: sudo apt-get install --no-install-recommends libnginx-mod-rtmp",
            )
        self.key = f"rehearsal-{secrets.token_hex(12)}"
        self.folder = household.folder / "stream"
        (self.folder / "arrived").mkdir(parents=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.door = StreamKeyGate(self.key)
        self.road = ThrottledRoad(self.port)
        self.through_road = False
        self._child: VenueProcess | None = None

    @property
    def url(self) -> str:
        """Where to stream to, without the key."""
        port = self.road.port if self.through_road else self.port
        return f"rtmp://127.0.0.1:{port}/{APPLICATION}"

    def start(self) -> None:
        """Start nginx, also after `kill`. Raises StageboxError."""
        assert self._binary is not None
        config = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(
            _CONFIG.format(
                module=self._module, folder=self.folder, port=self.port, door=self.door.port, user=user
            )
        )
        arguments = [self._binary, "-p", str(self.folder), "-c", str(config)]
        self._child = self._household.spawn("nginx", arguments, {"PATH": os.environ.get("PATH", "")})
        if not wait_until(self._listens, START_S):
            raise StageboxError(f"The streaming server did not start: {self._child.last_words()}")

    def kill(self) -> None:
        """End the server at once, as a crash does."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def hang(self, hanging: bool) -> None:
        """Stop the server's process, or let it go on."""
        assert self._child is not None
        self._child.signal_group(signal.SIGSTOP if hanging else signal.SIGCONT)

    def arrived(self) -> list[Path]:
        """What arrived at the server, a file a connection, in order."""
        found = (self.folder / "arrived").glob("*.flv")
        return sorted(found, key=lambda path: (path.stat().st_mtime, path.name))

    def close(self) -> None:
        """End server, road and doorkeeper."""
        if self._child is not None:
            self.hang(False)
            self._child.stop()
            self._child = None
        self.road.close()
        self.door.close()

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.5).close()
        except OSError:
            return False
        return True


def wait_for_end(path: Path, timeout_s: float = 5.0) -> None:
    """Wait until a file grows no more, as long as `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    size = -1
    while time.monotonic() < deadline and path.stat().st_size != size:
        size = path.stat().st_size
        time.sleep(SLICE_S * 10)
