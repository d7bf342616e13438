"""The link: one thread that owns the connection to OBS, for ever.

It posts what OBS says, carries out effects, notices within a heartbeat when OBS stops answering, and
makes the connection anew with back-off and jitter. It never stops OBS or a recording.
"""

import logging
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from stagebox.messages.code_catalogue import coded
from stagebox.model.effects import (
    ObsEffect,
    ObsOpen,
)
from stagebox.model.errors import SettingsError
from stagebox.model.obs_set_up import ObsSetUp
from stagebox.model.observations import (
    LinkFault,
    ObsDisconnected,
    Observation,
    ObsSetUpEvent,
    ProgramSceneEvent,
    RecordFileEvent,
    RecordStateEvent,
    RequestAnswered,
    SceneListEvent,
    StreamStateEvent,
)
from stagebox.obs.collection_and_profile import read_set_up
from stagebox.obs.connection import (
    NOT_READY,
    STATE_EVENTS,
    ObsConnection,
    ObsLinkError,
    ObsRefusedError,
    ObsTarget,
)
from stagebox.obs.effect_requests import carry_out
from stagebox.obs.readings import RECORD_PHASES, STREAM_PHASES, read_facts, read_figures, read_scenes
from stagebox.obs.stream_target import StreamService
from stagebox.system.backoff import Backoff

Post = Callable[[Observation], None]

QUEUE_LIMIT = 64
SET_UP_EVERY_BEATS = 10
_FIRST_PAUSE_S = 0.25

_log = logging.getLogger(__name__)


