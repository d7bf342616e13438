"""The one client of the API: command line, kiosk, button box and rehearsal all go through it."""

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx
from pydantic import SecretStr
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Origin
from stagebox.model.errors import ApiError, UnreachableError
from stagebox.model.said import Sentence, from_json

KEPT_S = 2.0
"""A connection that was idle so long is not used again: the server may be closing it at that very moment."""


def no_stagebox(port: int) -> UnreachableError:
    """Nobody answers on this port of this computer."""
    return UnreachableError(say("no_stagebox", port=port), say("start_stagebox"))


class Client:
    """Talks to a running `stagebox serve` on this computer.

    Args:
        port: the API's port on 127.0.0.1.
        token: the bearer token from the state folder.
        timeout_s: for one answer.

    All methods raise ApiError: nobody answers, the token is wrong, or the request was refused.
    """

    def __init__(self, port: int, token: SecretStr, *, timeout_s: float = 5.0) -> None:
        self._port = port
        self._headers = {"Authorization": f"Bearer {token.get_secret_value()}"}
        # trust_env: a proxy for the outside world must not be asked for this computer. verify: no TLS,
        # and to read the world's certificates for it takes 20 ms of CPU.
        self._http = httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers=self._headers,
            timeout=timeout_s,
            trust_env=False,
            verify=False,
            limits=httpx.Limits(keepalive_expiry=KEPT_S),
        )

    def state(self) -> dict[str, Any]:
        """The newest snapshot, as the JSON object of `GET /api/state`."""
        found: dict[str, Any] = self._json("GET", "/api/state")
        return found

    def sessions(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest sessions of the catalogue, newest first."""
        found: list[dict[str, Any]] = self._json("GET", f"/api/sessions?limit={limit}")
        return found

    def schedule(self) -> dict[str, Any]:
        """This room's schedule, and what became of each talk."""
        found: dict[str, Any] = self._json("GET", "/api/schedule")
        return found

    def findings(self, session_id: str) -> list[dict[str, Any]]:
        """What was found in a session's recording, as in its report; empty before it was processed."""
        found: list[dict[str, Any]] = self._json(
            "GET", f"/api/sessions/{quote(session_id, safe='')}/findings"
        )
        return found

    def stream(self) -> dict[str, Any]:
        """Where the stream goes: service, server, target, has_key, problem, remedy."""
        found: dict[str, Any] = self._json("GET", "/api/stream")
        return found

    def set_stream_target(self, service: str, server: str) -> dict[str, Any]:
        """Stream to another place."""
        body = {"service": service, "server": server}
        found: dict[str, Any] = self._json("PUT", "/api/stream/target", json=body)
        return found

    def set_stream_key(self, key: SecretStr) -> dict[str, Any]:
        """Keep another stream key."""
        body = {"key": key.get_secret_value()}
        found: dict[str, Any] = self._json("PUT", "/api/stream/key", json=body)
        return found

    def forget_stream_key(self) -> dict[str, Any]:
        """Keep no stream key any more."""
        found: dict[str, Any] = self._json("DELETE", "/api/stream/key")
        return found

    def report(self, session_id: str) -> dict[str, Any]:
        """A processed session's report, with its waveform, loudness and the times of its filmstrip."""
        found: dict[str, Any] = self._json("GET", f"/api/sessions/{quote(session_id, safe='')}/report")
        return found

    def session_picture(self, session_id: str, number: int | None = None) -> bytes:
        """A JPEG of a processed session's filmstrip, or its poster."""
        which = "poster" if number is None else f"pictures/{number}"
        return self._request("GET", f"/api/sessions/{quote(session_id, safe='')}/{which}.jpg").content

    def button_box_traffic(self, after: int = 0) -> list[dict[str, Any]]:
        """The newest lines between stagebox and its button boxes, those numbered above `after`."""
        found: list[dict[str, Any]] = self._json("GET", f"/api/button-box/traffic?after={after}")
        return found

    def picture(self, role: str) -> bytes:
        """A JPEG of a source as OBS sees it."""
        return self._request("GET", f"/api/sources/{role}.jpg").content

    def scene_picture(self, scene: str, width: int) -> bytes:
        """A JPEG of what a scene shows, or would show, `width` pixels wide."""
        return self._request("GET", f"/api/scenes/{quote(scene, safe='')}.jpg?width={width}").content

    def send(
        self,
        want: Mapping[str, Any],
        *,
        origin: Origin = "cli",
        wait: bool = True,
        timeout_s: float = 20.0,
        intent_id: str | None = None,
    ) -> dict[str, Any]:
        """Say what is wanted; the answer is {"intent_id", "kind", "status", "detail"}.

        With `wait`, waits until the status is done, failed, refused or superseded, or still pending after
        `timeout_s`. `want` is for example {"kind": "switch_scene", "scene": "Screen"}. `intent_id` is for who
        follows the fate in the snapshots; left out, a random one is used.
        """
        wait_s = timeout_s if wait else 0.0
        body = {
            "id": intent_id or secrets.token_hex(8),
            "origin": origin,
            "want": dict(want),
            "wait_s": wait_s,
        }
        answer: dict[str, Any] = self._json("POST", "/api/intents", json=body, timeout=wait_s + 5.0)
        return answer

    def wait_for(self, predicate: Callable[[dict[str, Any]], bool], timeout_s: float) -> dict[str, Any]:
        """The first snapshot for which `predicate` is true.

        Raises:
            TimeoutError: none was in `timeout_s` seconds.
        """
        deadline = time.monotonic() + timeout_s
        with self.live() as live:
            while (left := deadline - time.monotonic()) > 0:
                snapshot = live.next(left)
                if snapshot is not None and predicate(snapshot):
                    return snapshot
        raise TimeoutError(f"stagebox did not get there in {timeout_s:g} s")

    def live(self) -> AbstractContextManager["LiveFeed"]:
        """A stream of snapshots: each new one, or the newest when the reader is slow."""
        return self._stream("/api/live")

    def meters(self) -> AbstractContextManager["LiveFeed"]:
        """A stream of OBS's sound levels, twenty a second while OBS mixes the microphone."""
        return self._stream("/api/meters")

    @contextmanager
    def _stream(self, path: str) -> Iterator["LiveFeed"]:
        url = f"ws://127.0.0.1:{self._port}{path}"
        with ExitStack() as opened:
            try:
                socket = opened.enter_context(
                    connect(
                        url, additional_headers=self._headers, open_timeout=5, max_size=4_000_000, proxy=None
                    )
                )
            except (OSError, WebSocketException) as error:
                raise no_stagebox(self._port) from error
            yield LiveFeed(socket)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _json(self, method: str, path: str, **options: Any) -> Any:
        return self._request(method, path, **options).json()

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **options)
        except httpx.TimeoutException as error:
            raise ApiError(say("stagebox_late", port=self._port), say("look_at_log")) from error
        except httpx.HTTPError as error:
            raise no_stagebox(self._port) from error
        if response.status_code >= 400:
            raise _refusal(response, self._port)
        return response


