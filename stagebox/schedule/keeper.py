"""Keeps the schedule fresh: asks for it now and then, keeps the last good one, tells the engine what is new.

A network that is down is ordinary. Whatever comes that is no schedule, or has lost this whole room, is told,
and the last good one stays; it is on the disk, too, for a start without a network.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from stagebox.messages.code_catalogue import say
from stagebox.model.observations import Observation, ScheduleChecked, ScheduleEvent
from stagebox.model.said import Said, said_of
from stagebox.model.schedule import RoomSchedule, Schedule
from stagebox.model.settings import Settings
from stagebox.schedule.defaults import defaults_in
from stagebox.schedule.failure import ScheduleError
from stagebox.schedule.fetching import Validators, fetched
from stagebox.schedule.reading import read_schedule
from stagebox.schedule.room import changes, is_half_empty, matched, room_schedule
from stagebox.schedule.told import as_told, from_told
from stagebox.system.backoff import Backoff
from stagebox.system.files import write_whole

log = logging.getLogger(__name__)

FILE = "schedule.json"
FIRST_RETRY_S = 20.0
CLOSE_S = 10.0


@dataclass(frozen=True, slots=True)
class KeptSchedule:
    """The last good schedule, and by what its server knows whether there is a newer one."""

    source: str
    fetched_utc: float
    validators: Validators
    schedule: Schedule


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
            self._tell(RoomSchedule(), None)
            return None
        if self._kept is None or self._kept.source != source:
            self._tries = 0
            self._kept = self._read_kept(source)
        if self._kept is not None:
            # The room may be another one since.
            self._tell(self._of_room(self._kept, settings), self._kept.schedule)
        try:
            self._ask(source, settings)
        except ScheduleError as error:
            if not self._tries:
                log.warning("the schedule cannot be had: %s", error)
            self._tries += 1
            trouble = said_of(error.what)
            before = self._told if self._told.source == source else RoomSchedule(source=source)
            self._tell(replace(before, trouble=trouble), None)
            return Backoff(FIRST_RETRY_S, settings.schedule.poll_s).pause_s(self._tries - 1)
        if self._tries:
            log.warning("the schedule can be had again")
        self._tries = 0
        return settings.schedule.poll_s

    def _ask(self, source: str, settings: Settings) -> None:
        """Ask for the schedule, and tell what came. Raises ScheduleError; what was kept stays."""
        kept = self._kept
        came = fetched(source, kept.validators if kept is not None else None)
        now = time.time()
        if came.data is None and kept is not None:
            self._kept = replace(kept, fetched_utc=now)
            self._tell(self._of_room(self._kept, settings), kept.schedule)
            return
        new = read_schedule(came.data or b"", source, defaults_in(settings.schedule.time_zone or None))
        if kept is not None:
            new = matched(kept.schedule.talks, new)
        fresh = KeptSchedule(source, now, came.validators, new)
        room = self._of_room(fresh, settings)
        if is_half_empty(self._told, room, now):
            # Asked anew next time: what the server calls the newest is no good.
            raise ScheduleError(say("schedule_half_empty"))
        self._kept = fresh
        self._keep(fresh)
        self._tell(room, new)

    def _of_room(self, kept: KeptSchedule, settings: Settings) -> RoomSchedule:
        wanted = settings.schedule
        return room_schedule(
            kept.schedule,
            kept.source,
            kept.fetched_utc,
            wanted=wanted.room,
            otherwise=settings.event.room,
            aliases=wanted.aliases,
        )

    def _tell(self, room: RoomSchedule, whole: Schedule | None) -> None:
        """Tell the engine, if it is anything new; and what changed, if it is the same room as before."""
        before, self._told = self._told, room
        if replace(before, fetched_utc=room.fetched_utc) == room:
            if room.fetched_utc != before.fetched_utc:
                self._post(ScheduleChecked(utc=room.fetched_utc))
            return
        told: tuple[Said, ...] = ()
        same = before.source == room.source and before.room == room.room and before.fetched_utc > 0
        if same and whole is not None:
            told = tuple(said_of(one) for one in changes(before.talks, whole, room, time.time()))
        self._post(ScheduleEvent(schedule=room, changes=told))

    def _read_kept(self, source: str) -> KeptSchedule | None:
        """The last good one of this source, from the disk; None: there is none that can be read."""
        try:
            told = json.loads(self._file.read_bytes())
            if told["source"] != source:
                return None
            return KeptSchedule(
                source,
                float(told["fetched_utc"]),
                Validators(str(told["etag"]), str(told["last_modified"])),
                from_told(told["schedule"]),
            )
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
            "schedule": as_told(kept.schedule, kept.source),
        }
        try:
            write_whole(self._file, json.dumps(told).encode())
        except OSError as error:
            log.warning("the schedule is not kept in %s: %s", self._file, error)
