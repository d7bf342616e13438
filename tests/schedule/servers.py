"""A real HTTP server for tests, which answers as a test says."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; a test's answer sends what it likes."""

    server: "TestServer"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Let the test answer."""
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.answer(self)

    def tell(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Send an answer; `_` in the name of a header is `-`."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class TestServer(ThreadingHTTPServer):
    """A server on a free port of this computer."""

    __test__ = False
    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.answer = answer
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def address(self) -> str:
        """Its root, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """A client that went away is what some tests are about."""


@contextmanager
def serving(answer: Answer) -> Iterator[TestServer]:
    """A server that answers every GET with `answer`."""
    with TestServer(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
