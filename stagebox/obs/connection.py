"""One synchronous connection to obs-websocket 5, owned by one thread.

obsws-python makes the connection and proves the password; requests are framed here, because its own
never compare request ids: after a time-out the next call would get the previous answer. Requests and
events share one socket, so there is no event thread that could die without a word.
"""

import json
import logging
import select
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from obsws_python.baseclient import ObsClient
from obsws_python.error import OBSSDKError
from obsws_python.subs import Subs
from pydantic import SecretStr
from websocket import ABNF, WebSocketException, WebSocketTimeoutException

from stagebox.model.errors import ObsError
from stagebox.model.observations import LinkFault
from stagebox.system.sockets import acknowledge_at_once

# obsws-python logs the password at INFO and every refusal with a traceback.
logging.getLogger("obsws_python").setLevel(logging.CRITICAL + 1)

NOT_READY = 207
"""obs-websocket's code for "OBS is starting, stopping, or changing its scene collection"."""

NO_EVENTS = 0
STATE_EVENTS = int(Subs.GENERAL | Subs.CONFIG | Subs.SCENES | Subs.OUTPUTS)
METER_EVENTS = int(Subs.INPUTS | Subs.INPUTVOLUMEMETERS)

EventHandler = Callable[[str, Mapping[str, Any]], None]

