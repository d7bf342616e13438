"""The one door to the engine: bounded, in order, and what only matters when new keeps only the newest."""

import logging
import threading
import time
from collections import deque

from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command
from stagebox.model.errors import ApiError
from stagebox.model.facts.pictures import PictureReading
from stagebox.model.messages import Message
from stagebox.model.observations import VOLATILE, JobProgress, Observation
from stagebox.model.paths import legible

log = logging.getLogger(__name__)

EDGES = frozenset({"program_scene", "scene_list", "folder", "stream_state"})
"""Kinds that may come in floods though each counts, and its place in the order: "stopping" before "stopped"
is a person's hand, and a scene that was on program for a moment was on program."""

EDGES_MOST = 256
"""So many of one such kind wait at most; then the oldest goes. A person's hand makes a few a second."""


class Mailbox:
    """A queue from many threads to the engine's.

    When `capacity` messages wait, a further command is refused with an ApiError (so its sender knows).
    Observations are never refused. Of readings the newest waits. What OBS tells of scenes and stream is kept
    in its place, but not twice in a row, and at most `EDGES_MOST` of a kind. The others come at the pace of
    people and processes. Closing wakes the reader.
    """

    def __init__(self, capacity: int = 1024) -> None:
        self._capacity = capacity
        self._waiting: deque[Message] = deque()
        self._newest: dict[str, Message] = {}
        self._edges: dict[str, int] = {}
        self._last: Message | None = None
        """The newest that waits and is no reading."""
        self._flooded = False
        lock = threading.RLock()
        self._changed = threading.Condition(lock)
        self._rests = threading.Condition(lock)
        self._resting = False
        self._closed = False
        self.coalesced = 0

    def put(self, body: Command | Observation) -> None:
        """Stamp a message with the time and let it in; never waits.

        Raises:
            ApiError: a command came while the mailbox was full or closed.
        """
        body = legible(body)
        message = Message(at=time.monotonic(), utc=time.time(), body=body)
        with self._changed:
            if isinstance(body, Command) and (self._closed or len(self._waiting) >= self._capacity):
                raise ApiError(say("too_busy"), say("try_again"))
            key = _key(body)
            if key is not None:
                stale = self._newest.pop(key, None)
                if stale is not None:
                    self._waiting.remove(stale)
                    self.coalesced += 1
                self._newest[key] = message
            elif not self._room_for_edge(body):
                return
            else:
                self._last = message
            self._waiting.append(message)
            self._changed.notify()

    def take(self, timeout_s: float | None) -> Message | None:
        """The oldest message, or None when none came in `timeout_s` seconds or the mailbox was closed."""
        with self._changed:
            self._resting = not self._waiting
            if self._resting:
                self._rests.notify_all()
            self._changed.wait_for(lambda: self._waiting or self._closed, timeout_s)
            self._resting = False
            if not self._waiting:
                return None
            message = self._waiting.popleft()
            key = _key(message.body)
            if key is not None and self._newest.get(key) is message:
                del self._newest[key]
            self._forget(message)
            return message

    def _room_for_edge(self, body: Command | Observation) -> bool:
        """Count an edge, and make room for it; False when it says only what was said last."""
        kind = _edge(body)
        if not kind:
            return True
        if self._last is not None and self._last.body == body:
            self.coalesced += 1
            return False
        if self._edges.get(kind, 0) >= EDGES_MOST:
            oldest = next(one for one in self._waiting if _edge(one.body) == kind)
            if not self._flooded:
                log.error("more than %d %s wait to be read: the oldest are left out", EDGES_MOST, kind)
            self._flooded = True
            self._waiting.remove(oldest)
            self._forget(oldest)
            self.coalesced += 1
        self._edges[kind] = self._edges.get(kind, 0) + 1
        return True

    def _forget(self, message: Message) -> None:
        """A message waits no more."""
        if message is self._last:
            self._last = None
        if kind := _edge(message.body):
            self._edges[kind] -= 1
        if not self._waiting:
            self._flooded = False

    def wait_for_rest(self, timeout_s: float) -> bool:
        """Wait until the reader has worked off everything; return whether it has, in `timeout_s` seconds."""
        with self._changed:
            return self._rests.wait_for(lambda: self._resting and not self._waiting, timeout_s)

    def close(self) -> None:
        """Refuse further commands and wake the reader; what waits can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def oldest_s(self) -> float:
        """How long the oldest message has been waiting, in seconds; 0 when none waits."""
        with self._changed:
            return time.monotonic() - self._waiting[0].at if self._waiting else 0.0

    @property
    def closed(self) -> bool:
        """True once closed."""
        return self._closed

    def __len__(self) -> int:
        return len(self._waiting)


def _edge(body: Command | Observation) -> str:
    """The kind of an edge that may come in floods; empty for all else."""
    return "" if isinstance(body, Command) or body.kind not in EDGES else body.kind


def _key(body: Command | Observation) -> str | None:
    """What two messages share when the newer replaces the older; None for messages that all count."""
    if isinstance(body, Command) or body.kind not in VOLATILE:
        return None
    match body:
        case JobProgress():
            return f"{body.kind}:{body.session_id}"
        case PictureReading():
            return f"{body.kind}:{body.role}"
        case _:
            return body.kind
