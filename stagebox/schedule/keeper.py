"""Keeps the schedule fresh: asks for it now and then, keeps the last good one, tells the engine what is new.

A network that is down is ordinary. Whatever comes that is no schedule, or has lost this whole room, is told,
and the last good one stays; it is on the disk, too, for a start without a network.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from stagebox import __version__
from stagebox.messages.code_catalogue import say
from stagebox.model.observations import Observation, ScheduleChecked, ScheduleEvent
from stagebox.model.said import Said, said_of
from stagebox.model.schedule import RoomSchedule
from stagebox.model.settings import Settings
from stagebox.schedule.defaults import defaults_in
from stagebox.schedule.failure import ScheduleError
from stagebox.schedule.fetching import Validators, fetched
from stagebox.schedule.reading import ReadRoom, RoomWish, read_room
from stagebox.schedule.room import is_half_empty
from stagebox.system.backoff import Backoff
from stagebox.system.files import write_whole

log = logging.getLogger(__name__)

FILE = "schedule.json"
FIRST_RETRY_S = 20.0
CLOSE_S = 10.0


@dataclass(frozen=True, slots=True)
class KeptSchedule:
    """The last good schedule, and by what its server knows whether there is a newer one.

    `whole` is its JSON, which only the child that reads schedules looks into. `read_as` is what it was read
    with, `digest` the SHA-256 of what was read.
    """

    source: str
    fetched_utc: float
    validators: Validators
    whole: bytes
    read_as: str = ""
    digest: str = ""


class ScheduleKeeper:
    """Asks for the schedule on a thread of its own. What it tells is a ScheduleEvent, or a ScheduleChecked.

    Args:
        settings: those in force.
        post: takes each observation; must only enqueue.
    """

    def __init__(self, settings: Settings, post: Callable[[Observation], None]) -> None:
        self._settings = settings
        self._post = post
        self._file = settings.state_dir / FILE
        self._kept: KeptSchedule | None = None
        self._told = RoomSchedule()
        self._wished: tuple[str, str, Mapping[str, str]] = ("", "", {})
        """Of which room `_told` is."""
        self._posted = False
        """Whether the engine knows `_told`: it comes with the schedule that it had before."""
        self._anew = False
        """Whether somebody wants it read again, though it may be what is kept."""
        self._tries = 0
        """How often in a row it could not be had."""
        self._wanted = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="schedule", daemon=True)

    def start(self) -> None:
        """Tell what is kept, and begin to ask."""
        self._thread.start()

    def close(self) -> None:
        """End; what is being asked just now is left to itself."""
        self._closing = True
        self._wanted.set()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_S)

    def follow(self, settings: Settings) -> None:
        """Work with these settings from now on."""
        self._settings = settings
        self._anew = True
        self._wanted.set()

    def look_now(self) -> None:
        """Ask for it now, not only when it is due."""
        self._wanted.set()

    def _run(self) -> None:
        while not self._closing:
            self._wanted.clear()
            try:
                pause_s = self._come_round(self._settings)
            except Exception:
                # A fault of ours must not end the thread: the next schedule may be a good one.
                log.exception("the schedule could not be kept")
                pause_s = FIRST_RETRY_S
            self._wanted.wait(pause_s)

    def _come_round(self, settings: Settings) -> float | None:
        """Ask once; returns how many seconds to wait until the next time, None: until something is wanted."""
        source = settings.schedule.source
        if not source:
            self._kept = None
            self._tell(RoomSchedule())
            return None
        if self._kept is None or self._kept.source != source:
            self._tries = 0
            self._kept = self._read_kept(source)
        if self._kept is not None and (self._told.source != source or self._wish(settings) != self._wished):
            self._take_up(self._kept, settings)
        try:
            self._ask(source, settings)
        except ScheduleError as error:
            if not self._tries:
                log.warning("the schedule cannot be had: %s", error)
            self._tries += 1
            trouble = said_of(error.what)
            before = self._told if self._told.source == source else RoomSchedule(source=source)
            self._tell(replace(before, trouble=trouble))
            return Backoff(FIRST_RETRY_S, settings.schedule.poll_s).pause_s(self._tries - 1)
        if self._tries:
            log.warning("the schedule can be had again")
        self._tries = 0
        return settings.schedule.poll_s

    def _take_up(self, kept: KeptSchedule, settings: Settings) -> None:
        """Tell what is kept, of this room; what cannot be read is kept no more."""
        try:
            self._tell(self._read(b"", kept, settings).room)
        except ScheduleError as error:
            log.warning("the schedule in %s is asked for anew: %s", self._file, error)
            self._kept = None

    def _ask(self, source: str, settings: Settings) -> None:
        """Ask for the schedule, and tell what came. Raises ScheduleError; what was kept stays."""
        kept, anew = self._kept, self._anew
        read_as = f"{__version__} {defaults_in(settings.schedule.time_zone or None).zone.name}"
        usable = kept is not None and kept.read_as == read_as and not anew
        came = fetched(source, kept.validators if kept is not None and usable else None)
        now = time.time()
        digest = sha256(came.data or b"").hexdigest()
        # A list without a day is of the day on which it came: what is the same is not read again.
        if kept is not None and (came.data is None or (usable and digest == kept.digest)):
            validators = kept.validators if came.data is None else came.validators
            self._kept = replace(kept, fetched_utc=now, validators=validators)
            self._tell(replace(self._told, fetched_utc=now, trouble=Said()))
            return
        whole = kept.whole if kept is not None else b""
        fresh = KeptSchedule(source, now, came.validators, whole, read_as, digest)
        read = self._read(came.data or b"", fresh, settings)
        if is_half_empty(self._told, read.room, now):
            # Asked anew next time: what the server calls the newest is no good.
            raise ScheduleError(say("schedule_half_empty"))
        self._kept = replace(fresh, whole=read.kept)
        self._keep(self._kept)
        if anew:
            self._anew = False
        self._tell(read.room, read.changes)

    def _read(self, data: bytes, kept: KeptSchedule, settings: Settings) -> ReadRoom:
        """This room's part of new bytes, or of what is kept. Raises ScheduleError."""
        self._wished = self._wish(settings)
        defaults = defaults_in(settings.schedule.time_zone or None)
        wish = RoomWish(*self._wished, kept.fetched_utc)
        return read_room(data, kept.whole, kept.source, defaults, wish, time.time())

    @staticmethod
    def _wish(settings: Settings) -> tuple[str, str, Mapping[str, str]]:
        return settings.schedule.room, settings.event.room, settings.schedule.aliases

    def _tell(self, room: RoomSchedule, changes: tuple[Said, ...] = ()) -> None:
        """Tell the engine, if it is anything new; and what changed, if it is the same room as before."""
        before, self._told = self._told, room
        if self._posted and replace(before, fetched_utc=room.fetched_utc) == room:
            if room.fetched_utc != before.fetched_utc:
                self._post(ScheduleChecked(utc=room.fetched_utc))
            return
        self._posted = True
        same = before.source == room.source and before.room == room.room and before.fetched_utc > 0
        self._post(ScheduleEvent(schedule=room, changes=changes if same else ()))

    def _read_kept(self, source: str) -> KeptSchedule | None:
        """The last good one of this source, from the disk; None: there is none that can be read."""
        try:
            line, _, whole = self._file.read_bytes().partition(b"\n")
            told = json.loads(line)
            if told["source"] != source or len(whole) != told["bytes"]:
                return None
            validators = Validators(str(told["etag"]), str(told["last_modified"]))
            read_as, digest = str(told.get("read_as", "")), str(told.get("digest", ""))
            return KeptSchedule(source, float(told["fetched_utc"]), validators, whole, read_as, digest)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("%s cannot be read, the schedule is asked for anew: %s", self._file, error)
            return None

    def _keep(self, kept: KeptSchedule) -> None:
        told = {
            "source": kept.source,
            "fetched_utc": kept.fetched_utc,
            "etag": kept.validators.etag,
            "last_modified": kept.validators.last_modified,
            "read_as": kept.read_as,
            "digest": kept.digest,
            "bytes": len(kept.whole),
        }
        try:
            write_whole(self._file, json.dumps(told).encode() + b"\n" + kept.whole)
        except OSError as error:
            log.warning("the schedule is not kept in %s: %s", self._file, error)
