"""The HTTP and WebSocket server on loopback: snapshots out, commands in, nothing else.

Every route wants the bearer token, a Host header that names this machine's loopback, and, from a browser,
an Origin of our own: a web page elsewhere must not be able to stop a recording.
"""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, Request, Response, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter
from starlette.types import ASGIApp, Receive, Scope, Send

from stagebox import __version__
from stagebox.api import evening, reviews, schedule
from stagebox.api.metrics import metrics_text
from stagebox.messages import languages
from stagebox.messages.code_catalogue import entries
from stagebox.model.commands import Command, CommandBody, Origin
from stagebox.model.errors import ObsError, RefusedError, SettingsError, StageboxError
from stagebox.model.levels import MeterLevels
from stagebox.model.said import as_json, said_of, sentences_in
from stagebox.model.settings import StreamSettings
from stagebox.model.snapshot import SessionView, Snapshot
from stagebox.model.state import CommandResult
from stagebox.model.stream_state import StreamSetUp
from stagebox.views.parsing import schedule_of
from stagebox.views.seen import Seen
from stagebox.views.talks import MOST_ROWS
from stagebox.views.told_schedule import ToldSchedule
from stagebox.views.values import View
from stagebox.views.view import view_of

SNAPSHOT = TypeAdapter(Snapshot)
VIEW = TypeAdapter(View)
LEVELS = TypeAdapter(MeterLevels)
MAX_BODY_BYTES = 64_000
MAX_WAIT_S = 60.0
Role = Literal["slides", "camera", "program"]


def _snapshot_json(snapshot: Snapshot) -> bytes:
    """The snapshot with what its sentences are made of."""
    return SNAPSHOT.dump_json(replace(snapshot, said=sentences_in(snapshot)))


def _told(sessions: tuple[SessionView, ...]) -> tuple[SessionView, ...]:
    """Sessions with what their sentences are made of."""
    return tuple(replace(one, said=sentences_in(one)) for one in sessions)


