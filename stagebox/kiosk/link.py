"""The kiosk's line to `stagebox serve`: threads that pull snapshots and pictures and send commands.

None of them touches a Qt object: they call plain functions, which the screen makes queued signals of.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from stagebox.api.client import Client
from stagebox.model.errors import ApiError, StageboxError
from stagebox.system.backoff import Backoff

log = logging.getLogger(__name__)

RETRIES = Backoff(first_s=0.1, cap_s=1.0)
QUIET_S = 3.0
FIRST_S = 2.0
PICTURES_EVERY_S = 0.8
PICTURE_RETRY_S = 2.0
KEPT_RETRY_S = 30.0
"""Pictures of finished talks do not change: one that is absent now is not looked for again so soon."""
SESSIONS_EVERY_S = 5.0
SOON_S = 0.3
"""So long after somebody changed the schedule it is asked for again."""
CHANGES_SCHEDULE = ("edit_talk", "take_back_edit", "give_talk", "use_schedule")
MOST_INTENTS = 16
CLOSE_S = 6.0

Connect = Callable[[], Client]
"""Makes a client; raises StageboxError while no stagebox ever ran here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """Who is told, on the link's threads: hand on and return.

    `snapshot` gets each snapshot, `levels` OBS's sound levels as they come, `lost` why there is no snapshot,
    `sessions` the catalogue, `reports` that of each processed session by its id, `schedule` this room's and
    what became of its talks, `picture` a name and a JPEG (None: there is none now), `refused` a command's id
    and why it was not even taken.
    """

    snapshot: Callable[[dict[str, Any]], None]
    levels: Callable[[dict[str, Any]], None]
    lost: Callable[[str], None]
    sessions: Callable[[list[dict[str, Any]]], None]
    reports: Callable[[dict[str, dict[str, Any]]], None]
    schedule: Callable[[dict[str, Any]], None]
    picture: Callable[[str, bytes | None], None]
    refused: Callable[[str, str], None]


@dataclass(slots=True)
class Wanted:
    """Which pictures are on screen, and how wide; replaced as a whole by the screen's thread."""

    names: tuple[str, ...] = ()
    width: int = 480
    _changed: threading.Event = field(default_factory=threading.Event)

    def set(self, names: tuple[str, ...], width: int) -> None:
        """Ask for other pictures."""
        self.names, self.width = names, width
        self._changed.set()


