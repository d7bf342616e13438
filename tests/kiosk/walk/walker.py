"""Walks by chance over a real window with a real `serve` behind it, and says what did not hold."""

import json
import math
import random
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Slot
from PySide6.QtTest import QTest

from stagebox.kiosk.controller import KioskController
from tests.kiosk.conftest import Finger
from tests.kiosk.walk.judging import (
    Ask,
    Control,
    Reading,
    Seen,
    Touch,
    Way,
    effect,
    expects_effect,
    troubles,
    unanswered,
)
from tests.kiosk.walk.naming import Names
from tests.kiosk.walk.reading import Reader

SHORTEST_S, LONGEST_S = 0.03, 3.0
LOOK_S = 0.3
"""So often the screen is read while the finger is down."""
EFFECT_S = 3.0
"""So long after a touch its effect may come, on a computer that is busy with a whole venue."""
STILL_S = 8.0
"""Nobody touches, and nothing works, while a computer sleeps or is stopped: that is no matter of a screen."""
TELL_EVERY = 50
HOLDS, LONG_S = 0.4, 1.3
"""Of the touches on what wants to be held so many are holds, at least so long."""
DRAGS, ANYWHERE = 0.12, 0.08
GROUPS = (
    {"record": 5.0, "key": 4.0, "tile": 3.0, "way": 3.0, "banner": 3.0, "opened": 3.0, "unlock": 3.0}
    | {"talk": 2.0, "page": 2.0, "guide": 2.0, "choice": 2.0, "change": 1.5, "stream": 0.5, "lock": 0.3}
)  # fmt: skip
"""How likely a touch goes to which controls, by how their names begin: else one of them."""
DONE_SHARE = 0.2
"""Of the touches on a keyboard these go to Done: with as many as a letter gets, nobody would name a talk."""

Say = Callable[[str], None]


class NotedBox(KioskController):
    """A box that tells what a touch asks for, and what it hears. What it does by itself is no touch's."""

    listener: "Walk | None" = None
    _own = False

    def _ask(self, kind: str, want: Mapping[str, Any], target: str = "") -> str:
        own = self._own
        intent_id = super()._ask(kind, want, target)
        if self.listener is not None:
            self.listener.asked(Ask(kind=kind, id=intent_id), want, own=own)
        return intent_id

    def _tell_desk(self, order: Mapping[str, Any]) -> None:
        super()._tell_desk(order)
        if self.listener is not None:
            self.listener.asked(Ask(kind=str(order["kind"])), order, own=False)

    def _by_itself(self, now: float) -> None:
        before, self._own = self._own, True
        super()._by_itself(now)
        self._own = before

    @Slot(object)
    def _on_snapshot(self, snapshot: Mapping[str, Any]) -> None:
        super()._on_snapshot(snapshot)
        if self.listener is not None:
            self.listener.heard(snapshot)


