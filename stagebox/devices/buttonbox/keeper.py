"""Keeps all button boxes: finds their ports, obeys their presses, sets their lamps, says how they are."""

import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from stagebox.devices.buttonbox import finder
from stagebox.devices.buttonbox.codec import ButtonDeed
from stagebox.devices.buttonbox.judge import absent, at_port, judged
from stagebox.devices.buttonbox.mapping import SLOW, BoxMapping, OpenPresses, lamp_facts, lamps_of
from stagebox.devices.buttonbox.port import BoxPort, PortEnd
from stagebox.devices.buttonbox.session import BoxSession
from stagebox.model.button_words import is_id
from stagebox.model.commands import Command
from stagebox.model.errors import ApiError
from stagebox.model.facts.button_boxes import (
    OBEYED,
    BoxState,
    ButtonBoxesReading,
    ButtonBoxReading,
    LearnedPress,
)
from stagebox.model.observations import Observation
from stagebox.model.settings import ButtonBoxSettings
from stagebox.model.snapshot import Snapshot

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""How often ports are looked for, and how the boxes are is said."""
LOOKING_S = 4.0
"""A box that was never seen is looked for so long before it is gone."""
TRAFFIC_KEPT = 500
STRANGER_S = 30.0
"""A board that is no box of ours is left alone for so long."""

Find = Callable[[tuple[str, ...]], tuple[finder.PortCandidate, ...]]


@dataclass(frozen=True, slots=True)
class LineTraffic:
    """A line that went by. `number` counts all lines; `way` is in or out; `fault` says what was wrong."""

    number: int
    at_utc: float
    port: str
    way: str
    text: str
    fault: str


@dataclass(slots=True)
class _OpenPort:
    """A port and what is known of the box there."""

    candidate: finder.PortCandidate
    port: BoxPort
    since: float
    seen: ButtonBoxReading
    mapped: BoxMapping = field(default_factory=BoxMapping)
    presses: OpenPresses = field(default_factory=OpenPresses)


class ButtonBoxKeeper:
    """All boxes of the settings, each with a thread of its own, and one that looks for ports.

    Args:
        settings: boxes, buttons and lamps.
        post: takes each observation; must only enqueue.
        submit: takes each command; raises ApiError when there is no room for it.
        find: gives the ports to open.
    """

    def __init__(
        self,
        settings: ButtonBoxSettings,
        post: Callable[[Observation], None],
        submit: Callable[[Command], None],
        *,
        find: Find = finder.candidates,
    ) -> None:
        self._settings = settings
        self._post = post
        self._submit = submit
        self._find = find
        self._lock = threading.RLock()
        self._changed = threading.Event()
        self._closing = threading.Event()
        self._held: dict[str, _OpenPort] = {}
        self._strangers: dict[str, tuple[float, str]] = {}
        self._began = time.monotonic()
        self._snapshot: Snapshot | None = None
        self._lamp_facts: tuple[object, ...] = ()
        self._learn_until = 0.0
        self._learned: LearnedPress | None = None
        self._traffic: deque[LineTraffic] = deque(maxlen=TRAFFIC_KEPT)
        self._lines = 0
        self._thread = threading.Thread(target=self._look, name="button-boxes", daemon=True)

    def start(self) -> None:
        """Look for the boxes."""
        self._began = time.monotonic()
        self._thread.start()

    def close(self) -> bool:
        """Say goodbye to every box and end, in bounded time; returns whether all ended."""
        self._closing.set()
        self._changed.set()
        if self._thread.ident is not None:
            self._thread.join(2.0)
        with self._lock:
            ports = [held.port for held in self._held.values()]
        ended = [port.close() for port in ports]
        return all(ended)

    def watch(self, snapshot: Snapshot) -> None:
        """A listener for snapshots: wakes the ports when a lamp may change. Never waits."""
        self._snapshot = snapshot
        facts = lamp_facts(snapshot)
        if facts != self._lamp_facts:
            self._lamp_facts = facts
            for held in tuple(self._held.values()):
                held.port.wake()

    def learn(self, seconds: float) -> None:
        """Report the next press within so many seconds, and do not carry it out."""
        with self._lock:
            self._learn_until = time.monotonic() + seconds
        self._changed.set()

    def change(self, settings: ButtonBoxSettings) -> None:
        """Obey other settings from now on. Boxes that stay are not disconnected."""
        with self._lock:
            self._settings = settings
            self._strangers.clear()
            for held in self._held.values():
                held.mapped = BoxMapping.of(settings, held.seen.box)
                held.presses.forget()
                held.port.wake()
        self._changed.set()

    def traffic(self, after: int = 0) -> tuple[LineTraffic, ...]:
        """The newest lines that went by, those numbered above `after`, oldest first."""
        with self._lock:
            return tuple(one for one in self._traffic if one.number > after)

    # --- looking for ports ---

    def _look(self) -> None:
        while not self._closing.is_set():
            try:
                self._open_and_close()
                self._tell()
            except Exception:
                log.exception("the button boxes could not be looked after")
            self._changed.wait(LOOK_S)
            self._changed.clear()

    def _open_and_close(self) -> None:
        settings = self._settings
        found = {one.path: one for one in self._find(settings.boxes)} if settings.boxes else {}
        now = time.monotonic()
        with self._lock:
            self._strangers = {path: at for path, at in self._strangers.items() if path in found}
            opened = [
                one
                for path, one in found.items()
                if path not in self._held
                and now - self._strangers.get(path, (-STRANGER_S, ""))[0] >= STRANGER_S
            ]
            ended = [self._held.pop(path) for path in tuple(self._held) if path not in found]
            for one in opened:
                port = BoxPort(one.path, self)
                seen = ButtonBoxReading(wanted=one.wanted, box="", port=one.path, state="looking")
                self._held[one.path] = _OpenPort(one, port, now, seen)
        for held in ended:
            held.port.close()
        for one in opened:
            self._held[one.path].port.start()

    def _tell(self) -> None:
        now = time.monotonic()
        with self._lock:
            boxes = [held.seen for held in self._held.values()]
            found = {box.box for box in boxes if box.state not in ("looking", "gone")}
            missing = [entry for entry in self._settings.boxes if is_id(entry) and entry not in found]
            # A port at which no box of the settings has answered says nothing for itself.
            boxes = [box for box in boxes if box.wanted or (box.box and box.state != "gone")]
            others = [name for _, name in self._strangers.values() if name]
            for entry in missing:
                looking = now - self._began < LOOKING_S
                state: BoxState = "looking" if looking else "gone"
                detail = "" if looking else absent(entry, others)[0]
                boxes.append(ButtonBoxReading(wanted=entry, box="", port="", state=state, detail=detail))
            seen = ButtonBoxesReading(
                boxes=tuple(boxes), learning=now < self._learn_until, learned=self._learned
            )
        self._post(seen)

    # --- what ports say: on their own threads ---

    def opened(self, port: BoxPort, session: BoxSession) -> None:
        """A port is open; the box has not answered yet."""
        del session
        with self._lock:
            held = self._held.get(port.path)
            if held is not None:
                held.presses.forget()

    def turned(self, port: BoxPort, session: BoxSession, at: float) -> PortEnd | None:
        """Judge the box, set its lamps. Returns why the port is to be closed, or None."""
        with self._lock:
            held = self._held.get(port.path)
            if held is None:
                return "unwanted"
            if self._is_stranger(held, session, at):
                del self._held[port.path]
                self._strangers[port.path] = (at, session.box.box if session.box is not None else "")
                port.close()
                return "unwanted"
            before = held.seen
            self._judge(held, session, at)
            seen = held.seen
            lamps = lamps_of(held.mapped, seen.lamps, self._snapshot, at)
            session.show(lamps if seen.state in OBEYED else SLOW * seen.lamps)
        if _told(seen) != _told(before):
            self._changed.set()
        return "mute" if seen.state == "gone" and session.box is not None else None

    def deeds(self, port: BoxPort, session: BoxSession, deeds: list[ButtonDeed]) -> None:
        """Obey presses, unless they are to be learned."""
        at = time.monotonic()
        for deed in deeds:
            with self._lock:
                held = self._held.get(port.path)
                snapshot = self._snapshot
                if held is None or session.box is None:
                    return
                self._judge(held, session, at)
                if held.seen.state not in OBEYED:
                    return
                if deed.deed == "press" and at < self._learn_until:
                    number = self._learned.number + 1 if self._learned is not None else 1
                    self._learned = LearnedPress(box=held.seen.box, button=deed.button, number=number)
                    self._learn_until = 0.0
                    self._changed.set()
                    continue
                if snapshot is None:
                    return  # what it would do is not known yet
                want = held.presses.want(held.mapped, deed, snapshot)
            if want is not None:
                # A name that no other run of stagebox gives: answers are remembered longer than a run.
                name = f"button-{held.seen.box}-{deed.button}-{secrets.token_hex(6)}"
                try:
                    self._submit(Command(id=name, origin="button", want=want))
                except ApiError as error:
                    log.warning("the press of button %d was not taken: %s", deed.button, error)

    def closed(self, port: BoxPort, why: PortEnd) -> None:
        """The port is shut."""
        with self._lock:
            held = self._held.get(port.path)
            if held is None:
                return
            looking = not held.seen.box and time.monotonic() - held.since < LOOKING_S
            detail = at_port(why, held.seen.box or port.path)[0]
            if held.seen.state not in ("gone", "looking"):
                log.warning("%s (%s)", detail, port.path)
            held.seen = replace(
                held.seen,
                state="looking" if looking else "gone",
                detail="" if looking else detail,
            )
            held.presses.forget()
        self._changed.set()

    def line(self, port: BoxPort, way: str, line: bytes, fault: str) -> None:
        """A line went by."""
        with self._lock:
            self._lines += 1
            text = line[:120].decode("ascii", "backslashreplace")
            self._traffic.append(LineTraffic(self._lines, time.time(), port.path, way, text, fault))

    # --- judging ---

    def _judge(self, held: _OpenPort, session: BoxSession, at: float) -> None:
        """Note how the box at a port is."""
        hello = session.box
        if hello is not None and hello.box != held.seen.box:
            held.seen = replace(held.seen, box=hello.box)
            held.mapped = BoxMapping.of(self._settings, hello.box)
        twin = self._twin(held, hello.box) if hello is not None else None
        held.seen = judged(held.seen, session, at, twin=twin, mapped=held.mapped)
        if held.seen.state not in OBEYED:
            held.presses.forget()

    def _is_stranger(self, held: _OpenPort, session: BoxSession, at: float) -> bool:
        """Whether the board at a port that nobody named is no box of ours."""
        if held.candidate.wanted or session.other_version:
            return False
        if session.box is None:
            return session.gone(at) and not held.seen.box
        return session.box.box not in self._settings.boxes

    def _twin(self, held: _OpenPort, box: str) -> str | None:
        """The port of another box with this id that is obeyed, or at work, already."""
        for other in self._held.values():
            at_work = (*OBEYED, "chatters")
            if other is not held and other.seen.box == box and other.seen.state in at_work:
                return other.seen.port
        return None


def _told(seen: ButtonBoxReading) -> tuple[object, ...]:
    """What of a box is told at once when it changes; counts wait for the next second."""
    return (seen.state, seen.box, seen.detail)
