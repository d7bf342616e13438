"""An obs-websocket 5 server for the faults that a real OBS cannot be made to show.

It speaks the real protocol, proves the password, and passes the same contract tests as a real OBS.
"""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from pydantic import SecretStr
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from stagebox.obs.connection import ObsTarget

Answer = dict[str, Any]
Refusal = tuple[int, str]
Fault = Callable[["FakeObs", ServerConnection, dict[str, Any]], bool]
"""Called with each request; returns whether it dealt with it, so that no answer follows."""


class FakeObs:
    """The server, on a free port, from `with` to its end.

    Set `fault` to misbehave from the next request on. `requests` are the names of all requests so far.
    """

    def __init__(self, password: str, *, version: str = "5.1.0") -> None:
        self.password = password
        self.version = version
        self.fault: Fault | None = None
        self.requests: list[str] = []
        self.profile: dict[str, str] = {}
        self.scenes = ["two", "one"]
        self.program = "one"
        self.recording = False
        self.streaming = False
        self.services: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._clients: list[ServerConnection] = []
        self._server: Server = serve(self._serve, "127.0.0.1", 0)
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def target(self) -> ObsTarget:
        port = int(self._server.socket.getsockname()[1])
        return ObsTarget("127.0.0.1", port, SecretStr(self.password))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self.drop_all()
        self._thread.join(10)

    def drop_all(self) -> None:
        """Cut every connection without a closing handshake, as a killed OBS does."""
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            drop(client)

    def emit(self, kind: str, data: dict[str, Any]) -> None:
        """Send an event to every client."""
        self.emit_text(json.dumps({"op": 5, "d": {"eventType": kind, "eventIntent": 1, "eventData": data}}))

    def emit_text(self, text: str) -> None:
        """Send any text to every client."""
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            client.send(text)

    def respond(self, client: ServerConnection, body: dict[str, Any], outcome: Answer | Refusal) -> None:
        """Answer the request `body`."""
        answer: dict[str, Any] = {"requestType": body["requestType"], "requestId": body["requestId"]}
        if isinstance(outcome, tuple):
            answer["requestStatus"] = {"result": False, "code": outcome[0], "comment": outcome[1]}
        else:
            answer["requestStatus"] = {"result": True, "code": 100}
            if outcome:
                answer["responseData"] = outcome
        client.send(json.dumps({"op": 7, "d": answer}))

    def _serve(self, client: ServerConnection) -> None:
        try:
            if not self._identified(client):
                return
            with self._lock:
                self._clients.append(client)
            for text in client:
                body = json.loads(text)["d"]
                self.requests.append(body["requestType"])
                if self.fault is None or not self.fault(self, client, body):
                    self.respond(client, body, self._carry_out(body))
        except ConnectionClosed:
            return
        finally:
            with self._lock:
                if client in self._clients:
                    self._clients.remove(client)

    def _identified(self, client: ServerConnection) -> bool:
        salt, challenge = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        hello = {
            "obsWebSocketVersion": self.version,
            "rpcVersion": 1,
            "authentication": {"challenge": challenge, "salt": salt},
        }
        client.send(json.dumps({"op": 0, "d": hello}))
        given = json.loads(client.recv())["d"].get("authentication")
        secret = base64.b64encode(hashlib.sha256((self.password + salt).encode()).digest())
        proof = base64.b64encode(hashlib.sha256(secret + challenge.encode()).digest()).decode()
        if given != proof:
            client.close(4009, "Authentication failed.")
            return False
        client.send(json.dumps({"op": 2, "d": {"negotiatedRpcVersion": 1}}))
        return True

    def _carry_out(self, body: dict[str, Any]) -> Answer | Refusal:
        data = body.get("requestData") or {}
        match body["requestType"]:
            case "GetVersion":
                return {"obsVersion": "29.0.2", "obsWebSocketVersion": self.version, "availableRequests": []}
            case "GetSceneList":
                rows = [{"sceneIndex": at, "sceneName": name} for at, name in enumerate(self.scenes)]
                return {"currentProgramSceneName": self.program, "scenes": rows}
            case "SetCurrentProgramScene":
                return self._switch(data["sceneName"])
            case "SetSceneName":
                self.scenes[self.scenes.index(data["sceneName"])] = data["newSceneName"]
                if self.program == data["sceneName"]:
                    self.program = data["newSceneName"]
                names = {"oldSceneName": data["sceneName"], "sceneName": data["newSceneName"]}
                self.emit("SceneNameChanged", names)
                return {}
            case "GetRecordStatus":
                return {"outputActive": self.recording, "outputBytes": 4096 if self.recording else 0}
            case "GetStreamStatus":
                return self._stream_status()
            case "SetStreamServiceSettings":
                self.services.append(data)
                return {}
            case "StartStream":
                return self._stream(True)
            case "StopStream":
                return self._stream(False)
            case "SetProfileParameter":
                self.profile[data["parameterName"]] = data["parameterValue"]
                return {}
            case "StartRecord":
                return self._record(True)
            case "StopRecord":
                return self._record(False)
            case "GetStats":
                counts = ("renderSkipped", "renderTotal", "outputSkipped", "outputTotal")
                figures = {"activeFps": 30.0, "cpuUsage": 2.5, "memoryUsage": 200.0}
                free = {"availableDiskSpace": 50_000.0}
                return figures | free | {f"{name}Frames": 0 for name in counts}
        return 204, "The request type is not known."

    def _switch(self, scene: str) -> Answer | Refusal:
        if scene not in self.scenes:
            return 600, f"No source was found by the name of `{scene}`."
        self.program = scene
        self.emit("CurrentProgramSceneChanged", {"sceneName": scene})
        return {}

    def _stream_status(self) -> Answer:
        status: Answer = {"outputActive": self.streaming, "outputReconnecting": False}
        counts = {"outputBytes": 0, "outputSkippedFrames": 0, "outputTotalFrames": 0}
        return status | counts | {"outputCongestion": 0.0}

    def _stream(self, wanted: bool) -> Answer | Refusal:
        """Every server takes the stream; one whose address ends in /refused lets OBS fail at once."""
        if wanted == self.streaming:
            return (500, "") if wanted else (501, "")
        settings = self.services[-1]["streamServiceSettings"] if self.services else {}
        refused = str(settings.get("server", "")).endswith("/refused")
        self.streaming = wanted and not refused
        states = ("STARTING", "STARTED") if self.streaming else ("STOPPING", "STOPPED")
        for state in ("STARTING", "STOPPED") if wanted and refused else states:
            active = state == "STARTED"
            output = {"outputActive": active, "outputState": f"OBS_WEBSOCKET_OUTPUT_{state}"}
            self.emit("StreamStateChanged", output)
        return {}

    def _record(self, wanted: bool) -> Answer | Refusal:
        if wanted == self.recording:
            return (500, "already recording") if wanted else (501, "not recording")
        self.recording = wanted
        states = ("STARTING", "STARTED") if wanted else ("STOPPING", "STOPPED")
        path = f"/recordings/{self.profile.get('FilenameFormatting', 'x').replace('%%', '%')}.flv"
        for state in states:
            told = path if state in ("STARTED", "STOPPED") else None
            active = state == "STARTED"
            output = {"outputActive": active, "outputState": f"OBS_WEBSOCKET_OUTPUT_{state}"}
            self.emit("RecordStateChanged", output | {"outputPath": told})
        return {}


def drop(client: ServerConnection) -> None:
    """Cut one connection without a closing handshake."""
    import socket

    try:
        client.socket.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