class Link:
    """Keeps the line up for ever. `start` begins, `close` ends in bounded time."""

    def __init__(self, connect: Connect, hearer: Hearer) -> None:
        self._connect = connect
        self._hearer = hearer
        self.wanted = Wanted()
        self._intents: queue.Queue[tuple[str, Mapping[str, Any]]] = queue.Queue(MOST_INTENTS)
        self._ending = threading.Event()
        self._attending = threading.Event()
        self._sooner = threading.Event()
        self._threads = [
            threading.Thread(target=self._guarded, args=(work,), name=f"kiosk-{work.__name__}", daemon=True)
            for work in (self._live, self._meters, self._send, self._pull_pictures, self._pull_sessions)
        ]

    def start(self, *, snapshot_first: bool = False) -> None:
        """Begin to listen.

        `snapshot_first`: to nothing but snapshots until `attend`, or for two seconds. A new screen wants to
        be right first, and on a busy computer that takes all there is.
        """
        if not snapshot_first:
            self._attending.set()
        for thread in self._threads:
            thread.start()

    def attend(self) -> None:
        """Listen to all of it from now on."""
        self._attending.set()

    def close(self) -> None:
        """End all threads."""
        self._ending.set()
        self._attending.set()
        self._sooner.set()
        self.wanted._changed.set()
        deadline = time.monotonic() + CLOSE_S
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def send(self, intent_id: str, want: Mapping[str, Any]) -> bool:
        """Queue a command. False when so many wait already that one more cannot be meant."""
        try:
            self._intents.put_nowait((intent_id, want))
        except queue.Full:
            return False
        return True

    def _guarded(self, work: Callable[[], None]) -> None:
        """Run `work` again and again until the end: no fault ends a thread for good, or in silence."""
        if work != self._live:
            self._attending.wait(FIRST_S)
        tries = 0
        while not self._ending.is_set():
            try:
                work()
                tries = 0
            except StageboxError as error:
                tries += 1
                log.debug("%s: %s", work.__name__, error)
            except Exception:
                tries += 1
                log.exception("the kiosk's %s went wrong", work.__name__)
            self._ending.wait(RETRIES.pause_s(tries))

    def _live(self) -> None:
        try:
            with closing(self._connect()) as client, client.live() as live:
                while not self._ending.is_set():
                    snapshot = live.next(QUIET_S)
                    # Nothing new is no proof of life: ask.
                    self._hearer.snapshot(snapshot if snapshot is not None else client.state())
        except StageboxError as error:
            self._hearer.lost(error.what)
            raise

    def _meters(self) -> None:
        with closing(self._connect()) as client, client.meters() as meters:
            while not self._ending.is_set():
                levels = meters.next(1.0)
                if levels is not None:
                    self._hearer.levels(levels)

    def _send(self) -> None:
        with closing(self._connect()) as client:
            while not self._ending.is_set():
                try:
                    intent_id, want = self._intents.get(timeout=0.5)
                except queue.Empty:
                    continue
                try:
                    if not _told_desk(client, want):
                        client.send(want, origin="touch", wait=False, intent_id=intent_id)
                        if want["kind"] in CHANGES_SCHEDULE:
                            self._sooner.set()
                except ApiError as error:
                    self._hearer.refused(intent_id, error.told)

    def _pull_pictures(self) -> None:
        not_before: dict[str, float] = {}
        kept: set[str] = set()
        with closing(self._connect()) as client:
            while not self._ending.is_set():
                began = time.monotonic()
                self.wanted._changed.clear()
                names, width = self.wanted.names, self.wanted.width
                for name in names:
                    if self._ending.is_set():
                        return
                    if name in kept or not_before.get(name, 0.0) > began:
                        continue
                    live = name.startswith(("scene/", "source/"))
                    try:
                        self._hearer.picture(name, _picture(client, name, width))
                        if not live:
                            kept.add(name)
                    except ApiError as error:
                        log.debug("no picture %s: %s", name, error)
                        not_before[name] = time.monotonic() + (PICTURE_RETRY_S if live else KEPT_RETRY_S)
                        self._hearer.picture(name, None)
                left_s = PICTURES_EVERY_S - (time.monotonic() - began)
                if left_s > 0:
                    self.wanted._changed.wait(left_s)

    def _pull_sessions(self) -> None:
        read: set[tuple[str, str]] = set()
        with closing(self._connect()) as client:
            while not self._ending.is_set():
                sessions = client.sessions(60)
                self._hearer.sessions(sessions)
                try:
                    self._hearer.schedule(client.schedule())
                except ApiError as error:
                    log.debug("no schedule: %s", error)
                for one in sessions:
                    # A talk that was processed again has another verdict or summary: its report is read anew.
                    names = ("report", "verdict", "summary", "judged", "judged_summary")
                    version = (one["id"], "|".join(str(one.get(name)) for name in names))
                    if not one.get("report") or version in read:
                        continue
                    try:
                        self._hearer.reports({one["id"]: client.report(one["id"])})
                        read.add(version)
                    except ApiError as error:
                        self._hearer.reports({one["id"]: {"trouble": error.what}})
                if self._sooner.wait(SESSIONS_EVERY_S):
                    self._sooner.clear()
                    self._ending.wait(SOON_S)


def _told_desk(client: Client, order: Mapping[str, Any]) -> bool:
    """Carry out what is about the stream's target or key; False for anything else, which is a command."""
    match order["kind"]:
        case "stream_key" if order["key"] is None:
            client.forget_stream_key()
        case "stream_key":
            client.set_stream_key(order["key"])
        case "stream_target":
            client.set_stream_target(order.get("service", ""), order.get("server", ""))
        case _:
            return False
    return True


def _picture(client: Client, name: str, width: int) -> bytes:
    kind, _, which = name.partition("/")
    match kind:
        case "source":
            return client.picture(which)
        case "poster":
            return client.session_picture(which)
        case "still":
            session_id, _, place = which.rpartition("/")
            return client.session_picture(session_id, int(place))
        case _:
            return client.scene_picture(which, width)