@dataclass(slots=True)
class Walk:
    """One walk. `out` gets a picture and the readings of each violation, `weather` tells the faults."""

    finger: Finger
    seed: int
    out: Path
    say: Say
    weather: Callable[[], list[str]] = list
    names: Names = field(default_factory=Names)
    violations: list[str] = field(default_factory=list)
    effects: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)
    sent: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    beside_s: float = 0.0
    number: int = 0
    _asks: list[Ask] = field(default_factory=list)
    _trial: bool = False
    _told: int = 0
    _last: Reading | None = None
    _touches: deque[Touch] = field(default_factory=lambda: deque(maxlen=4))
    _chance: random.Random = field(default_factory=random.Random)
    _reader: Reader | None = None
    _snapshot: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._reader = Reader(self.finger.kiosk.view.rootObject())
        box = self.finger.box
        assert isinstance(box, NotedBox)
        box.listener = self

    # What the box tells.

    def asked(self, ask: Ask, want: Mapping[str, Any], *, own: bool) -> None:
        """Something was asked for: by a touch, or by the screen itself."""
        if ask.id:
            self.sent[ask.id] = ask.kind
        if own:
            return
        self._asks.append(ask)
        if not ask.id:
            return
        talk = want.get("talk") or {}
        match ask.kind:
            case "set_talk":
                self.names.named(str(talk["title"]), time.monotonic())
            case "start_recording":
                repeat = str(talk["title"]) if talk else None
                self.names.started(ask.id, repeat, instead_of_trial=self._trial)
            case "stop_recording":
                self.names.stopped(time.monotonic())

    def heard(self, snapshot: Mapping[str, Any]) -> None:
        """A snapshot arrived."""
        self._snapshot = snapshot
        for answer in snapshot.get("answers") or ():
            self.answers[str(answer["intent_id"])] = str(answer["status"])
            if answer["kind"] == "start_recording" and answer["status"] in ("refused", "failed"):
                self.names.refused(str(answer["intent_id"]))
        trial = snapshot.get("trial") or {}
        self._trial = trial.get("phase") in ("starting", "recording", "stopping")
        self.names.session(snapshot.get("session"), time.monotonic())

    # The walk.

    def go(self, touches: int) -> None:
        """So many touches."""
        began = time.monotonic()
        for _ in range(touches):
            self.number += 1
            self._step()
            if self.number % TELL_EVERY == 0:
                self._tell_progress(time.monotonic() - began)
                began = time.monotonic()

    def settle(self, timeout_s: float = 60.0) -> None:
        """Wait until everything that was asked has its answer."""
        deadline = time.monotonic() + timeout_s
        while unanswered(self.sent, self.answers) and time.monotonic() < deadline:
            QTest.qWait(100)
        for words in unanswered(self.sent, self.answers):
            self.violations.append(words)

    def _step(self) -> None:
        before = self._last if self._last is not None else self._read()
        self._asks.clear()
        touch, during = self._touch(before)
        lifted = time.monotonic()
        self._touches.append(touch)
        stood_still = touch.most_s > LONGEST_S + STILL_S
        deadline = lifted + EFFECT_S
        while True:
            QTest.qWait(15)
            after = self._last = self._read()
            seen = Seen(before=before, during=tuple(during), after=after, asks=tuple(self._asks))
            came = effect(touch, seen)
            if came or not expects_effect(touch, seen) or time.monotonic() > deadline:
                break
        self.beside_s += time.monotonic() - lifted
        expected = expects_effect(touch, seen)
        if stood_still or time.monotonic() - lifted > EFFECT_S + STILL_S:
            self.say(f"{self.number:5} touches: the whole computer stood still, this one is not judged")
            self.effects["stood still"] += 1
            return
        self.effects[came or ("NOTHING" if expected else "not expected")] += 1
        if touch.control is not None:
            self.touched[touch.control.name] += 1
        if "sheet" in after.dialogs and "sheet" not in before.dialogs:
            self.names.opened()
        found = troubles(touch, seen) + self.names.troubles[self._told :]
        self._told = len(self.names.troubles)
        for words in found:
            self._violated(words, touch, seen)

    def _touch(self, before: Reading) -> tuple[Touch, list[Reading]]:
        way, control = self._pick(before)
        wants_hold = control is not None and control.holds_s > 0 and self._chance.random() < HOLDS
        shortest_s = LONG_S if wants_hold else SHORTEST_S
        seconds = math.exp(self._chance.uniform(math.log(shortest_s), math.log(LONGEST_S)))
        start = self._point_on(control) if control is not None else self._point()
        end = self._point() if way == "drag" else start
        during: list[Reading] = []
        told_at = time.monotonic()
        self.finger.down(QPoint(*start))
        down = time.monotonic()
        self.beside_s += down - told_at
        while (left := seconds - (time.monotonic() - down)) > 0:
            QTest.qWait(max(1, round(1000 * min(LOOK_S, left))))
            if way == "drag":
                share = min(1.0, (time.monotonic() - down) / seconds * 1.5)
                self.finger.move(QPoint(*_between(start, end, share)))
            if left > LOOK_S:
                during.append(self._read())
        if way == "drag":
            self.finger.move(QPoint(*end))
        during.append(self._read())
        held = time.monotonic() - down
        self.finger.up(QPoint(*end))
        most_s = time.monotonic() - told_at
        self.beside_s += max(0.0, most_s - seconds)
        off = control is not None and way == "drag" and not control.has(*end)
        touch = Touch(
            number=self.number,
            way=way,
            control=control,
            seconds=held,
            most_s=most_s,
            down=start,
            up=end,
            off=off,
        )
        return touch, during

    def _pick(self, reading: Reading) -> tuple[Way, Control | None]:
        dice = self._chance.random()
        groups: dict[str, list[Control]] = {}
        for one in reading.controls:
            if one.reachable:
                groups.setdefault(one.name.partition("-")[0], []).append(one)
        if dice < ANYWHERE or not groups:
            return "anywhere", None
        names = sorted(groups)
        weights = [GROUPS.get(name, 1.0) for name in names]
        (group,) = self._chance.choices(names, weights)
        found = groups[group]
        done = [one for one in found if one.name == "key-done"]
        if done and self._chance.random() < DONE_SHARE:
            found = done
        return ("drag" if dice < ANYWHERE + DRAGS else "touch"), self._chance.choice(found)

    def _point_on(self, control: Control) -> tuple[int, int]:
        left, top, width, height = control.shown
        return (
            round(left + width * self._chance.uniform(0.2, 0.8)),
            round(top + height * self._chance.uniform(0.2, 0.8)),
        )

    def _point(self) -> tuple[int, int]:
        view = self.finger.kiosk.view
        return self._chance.randrange(view.width()), self._chance.randrange(view.height())

    def _read(self) -> Reading:
        assert self._reader is not None
        return self._reader.read(str(self.finger.box.notice))

    def _violated(self, words: str, touch: Touch, seen: Seen) -> None:
        name = f"seed-{self.seed}-touch-{touch.number}"
        line = f"seed {self.seed}, touch {touch.number} ({touch.way}, {touch.seconds:.2f} s): {words}"
        self.violations.append(line)
        self.say(f"VIOLATION {line}")
        self.out.mkdir(parents=True, exist_ok=True)
        self.finger.kiosk.view.grabWindow().save(str(self.out / f"{name}.png"))
        told = {
            "seed": self.seed,
            "words": words,
            "faults": self.weather(),
            "session": self._snapshot.get("session"),
            "touches": [asdict(one) for one in self._touches],
            "asks": [asdict(one) for one in seen.asks],
            "before": asdict(seen.before),
            "during": [asdict(one) for one in seen.during[-1:]],
            "after": asdict(seen.after),
        }
        (self.out / f"{name}.json").write_text(json.dumps(told, indent=1, default=str))

    def _tell_progress(self, seconds: float) -> None:
        came = ", ".join(f"{name} {count}" for name, count in sorted(self.effects.items()))
        on = ", ".join(self.weather()) or "no fault"
        beside_s, processor_s = self.beside_s / self.number, time.thread_time() / self.number
        self.say(
            f"{self.number:5} touches, {seconds / TELL_EVERY:.2f} s each, {beside_s:.2f} s beside"
            f" the finger's own ({processor_s:.2f} s of processor); {came}; {len(self.names.talks)} talks;"
            f" {on}; {len(self.violations)} violations"
        )


def _between(start: tuple[int, int], end: tuple[int, int], share: float) -> tuple[int, int]:
    return (
        round(start[0] + (end[0] - start[0]) * share),
        round(start[1] + (end[1] - start[1]) * share),
    )
