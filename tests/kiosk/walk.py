"""A walk by chance over the real window: touches, holds and drags wherever a finger may come to.

Each is looked at: whether what was touched moved meanwhile, and whether anything came of it. What `serve`
tells is looked at too: no talk under another's name, and none ended that nobody ended.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtQuick import QQuickItem
from shiboken6 import isValid

from stagebox.kiosk.asked import is_asked
from tests.kiosk.conftest import Finger
from tests.kiosk.tree import below, controls, is_named, place

SHORTEST_S, LONGEST_S = 0.03, 3.0
ANSWER_S = 3.0
"""So long something may take to come of a touch: a busy computer draws late."""
HELD = ("record-stop", "unlock", "guide-stop", "stream-stop", "banner-hold")
FAULT_EVERY = 12

Wants = list[dict[str, Any]]


@dataclass
class Walk:
    """A finger that goes by chance. `faults` raise or clear one each; `wants` are what the box sent."""

    finger: Finger
    wants: Wants
    faults: list[Callable[[], object]]
    seed: int
    wrong: list[str] = field(default_factory=list)
    touched: dict[str, int] = field(default_factory=dict)
    _session: Mapping[str, Any] = field(default_factory=dict)
    _next_title: str = ""
    _stops_seen: int = 0

    def go(self, touches: int) -> None:
        """So many touches; what was wrong is in `wrong` afterwards."""
        dice = random.Random(self.seed)
        for number in range(touches):
            if number % FAULT_EVERY == FAULT_EVERY - 1:
                self.faults[(number // FAULT_EVERY) % len(self.faults)]()
            self._touch(dice, number)
            self._look(number)

    def _touch(self, dice: random.Random, number: int) -> None:
        view = self.finger.kiosk.view
        # As often a touch of a tenth of a second as one of a whole one.
        seconds = SHORTEST_S * (LONGEST_S / SHORTEST_S) ** dice.random()
        free = QPoint(dice.randrange(view.width()), dice.randrange(view.height()))
        found = [one for one in controls(view.rootObject()) if one.objectName() and self._on_screen(one)]
        chosen, lot, drags = dice.random(), dice.random(), dice.random() < 0.15
        if chosen < 0.15 or not found:
            self._press(free, free if not drags else self._beside(dice, free), seconds)
            return
        item = found[int(lot * len(found))]
        name = item.objectName()
        at = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        self.touched[name] = self.touched.get(name, 0) + 1
        if drags:
            self._press(at, self._beside(dice, at), seconds)
            return
        if name in HELD and dice.random() < 0.5:
            seconds = 1.2 + seconds / 2
        exempt = self._is_so_already(item) or (name in HELD and seconds < 1.1)
        before, where = self._face(), place(item)
        moved = self._press(at, at, seconds, item)
        label = f"touch {number} on {name}, {seconds:.2f} s"
        if moved:
            self.wrong.append(f"{label}: it moved from {where} to {moved}")
            return
        deadline = time.monotonic() + ANSWER_S
        while not exempt and self._face() == before:
            if time.monotonic() > deadline:
                self.wrong.append(f"{label}: nothing came of it")
                return
            self.finger.pause(0.03)

    def _press(self, at: QPoint, to: QPoint, seconds: float, item: QQuickItem | None = None) -> object:
        """Down, so long, up; returns where `item` went when it moved meanwhile, or nothing."""
        where = None if item is None or self._scrolls(item) else place(item)
        moved: object = None
        self.finger.down(at)
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self.finger.pause(min(0.05, left))
            if where is not None and item is not None and isValid(item) and item.isVisible():
                now = place(item)
                moved = moved or (now if now != where else None)
        if to != at:
            self.finger.move(to)
        self.finger.up(to)
        self.finger.settle()
        return moved

    def _face(self) -> tuple[object, ...]:
        """All that a touch may change, to be compared."""
        root = self.finger.kiosk.view.rootObject()
        box = self.finger.box
        seen = list(below(root))
        return (
            len(self.wants),
            box.screen,
            box.locked,
            box.notice,
            box.record["action"],
            tuple((one.objectName(), one.property("label")) for one in controls(root) if one.objectName()),
            tuple(one.property("text") for one in seen if is_named(one, "QQuickTextInput")),
            tuple(bool(one.hasActiveFocus()) for one in seen if is_named(one, "QQuickTextInput")),
            tuple(one.property("waits") for one in seen if one.property("waits") is not None),
        )

    def _is_so_already(self, item: QQuickItem) -> bool:
        """Whether a touch asks for what is, or was asked a moment ago: the control shows that it is so."""
        box, name = self.finger.box, item.objectName()
        if item.property("chosen") is True or name in ("meters", "key-rub", "look-again", "guide-look"):
            return True
        if name.startswith("tile-"):
            fact = next(one for one in box.tiles if f"tile-{one['scene']}" == name)
            return bool(fact["program"] or fact["asked"])
        if name.startswith("choice-"):
            choice = item.property("choice")
            choice = choice.toVariant() if hasattr(choice, "toVariant") else choice
            return bool(choice["chosen"] or choice["asked"])
        return name.endswith("-input") and item.hasActiveFocus()

    def _scrolls(self, item: QQuickItem) -> bool:
        above = item.parentItem()
        while above is not None and not is_named(above, "QQuickFlickable"):
            above = above.parentItem()
        return above is not None

    def _on_screen(self, item: QQuickItem) -> bool:
        """Whether its middle can be touched: not scrolled away."""
        middle, above = place(item).center(), item.parentItem()
        while above is not None:
            if above.clip() and not place(above).contains(middle):
                return False
            above = above.parentItem()
        return place(self.finger.kiosk.view.rootObject()).contains(middle)

    def _beside(self, dice: random.Random, at: QPoint) -> QPoint:
        view = self.finger.kiosk.view
        x = min(view.width() - 1, max(0, at.x() + dice.randint(-300, 300)))
        return QPoint(x, min(view.height() - 1, max(0, at.y() + dice.randint(-200, 200))))

    def _look(self, number: int) -> None:
        """What `serve` tells now against what was wanted of it."""
        snapshot = self.finger.box._seen.snapshot
        session = snapshot.get("session") or {}
        before = self._session
        stops = sum(want["kind"] == "stop_recording" for want in self.wants)
        if before and session.get("id") != before.get("id") and stops == self._stops_seen:
            self.wrong.append(f"touch {number}: “{before.get('title')}” ended, and nobody ended it")
        if session and session.get("id") != before.get("id"):
            named = [want["talk"]["title"] for want in self.wants if "talk" in want]
            if session.get("title") not in (self._next_title, *named[-1:]):
                self.wrong.append(
                    f"touch {number}: recorded as “{session['title']}”, not “{self._next_title}”"
                )
        if session.get("id") != before.get("id"):
            self._stops_seen = stops
        self._session = session
        if not session and not is_asked(self.finger.box._seen.asked, "start_recording"):
            self._next_title = (snapshot.get("next_talk") or {}).get("title", "")
