"""The schedule of a rehearsal of several talks, on a web server of its own; it changes in mid-event."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

ROOM = "Rehearsal"


@dataclass(frozen=True, slots=True)
class RehearsedTalkPlan:
    """A talk as the schedule has it; times in seconds since 1970."""

    title: str
    speaker: str
    start_utc: float
    end_utc: float


class ScheduleServer:
    """Serves a schedule.xml at `address`. `publish` is a new version, which a change is known by."""

    def __init__(self) -> None:
        self._body = b""
        self._version = 0
        owner = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner._answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="schedule", daemon=True)

    @property
    def address(self) -> str:
        """Where the schedule is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/schedule.xml"

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def close(self) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()

    def publish(self, talks: Sequence[RehearsedTalkPlan]) -> None:
        """Have these talks in the schedule from now on."""
        self._body = schedule_xml(talks)
        self._version += 1

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        etag = f'"{self._version}"'
        same = request.headers.get("If-None-Match") == etag
        request.send_response(304 if same else 200)
        request.send_header("ETag", etag)
        request.send_header("Content-Length", "0" if same else str(len(self._body)))
        request.end_headers()
        if not same:
            request.wfile.write(self._body)


def schedule_xml(talks: Sequence[RehearsedTalkPlan]) -> bytes:
    """A schedule as frab and pretalx publish it, with these talks in the rehearsal's room."""
    events = "".join(
        f'<event guid="talk-{number}"><date>{_iso(talk.start_utc)}</date><end>{_iso(talk.end_utc)}</end>'
        f"<title>{escape(talk.title)}</title><room>{ROOM}</room>"
        f"<persons><person>{escape(talk.speaker)}</person></persons></event>"
        for number, talk in enumerate(talks, 1)
    )
    zone = "<time_zone_name>UTC</time_zone_name>"
    return (
        f'<?xml version="1.0"?><schedule><conference><title>Rehearsal</title>{zone}</conference>'
        f'<day date="{_iso(talks[0].start_utc)[:10]}"><room name="{ROOM}">{events}</room></day></schedule>'
    ).encode()


def _iso(utc: float) -> str:
    return datetime.fromtimestamp(utc, UTC).isoformat()