class ObsLink:
    """Keeps a connection to OBS and speaks with the engine in observations and effects.

    Args:
        target: where OBS is.
        post: called with each observation, mostly from the link's own thread; it must only enqueue.
        request_timeout_s: how long OBS may take for one answer before the connection is given up.
        heartbeat_s: how often OBS is asked for its figures, which also proves that it still answers.
        backoff_cap_s: the longest pause between two attempts to connect.
        generation: the last connection generation of an earlier run; the first one here is one more.
        service: where the stream goes, with its key, asked for each time it starts; it returns None when
            OBS's own settings shall be used, and raises SettingsError when it cannot be told.
    """

    def __init__(
        self,
        target: ObsTarget,
        post: Post,
        *,
        request_timeout_s: float,
        heartbeat_s: float = 0.5,
        backoff_cap_s: float = 5.0,
        generation: int = 0,
        service: Callable[[], StreamService | None] = lambda: None,
    ) -> None:
        self._target = target
        self._service = service
        self._post = post
        self._request_timeout_s = request_timeout_s
        self._heartbeat_s = heartbeat_s
        self._pauses = Backoff(_FIRST_PAUSE_S, backoff_cap_s)
        self._generation = generation
        self._effects: deque[ObsEffect] = deque()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._retry_now = False
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_read.setblocking(False)
        self._wake_write.setblocking(False)
        self._turned_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="obs-link", daemon=True)
        # Below: the owner thread's alone.
        self._connection: ObsConnection | None = None
        self._scenes_changed = False
        self._set_up_due = True
        self._set_up: ObsSetUp | None = None
        self._beats = 0
        self._obs_closing = False
        self._told: tuple[LinkFault, str] | None = None

    def start(self) -> None:
        """Start the owner thread; the first ObsConnected or ObsDisconnected follows."""
        self._thread.start()

    def submit(self, effect: ObsEffect) -> None:
        """Hand over an effect; exactly one RequestAnswered follows, also when there is no connection."""
        with self._lock:
            accepted = not self._closing.is_set() and len(self._effects) < QUEUE_LIMIT
            if accepted:
                self._effects.append(effect)
        if accepted:
            self._wake()
        else:
            self._answer_lost(effect, "The link to OBS is closed or has too much to do.")

    @property
    def turned_s(self) -> float:
        """Seconds since the link's thread last came round, whether OBS answers or not."""
        return time.monotonic() - self._turned_at

    @property
    def patience_s(self) -> float:
        """How long one turn of the thread may take: its longest pause, and requests that time out."""
        return self._pauses.cap_s + 4 * self._request_timeout_s

    def retry_now(self) -> None:
        """Cut a pause between two attempts short, for instance because OBS was just started."""
        self._retry_now = True
        self._wake()

    def close(self) -> bool:
        """End the link, not OBS. Return whether its thread ended in time; effects left are answered."""
        with self._lock:
            self._closing.set()
        self._wake()
        if self._thread.ident is not None:
            self._thread.join(self._request_timeout_s * 2 + 1.0)
        ended = not self._thread.is_alive()
        if ended:
            self._wake_read.close()
            self._wake_write.close()
        return ended

    def _wake(self) -> None:
        try:
            self._wake_write.send(b"\0")
        except BlockingIOError:
            pass  # Full of wake-ups already.
        except OSError:
            pass  # Closed: nobody is left to wake.

    # --- the owner thread -------------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        while not self._closing.is_set():
            self._turned_at = time.monotonic()
            connected_before = self._generation
            try:
                self._live()
            except ObsLinkError as error:
                detail = "OBS was closed." if self._obs_closing else error.what
                self._tell_fault(
                    "lost" if self._obs_closing else error.fault, detail, closed=self._obs_closing
                )
            except ObsRefusedError as error:
                self._tell_fault("not_ready" if error.code == NOT_READY else "protocol", error.what)
            except Exception as error:
                # OBS said something that nobody foresaw, or we have a bug: the link must outlive both.
                if self._told is None:
                    _log.exception("The link to OBS stumbled and starts anew")
                self._tell_fault("protocol", f"OBS gave an answer that makes no sense ({error!r}).")
            finally:
                if self._connection is not None:
                    self._connection.close()
                    self._connection = None
            self._answer_leftovers()
            if self._closing.is_set():
                break
            failures = 0 if self._generation != connected_before else failures + 1
            self._pause(failures)
        self._answer_leftovers()

    def _live(self) -> None:
        """Connect, tell what OBS is doing, and serve until the connection ends (raises) or we close."""
        self._obs_closing = self._scenes_changed = False
        self._set_up_due, self._set_up = True, None
        early: list[tuple[str, Mapping[str, Any]]] = []
        ready = False

        def on_event(kind: str, data: Mapping[str, Any]) -> None:
            if ready:
                self._on_event(kind, data)
            else:
                early.append((kind, data))

        self._connection = connection = ObsConnection(
            self._target, timeout_s=self._request_timeout_s, events=STATE_EVENTS, on_event=on_event
        )
        facts = read_facts(connection, self._generation + 1)
        self._generation += 1
        self._tell(facts)
        if self._told is not None:
            _log.warning("OBS answers again at %s:%s", self._target.host, self._target.port)
            self._told = None
        ready = True
        for kind, data in early:
            self._on_event(kind, data)
        self._serve(connection)

    def _serve(self, connection: ObsConnection) -> None:
        next_beat = time.monotonic()
        while not self._closing.is_set():
            self._turned_at = time.monotonic()
            while (effect := self._next_effect()) is not None:
                self._carry_out(connection, effect)
            if self._scenes_changed:
                self._read_scenes(connection)
                continue
            if self._set_up_due:
                self._read_set_up(connection)
                continue
            now = time.monotonic()
            if now >= next_beat:
                next_beat = now + self._heartbeat_s
                self._beat(connection)
                continue
            news, wakes = connection.fileno(), self._wake_read.fileno()
            readable, _, _ = select.select([news, wakes], [], [], next_beat - now)
            if wakes in readable:
                self._drain_wakes()
            if news in readable:
                connection.receive_event()

    def _read_scenes(self, connection: ObsConnection) -> None:
        self._scenes_changed = False
        try:
            scenes, program = read_scenes(connection)
        except ObsRefusedError as error:
            if error.code != NOT_READY:
                raise
            return  # OBS is changing its scene collection, and tells when it has.
        self._tell(SceneListEvent(generation=self._generation, scenes=scenes))
        self._tell(ProgramSceneEvent(generation=self._generation, scene=program))

    def _read_set_up(self, connection: ObsConnection) -> None:
        """Tell which collection and profile are open, if that is news; an OBS that cannot is left alone."""
        self._set_up_due = False
        try:
            set_up = read_set_up(connection)
        except ObsRefusedError:
            return  # OBS is changing its scene collection, and tells when it has.
        if self._scenes_changed:
            self._set_up_due = True  # The scenes are told first: those of before are not this collection's.
        elif set_up != self._set_up:
            self._set_up = set_up
            self._tell(ObsSetUpEvent(generation=self._generation, set_up=set_up))

    def _beat(self, connection: ObsConnection) -> None:
        self._beats += 1
        # How OBS records, nobody tells when it is changed.
        self._set_up_due = self._set_up_due or self._beats % SET_UP_EVERY_BEATS == 0
        try:
            figures = read_figures(connection, self._generation)
        except ObsRefusedError as error:
            if error.code != NOT_READY:
                raise
            return
        self._tell(figures)

    def _carry_out(self, connection: ObsConnection, effect: ObsEffect) -> None:
        if effect.generation != self._generation:
            self._answer_lost(effect, "This was meant for an earlier connection.")
            return
        try:
            carry_out(connection, effect, self._service)
            if isinstance(effect, ObsOpen):
                self._set_up_due = True
        except ObsRefusedError as error:
            self._answer(effect, ok=False, code=error.code, comment=error.comment)
        except SettingsError as error:
            self._answer(effect, ok=False, comment=coded(error.told, "stream_set_up"))
        except ObsLinkError as error:
            self._answer(effect, ok=False, fault=error.fault, comment=error.what)
            raise
        except Exception:
            self._answer(effect, ok=False, fault="protocol")
            raise
        else:
            self._answer(effect, ok=True)

    def _on_event(self, kind: str, data: Mapping[str, Any]) -> None:
        generation = self._generation
        if kind == "CurrentProgramSceneChanged":
            self._tell(ProgramSceneEvent(generation=generation, scene=str(data["sceneName"])))
        elif kind in ("SceneListChanged", "SceneNameChanged", "CurrentSceneCollectionChanged"):
            # Read anew by the loop: a rename changes the program's name too, and is no list change.
            self._scenes_changed = True
            self._set_up_due = True
        elif kind == "CurrentProfileChanged":
            self._set_up_due = True
        elif kind == "RecordStateChanged":
            phase = RECORD_PHASES.get(str(data["outputState"]))
            if phase is not None:
                path = str(data.get("outputPath") or "")
                self._tell(RecordStateEvent(generation=generation, phase=phase, path=path))
        elif kind == "RecordFileChanged":
            # From OBS 30.2 on; before, what grows in the folder tells.
            self._tell(RecordFileEvent(path=str(data["newOutputPath"])))
        elif kind == "StreamStateChanged":
            stream = STREAM_PHASES.get(str(data["outputState"]))
            if stream is not None:
                self._tell(StreamStateEvent(generation=generation, phase=stream))
        elif kind == "ExitStarted":
            self._obs_closing = True

    def _pause(self, failures: int) -> None:
        """Wait before the next attempt, unless told to hurry; answer effects meanwhile."""
        deadline = time.monotonic() + self._pauses.drawn_s(failures)
        while not self._closing.is_set() and not self._retry_now:
            self._turned_at = time.monotonic()
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                break
            if select.select([self._wake_read], [], [], left_s)[0]:
                self._drain_wakes()
                self._answer_leftovers()
        self._retry_now = False

    def _drain_wakes(self) -> None:
        try:
            self._wake_read.recv(4096)
        except BlockingIOError:
            return

    def _next_effect(self) -> ObsEffect | None:
        with self._lock:
            return self._effects.popleft() if self._effects and not self._closing.is_set() else None

    def _answer_leftovers(self) -> None:
        while True:
            with self._lock:
                if not self._effects:
                    return
                effect = self._effects.popleft()
            self._answer_lost(effect, "There is no connection to OBS.")

    def _answer_lost(self, effect: ObsEffect, comment: str) -> None:
        self._answer(effect, ok=False, fault="lost", comment=comment)

    def _answer(
        self,
        effect: ObsEffect,
        *,
        ok: bool,
        code: int = 0,
        comment: str = "",
        fault: LinkFault | None = None,
    ) -> None:
        self._tell(
            RequestAnswered(
                generation=effect.generation,
                effect_id=effect.effect_id,
                ok=ok,
                code=code,
                comment=comment,
                fault=fault,
            )
        )

    def _tell_fault(self, fault: LinkFault, detail: str, *, closed: bool = False) -> None:
        """Post the end of a connection, and of failed attempts only what is new; log once."""
        if self._told is None:
            _log.warning("OBS cannot be reached: %s", detail)
        if self._told != (fault, detail):
            self._told = (fault, detail)
            self._tell(
                ObsDisconnected(generation=self._generation, fault=fault, detail=detail, closed=closed)
            )

    def _tell(self, observation: Observation) -> None:
        try:
            self._post(observation)
        except Exception:
            _log.exception("An observation of OBS could not be handed over")