class LiveFeed:
    """An open stream of what stagebox tells."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def next(self, timeout_s: float) -> dict[str, Any] | None:
        """The next object, or None when none came in `timeout_s` seconds.

        Raises:
            ApiError: stagebox went away.
        """
        try:
            text = self._socket.recv(timeout=timeout_s)
        except TimeoutError:
            return None
        except (OSError, WebSocketException) as error:
            raise ApiError(say("stagebox_gone"), say("start_stagebox")) from error
        told: dict[str, Any] = json.loads(text)
        return told


def _refusal(response: httpx.Response, port: int) -> ApiError:
    if response.status_code == 401:
        return ApiError(say("token_refused", port=port), say("token_refused_help"))
    try:
        body = response.json()
    except ValueError:
        return ApiError(say("no_stagebox_there", port=port, status=response.status_code), say("other_port"))
    detail = body.get("detail", "") if isinstance(body, dict) else ""
    if not isinstance(detail, str):
        detail = "; ".join(str(one.get("msg", one)) for one in detail)
    said = body.get("said", {})
    what, remedy = (
        Sentence(from_json(said.get(name), words))
        for name, words in (
            ("detail", detail or f"HTTP {response.status_code}."),
            ("remedy", body.get("remedy", "")),
        )
    )
    return ApiError(what, remedy)