_IDENTIFY, _EVENT, _REQUEST, _RESPONSE = 1, 5, 6, 7
_LIBRARY_ERRORS = (OBSSDKError, OSError, WebSocketException, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class ObsTarget:
    """Where OBS is, and its websocket's password; the password is stars in `repr`."""

    host: str
    port: int
    password: SecretStr


class ObsLinkError(ObsError):
    """The connection failed: `fault` names how. The connection is closed and must be made anew."""

    def __init__(self, fault: LinkFault, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.fault: LinkFault = fault


class ObsRefusedError(ObsError):
    """OBS answered with a refusal: `code` and `comment` are OBS's own. The connection is still good."""

    def __init__(self, request: str, code: int, comment: str) -> None:
        super().__init__(
            f"OBS refused {request}: {comment or 'no reason given'} (code {code}).",
            "Wait a moment and try again: OBS is busy." if code == NOT_READY else "",
        )
        self.code = code
        self.comment = comment


class ObsConnection:
    """A connection that answers requests one at a time. Not thread-safe: one owner.

    Args:
        on_event: called in the owner's thread, while it waits in `request` or `wait`, with the event's
            type and data. It must not call `request`.

    Raises ObsLinkError when no connection can be made within `timeout_s`.
    """

    def __init__(
        self,
        target: ObsTarget,
        *,
        timeout_s: float,
        events: int = NO_EVENTS,
        on_event: EventHandler | None = None,
    ) -> None:
        self._timeout_s = timeout_s
        self._on_event = on_event
        self._number = 0
        self._where = f"{target.host}:{target.port}"
        self._client = _connect(target, timeout_s, events)
        self._socket = self._client.ws
        # json refuses what is no UTF-8 just as well; the library checks byte by byte in Python, which
        # was half of what a picture cost.
        self._socket.frame_buffer.skip_utf8_validation = True
        self._socket.cont_frame.skip_utf8_validation = True

    def __repr__(self) -> str:
        return f"ObsConnection({self._where})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fileno(self) -> int:
        """Return the socket's descriptor, for `select`."""
        return int(self._socket.sock.fileno())

    def close(self) -> None:
        """Close the socket at once, without the closing handshake that a frozen OBS would not answer."""
        _shut(self._client)

    def request(self, name: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send one request and return OBS's answer (empty when OBS has nothing to say).

        Raises:
            ObsRefusedError: OBS said no; the connection stays.
            ObsLinkError: nothing is known of the request's fate; the connection is closed.
        """
        self._number += 1
        request_id = str(self._number)
        body: dict[str, Any] = {"requestType": name, "requestId": request_id}
        if data is not None:
            body["requestData"] = dict(data)
        deadline = time.monotonic() + self._timeout_s
        try:
            self._acknowledge_at_once()
            self._socket.send(json.dumps({"op": _REQUEST, "d": body}))
            while True:
                answer = self._receive(deadline)
                if answer is not None and answer.get("requestId") == request_id:
                    break
            status = answer["requestStatus"]
            good, code, comment = bool(status["result"]), int(status["code"]), status.get("comment") or ""
            values = dict(answer.get("responseData") or {})
        except _LIBRARY_ERRORS as error:
            self.close()
            raise _as_link_error(error, self._where, f"while it was asked for {name}") from error
        except BaseException:
            self.close()
            raise
        if not good:
            raise ObsRefusedError(name, code, comment)
        return values

    def receive_event(self) -> None:
        """Read what has arrived (call when the socket is readable) and hand it to `on_event`.

        Raises ObsLinkError when the connection ended or speaks nonsense; it is closed then.
        """
        try:
            self._receive(time.monotonic() + self._timeout_s)
        except _LIBRARY_ERRORS as error:
            self.close()
            raise _as_link_error(error, self._where, "while waiting for news") from error
        except BaseException:
            self.close()
            raise

    def wait_for_event(self, timeout_s: float) -> bool:
        """Handle one message if one arrives within `timeout_s`; return whether one did."""
        readable, _, _ = select.select([self], [], [], max(0.0, timeout_s))
        if readable:
            self.receive_event()
        return bool(readable)

    def _acknowledge_at_once(self) -> None:
        """Ask the kernel not to delay the acknowledgement of what comes next.

        OBS sends an event and an answer as two small packets, and holds the second back until the first
        is acknowledged: a delayed acknowledgement costs 40 ms a switch. The option wears off with use.
        """
        acknowledge_at_once(self._socket.sock)

    def _receive(self, deadline: float) -> dict[str, Any] | None:
        """Read one message; return the body of an answer, None for anything else."""
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise WebSocketTimeoutException("no answer in time")
        self._socket.settimeout(left_s)
        self._acknowledge_at_once()
        opcode, payload = self._socket.recv_data()
        if opcode == ABNF.OPCODE_CLOSE:
            raise ConnectionError(f"OBS closed the connection{_close_reason(payload)}")
        message = json.loads(payload)
        op, body = message["op"], message["d"]
        if not isinstance(body, dict):
            raise TypeError("message without a body")
        if op == _EVENT:
            if self._on_event is not None:
                self._on_event(str(body["eventType"]), body.get("eventData") or {})
            return None
        # An answer that nobody waits for any more carries an id of the past, and is dropped by the caller.
        return body if op == _RESPONSE else None


def _connect(target: ObsTarget, timeout_s: float, events: int) -> Any:
    """Return an identified client of obsws-python, or raise ObsLinkError with its socket closed."""
    where = f"{target.host}:{target.port}"
    # Made in two steps, because a constructor that raises would leave its socket open and out of reach.
    # Host, port and password are all given: a missing one makes it read a config.toml somewhere.
    client = ObsClient.__new__(ObsClient)
    try:
        client.__init__(
            host=target.host,
            port=target.port,
            password=target.password.get_secret_value(),
            subs=events,
            timeout=timeout_s,
        )
    except _LIBRARY_ERRORS as error:
        silent = isinstance(error, WebSocketTimeoutException) and getattr(client.ws, "connected", False)
        too_old = silent and _speaks_version_4(client)
        _shut(client)
        if too_old:
            raise _too_old(where, "4") from None
        raise _as_link_error(error, where, "while connecting", connecting=True) from None
    except BaseException:
        _shut(client)
        raise
    asks_password = False
    try:
        hello = client.server_hello["d"]
        version = str(hello["obsWebSocketVersion"])
        asks_password = "authentication" in hello
        too_old = int(version.split(".")[0]) < 5
        if not too_old:
            client.authenticate()
    except _LIBRARY_ERRORS as error:
        _shut(client)
        if isinstance(error, OBSSDKError) and asks_password:
            raise ObsLinkError(
                "auth",
                f"OBS at {where} does not accept the websocket password.",
                "Put the password from OBS's menu Tools, WebSocket Server Settings, into the file that "
                "obs.password_file names.",
            ) from None
        raise _as_link_error(error, where, "while identifying") from None
    except BaseException:
        _shut(client)
        raise
    if too_old:
        _shut(client)
        raise _too_old(where, version)
    return client


def _speaks_version_4(client: Any) -> bool:
    """Ask in the words of obs-websocket 4, which says nothing until it is spoken to."""
    try:
        client.ws.send(json.dumps({"request-type": "GetVersion", "message-id": "1"}))
        return "obs-websocket-version" in json.loads(client.ws.recv())
    except _LIBRARY_ERRORS:
        return False


def _too_old(where: str, version: str) -> ObsLinkError:
    return ObsLinkError(
        "too_old",
        f"OBS at {where} speaks obs-websocket {version}, and stagebox needs 5.0 or newer.",
        "Install OBS 28 or newer.",
    )


def _shut(client: Any) -> None:
    websocket = getattr(client, "ws", None)
    if websocket is not None:
        websocket.shutdown()


def _close_reason(payload: bytes) -> str:
    code = int.from_bytes(payload[:2], "big") if len(payload) >= 2 else 0
    words = payload[2:].decode("utf-8", "replace")
    return f" ({code} {words})".replace(" )", ")") if code else ""


def _as_link_error(
    error: BaseException, where: str, moment: str, *, connecting: bool = False
) -> ObsLinkError:
    if isinstance(error, (WebSocketTimeoutException, TimeoutError)):
        return ObsLinkError(
            "timeout",
            f"OBS at {where} did not answer in time {moment}.",
            "If OBS's window does not react either, close OBS and start it again.",
        )
    if isinstance(error, OSError) and connecting:
        return ObsLinkError(
            "absent",
            f"No OBS answers at {where}.",
            "Start OBS, and switch on its websocket server in the menu Tools.",
        )
    if isinstance(error, OSError) or "closed" in type(error).__name__.lower():
        return ObsLinkError("lost", f"The connection to OBS at {where} was lost {moment}.")
    return ObsLinkError(
        "protocol",
        f"What answers at {where} does not speak as OBS does ({type(error).__name__} {moment}).",
        "Check obs.host and obs.port in stagebox.toml.",
    )