class ServedAppliance(Protocol):
    """What the server needs of the appliance. All calls are quick, except the picture's."""

    @property
    def stream(self) -> "ServedStreamTarget":
        """The stream's target and key."""

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""

    def submit(self, command: Command) -> None:
        """Hand a command to the engine; raises ApiError when it cannot take one."""

    def wait_for(self, predicate: Callable[[Snapshot], bool], timeout_s: float) -> Snapshot | None:
        """The first snapshot for which the predicate holds, or None after the time."""

    def listen(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        """Call the listener with each new snapshot, until the returned function is called."""

    @property
    def levels(self) -> MeterLevels | None:
        """OBS's newest sound levels; None before the first."""

    def listen_levels(self, listener: Callable[[MeterLevels], None]) -> Callable[[], None]:
        """Call the listener with each of OBS's sound levels, until the returned function is called."""

    def sessions(self, limit: int) -> tuple[SessionView, ...]:
        """The newest sessions of the catalogue; raises StorageError."""

    def findings(self, session_id: str) -> list[dict[str, Any]]:
        """What was found in a session's recording; raises StorageError when that cannot be read."""

    def report(self, session_id: str) -> dict[str, Any] | None:
        """A processed session's report and what views show beside it; None before; raises StorageError."""

    def session_picture(self, session_id: str, number: int | None) -> bytes | None:
        """A JPEG of a session's filmstrip, or with None its poster; None when there is none."""

    @property
    def words(self) -> reviews.ServedReviews:
        """What people say of finished talks."""

    @property
    def evening(self) -> evening.ServedEvening:
        """All processed talks, and what people say of them."""

    @property
    def schedule(self) -> schedule.ServedSchedule:
        """This room's schedule, and what became of its talks."""

    def button_box_traffic(self, after: int) -> Sequence[object]:
        """The newest lines between stagebox and its button boxes, those numbered above `after`."""

    def picture(self, role: Role) -> bytes:
        """A JPEG of a source as OBS sees it; raises ObsError."""

    def scene_picture(self, scene: str, width: int) -> bytes:
        """A JPEG of a scene, on program or not, `width` pixels wide; raises ObsError."""


class ServedStreamTarget(Protocol):
    """What the server needs of the stream's target and key. The key goes in, and never comes out."""

    @property
    def target(self) -> StreamSettings:
        """The target as the settings name it."""

    def set_up(self) -> StreamSetUp:
        """Target and key as they are now, without the key."""

    def service_names(self) -> list[str]:
        """The streaming services that OBS knows by name."""

    def set_key(self, key: SecretStr) -> None:
        """Keep another key; raises SettingsError, StorageError."""

    def forget_key(self) -> None:
        """Keep no key any more; raises StorageError."""

    def set_target(self, service: str, server: str) -> None:
        """Stream to another place; raises SettingsError, StorageError."""


class KeyBody(BaseModel):
    """What `PUT /api/stream/key` takes."""

    # What is wrong with the body must not be answered with the body.
    model_config = ConfigDict(hide_input_in_errors=True)

    key: SecretStr


class TargetBody(BaseModel):
    """What `PUT /api/stream/target` takes: a service of OBS's list, or a server's address."""

    service: str = Field(default="", max_length=120)
    server: str = Field(default="", max_length=500)


class StreamTarget(BaseModel):
    """Where the stream goes, and why it cannot."""

    service: str
    server: str
    target: str
    has_key: bool
    problem: str
    remedy: str


class CommandRequest(BaseModel):
    """What `POST /api/intents` takes. `wait_s` waits that long for the command's result."""

    want: CommandBody
    id: str | None = Field(default=None, min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")
    origin: Origin = "web"
    wait_s: float = Field(default=0.0, ge=0.0, le=MAX_WAIT_S)


class Problem(BaseModel):
    """Why a request was not done: what happened, and what to do; in `said` what both are made of."""

    detail: str
    remedy: str = ""
    said: dict[str, Any] = Field(default_factory=dict)


class LoopbackOnly:
    """ASGI middleware: 403 for a foreign Host or Origin, 401 without the token, 413 for a huge body.

    Written on the bare protocol because it must cover WebSockets too.
    """

    def __init__(self, app: ASGIApp, *, token: SecretStr, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        refusal = self._refusal(headers)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await _refuse_websocket(receive, send)
        else:
            status, detail = refusal
            remedy = {"WWW-Authenticate": "Bearer"} if status == 401 else None
            await JSONResponse({"detail": detail}, status, remedy)(scope, receive, send)

    def _refusal(self, headers: dict[str, str]) -> tuple[int, str] | None:
        if headers.get("host") not in self._hosts:
            return 403, "This address is for programs on this computer only."
        origin = headers.get("origin")
        if origin is not None and origin not in self._origins:
            return 403, "Pages from elsewhere may not use this address."
        scheme, _, given = headers.get("authorization", "").partition(" ")
        wanted = self._token.get_secret_value()
        if scheme.lower() != "bearer" or not secrets.compare_digest(given.encode(), wanted.encode()):
            return 401, "The bearer token is missing or wrong."
        try:
            length = int(headers.get("content-length", "0"))
        except ValueError:
            return 400, "The Content-Length is not a number."
        if length > MAX_BODY_BYTES or "transfer-encoding" in headers:
            return 413, "The request is too large."
        return None


async def _refuse_websocket(receive: Receive, send: Send) -> None:
    """Closing before accepting answers the handshake with 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})


def create_app(box: ServedAppliance, token: SecretStr, port: int) -> FastAPI:
    """The application for the appliance `box`, reachable on 127.0.0.1:`port` with `token`."""
    app = FastAPI(
        title="stagebox",
        version=__version__,
        description="Snapshots out, commands in. Needs the bearer token from stagebox's state folder.\n\n"
        + codes_told(),
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(LoopbackOnly, token=token, port=port)
    app.include_router(_routes(box))
    app.add_exception_handler(StageboxError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_bad_body)
    return app


def codes_told() -> str:
    """The codes of alarms and findings, from the catalogue, as a table in Markdown."""
    rows = [
        (code, known.short, *("yes" if there else "" for there in (known.live, known.after is not None)))
        for code, known in entries().items()
    ]
    heads = (("code", "what is so", "an alarm", "a finding"), ("---",) * 4)
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (*heads, *rows))


async def _on_error(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, StageboxError)
    status = (
        502
        if isinstance(error, ObsError)
        else 422
        if isinstance(error, SettingsError | RefusedError)
        else 503
    )
    told = {"detail": error.what, "remedy": error.remedy}
    said = {name: as_json(said_of(words)) for name, words in told.items() if said_of(words).code}
    return JSONResponse({**told, "said": said}, status)


async def _on_bad_body(request: Request, error: Exception) -> Response:
    """What is wrong with a request, without what was sent: it may hold a key."""
    del request
    assert isinstance(error, RequestValidationError)
    told = [{name: one[name] for name in ("type", "loc", "msg")} for one in error.errors()]
    return JSONResponse({"detail": told}, 422)


def _routes(box: ServedAppliance) -> APIRouter:
    refusals: dict[int | str, dict[str, Any]] = {
        401: {"model": Problem, "description": "Token missing or wrong"},
        403: {"model": Problem, "description": "Foreign Host or Origin"},
    }
    bearer = HTTPBearer(auto_error=False, description="The token from the 0600 file `api-token`.")
    jpegs: dict[str, Any] = {
        "response_class": Response,
        "responses": {
            200: {"content": {"image/jpeg": {}}},
            404: {"model": Problem, "description": "There is no such picture"},
        },
    }
    router = APIRouter(dependencies=[Depends(bearer)], responses=refusals)

    @router.get("/api/state", summary="The newest snapshot", response_model=Snapshot)
    async def state() -> Response:
        return Response(_snapshot_json(box.latest), media_type="application/json")

    @router.get("/api/view", summary="What a person sees now, in their language", response_model=View)
    def view(language: Annotated[str, Query(pattern="^[a-z]{2}$")] = "en") -> Response:
        latest = box.latest
        seen = Seen(
            snapshot=replace(latest, said=sentences_in(latest)),
            connected=True,
            sessions=_told(box.sessions(MOST_ROWS)),
            catalogued=True,
            schedule=schedule_of(box.schedule.told()) if latest.schedule.source else ToldSchedule(),
            utc_s=time.time(),
            language=language,
        )
        shown = view_of(seen, languages.language(language))
        return Response(VIEW.dump_json(shown), media_type="application/json")

    @router.post(
        "/api/intents",
        summary="Say what is wanted",
        response_model=CommandResult,
        status_code=202,
        responses={
            200: {"model": CommandResult, "description": "The command's result is known"},
            413: {"model": Problem, "description": "The body is too large"},
            503: {"model": Problem, "description": "The engine cannot take it now"},
        },
    )
    async def commands(body: CommandRequest, response: Response) -> CommandResult:
        command = Command(id=body.id or secrets.token_hex(8), origin=body.origin, want=body.want)
        answer = await _ask(box, command, body.wait_s)
        if answer.status != "pending":
            response.status_code = 200
        return answer

    @router.get("/api/sessions", summary="The catalogue, newest first")
    def sessions(limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> tuple[SessionView, ...]:
        return _told(box.sessions(limit))

    @router.get("/api/sessions/{session_id}/findings", summary="What was found in a session's recording")
    def findings(session_id: Annotated[str, Path(max_length=64)]) -> list[dict[str, Any]]:
        return box.findings(session_id)

    @router.get(
        "/api/sessions/{session_id}/report",
        summary="A processed session's report, with waveform, loudness and the filmstrip's times",
        responses={404: {"model": Problem, "description": "It was not processed yet"}},
    )
    def report(session_id: Annotated[str, Path(max_length=64)]) -> dict[str, Any]:
        found = box.report(session_id)
        if found is None:
            raise HTTPException(404, "This session was not processed yet, or is not known.")
        return found

    @router.get("/api/sessions/{session_id}/poster.jpg", summary="A picture of a processed session", **jpegs)
    def poster(session_id: Annotated[str, Path(max_length=64)]) -> Response:
        return _kept_jpeg(box.session_picture(session_id, None))

    @router.get(
        "/api/sessions/{session_id}/pictures/{number}.jpg",
        summary="A picture of a processed session's filmstrip",
        **jpegs,
    )
    def session_picture(
        session_id: Annotated[str, Path(max_length=64)], number: Annotated[int, Path(ge=0, le=99)]
    ) -> Response:
        return _kept_jpeg(box.session_picture(session_id, number))

    router.include_router(reviews.routes(box.words, refusals))
    router.include_router(evening.routes(box.evening, refusals))
    router.include_router(schedule.routes(box.schedule, refusals))

    @router.get(
        "/api/sources/{role}.jpg",
        summary="A source as OBS sees it",
        response_class=Response,
        responses={
            200: {"content": {"image/jpeg": {}}},
            502: {"model": Problem, "description": "OBS gave no picture"},
        },
    )
    def source(role: Annotated[Role, Path()]) -> Response:
        return Response(box.picture(role), media_type="image/jpeg", headers={"Cache-Control": "no-store"})

    @router.get(
        "/api/scenes/{scene:path}.jpg",
        summary="What a scene shows, or would show",
        response_class=Response,
        responses={
            200: {"content": {"image/jpeg": {}}},
            502: {"model": Problem, "description": "OBS gave no picture"},
        },
    )
    def scene_picture(
        scene: Annotated[str, Path(max_length=200)], width: Annotated[int, Query(ge=64, le=1920)] = 640
    ) -> Response:
        picture = box.scene_picture(scene, width)
        return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "no-store"})

    @router.get("/api/stream", summary="Where the stream goes, without its key")
    def stream() -> StreamTarget:
        return _target(box.stream)

    @router.get("/api/stream/services", summary="The streaming services that OBS knows by name")
    def stream_services() -> list[str]:
        return box.stream.service_names()

    @router.put("/api/stream/target", summary="Stream to another place")
    def set_stream_target(body: TargetBody) -> StreamTarget:
        box.stream.set_target(body.service, body.server)
        return _target(box.stream)

    # No command, for commands are journalled: a key is kept in its own file alone.
    @router.put("/api/stream/key", summary="Keep another stream key")
    def set_stream_key(body: KeyBody) -> StreamTarget:
        box.stream.set_key(body.key)
        return _target(box.stream)

    @router.delete("/api/stream/key", summary="Keep no stream key any more")
    def forget_stream_key() -> StreamTarget:
        box.stream.forget_key()
        return _target(box.stream)

    @router.get("/api/button-box/traffic", summary="What stagebox and its button boxes say to each other")
    def traffic(after: Annotated[int, Query(ge=0)] = 0) -> list[Any]:
        return list(box.button_box_traffic(after))

    @router.get("/metrics", summary="Figures for Prometheus", response_class=PlainTextResponse)
    async def metrics() -> PlainTextResponse:
        return PlainTextResponse(metrics_text(box.latest), media_type="text/plain; version=0.0.4")

    @router.websocket("/api/live")
    async def live(socket: WebSocket) -> None:
        await socket.accept()
        await _send_newest(socket, box.listen, lambda: _snapshot_json(box.latest))

    @router.websocket("/api/meters")
    async def meters(socket: WebSocket) -> None:
        def newest() -> bytes:
            levels = box.levels
            return b"" if levels is None else LEVELS.dump_json(levels)

        await socket.accept()
        await _send_newest(socket, box.listen_levels, newest)

    return router


def _target(desk: ServedStreamTarget) -> StreamTarget:
    set_up, target = desk.set_up(), desk.target
    return StreamTarget(
        service=target.service,
        server=target.server,
        target=set_up.target,
        has_key=set_up.has_key,
        problem=set_up.problem,
        remedy=set_up.remedy,
    )


def _kept_jpeg(jpeg: bytes | None) -> Response:
    """A picture out of a finished talk: it does not change."""
    if jpeg is None:
        raise HTTPException(404, "There is no such picture of this session.")
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "max-age=3600"})


async def _ask(box: ServedAppliance, command: Command, wait_s: float) -> CommandResult:
    """Submit a command and wait up to `wait_s` for its fate, without a thread of its own."""
    loop = asyncio.get_running_loop()
    settled: asyncio.Future[CommandResult] = loop.create_future()
    newest = CommandResult(intent_id=command.id, kind=command.want.kind, status="pending")

    def settle(answer: CommandResult) -> None:
        if not settled.done():
            settled.set_result(answer)

    def on_snapshot(snapshot: Snapshot) -> None:
        answer = next((one for one in snapshot.answers if one.intent_id == command.id), None)
        if answer is not None and answer.status != "pending":
            loop.call_soon_threadsafe(settle, answer)

    stop = box.listen(on_snapshot)
    try:
        box.submit(command)
        if wait_s <= 0:
            return newest
        return await asyncio.wait_for(settled, wait_s)
    except TimeoutError:
        return newest
    finally:
        stop()


async def _send_newest(
    socket: WebSocket,
    listen: Callable[[Callable[[object], None]], Callable[[], None]],
    newest: Callable[[], bytes],
) -> None:
    """Send the newest (b"" for none yet) when there is one; a slow reader gets fewer, never older ones."""
    loop = asyncio.get_running_loop()
    fresh = asyncio.Event()

    def on_new(_: object) -> None:
        loop.call_soon_threadsafe(fresh.set)

    stop = listen(on_new)

    async def push() -> None:
        while True:
            fresh.clear()
            if text := newest():
                await socket.send_text(text.decode())
            await fresh.wait()

    pushing = asyncio.create_task(push())
    listening = asyncio.create_task(socket.receive())
    try:
        # Whatever the other side sends ends the conversation: news goes one way.
        await asyncio.wait({pushing, listening}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop()
        for task in (pushing, listening):
            task.cancel()
        await asyncio.gather(pushing, listening, return_exceptions=True)
