"""Somebody who has never seen the box: reads what the screen tells of itself, and touches what the words say.

Words, roles and what is switched off come from the accessibility tree alone. What a name in the code is, a
stranger does not know.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from tests.kiosk.conftest import Finger
from tests.kiosk.tree import below, place

TOUCHABLE = (
    QAccessible.Role.Button,
    QAccessible.Role.PageTab,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
)
SLOW = r"too slow|pictures are being lost|choppy sound|[Cc]lose other programs|Let air get to the computer"
"""What the screen says of the computer itself. It is true on a slow one, and is no part of any task."""


@dataclass(frozen=True)
class Told:
    """One thing on screen, as assistive programs are told of it."""

    words: str
    more: str
    role: QAccessible.Role
    off: bool
    item: QQuickItem

    @property
    def at(self) -> QPoint:
        """Where to touch it."""
        middle = QPointF(self.item.width() / 2, self.item.height() / 2)
        return self.item.mapToScene(middle).toPoint()


class Stranger:
    """Reads and touches. `needed` counts the touches of each task, `aside` those for a slow computer."""

    def __init__(self, finger: Finger) -> None:
        self._finger = finger
        self.needed: dict[str, int] = {}
        self.aside = 0

    def task(self, name: str) -> None:
        """What follows is done for this."""
        self.needed[name] = 0
        self._now = name

    def reads(self, words: str) -> bool:
        """Whether the screen says so anywhere."""
        return any(re.search(words, f"{one.words}\n{one.more}") for one in self._told())

    def waits(self, words: str, timeout_s: float = 60.0) -> None:
        """Look until the screen says so."""
        try:
            self._finger.wait(lambda: self.reads(words) or self._puts_aside(), timeout_s)
        except AssertionError:
            raise AssertionError(f"“{words}” is not said, but: {self.page()}") from None

    def page(self) -> list[str]:
        """All that the screen says."""
        return list(dict.fromkeys(one.words for one in self._told() if one.words))

    def touch(self, words: str, timeout_s: float = 60.0) -> None:
        """A short touch on the control that is called so, as soon as there is one."""
        one = self._control(words, timeout_s)
        self.needed[self._now] += 1
        self._finger.touch(one.at)
        self._finger.pause(0.4)  # a person looks before the next touch

    def hold(self, words: str, until: Callable[[], object], timeout_s: float = 60.0) -> None:
        """A touch that stays until something comes of it."""
        at = self._control(words, timeout_s).at
        self.needed[self._now] += 1
        self._finger.down(at)
        self._finger.wait(until, 30)
        self._finger.up(at)

    def types(self, words: str) -> None:
        """One touch a letter."""
        for letter in words:
            self.touch(f"^(?i:{re.escape(letter)})$" if letter != " " else "^Space$")

    def _puts_aside(self) -> bool:
        """The computer's own alarm stands before what is looked for: it was seen. False: it is not that."""
        first = next((one for one in self._told() if one.role == QAccessible.Role.AlertMessage), None)
        if first is not None and re.search(SLOW, f"{first.words}\n{first.more}"):
            seen = next((one for one in self._reachable() if one.words == "Seen"), None)
            if seen is not None:
                self.aside += 1
                self._finger.touch(seen.at)
                self._finger.pause(0.4)
        return False

    def _control(self, words: str, timeout_s: float) -> Told:
        found: list[Told] = []

        def is_there() -> bool:
            found[:] = [one for one in self._reachable() if re.search(words, one.words)]
            return bool(found) or self._puts_aside()

        try:
            self._finger.wait(is_there, timeout_s)
        except AssertionError:
            there = [one.words for one in self._reachable()]
            raise AssertionError(f"“{words}” cannot be touched, but: {there}; {self.page()}") from None
        return found[0]

    def _reachable(self) -> Iterator[Told]:
        """What takes a touch, and lies under no dialog."""
        told = list(self._told())
        dialogs = [
            (number, place(one.item))
            for number, one in enumerate(told)
            if one.role == QAccessible.Role.Dialog
        ]
        for number, one in enumerate(told):
            if one.role not in TOUCHABLE or one.off:
                continue
            middle = place(one.item).center()
            if not any(over > number and where.contains(middle) for over, where in dialogs):
                yield one

    def _told(self) -> Iterator[Told]:
        for item in below(self._finger.kiosk.view.rootObject()):
            told = QAccessible.queryAccessibleInterface(item)
            if told is not None:
                text, more = told.text(QAccessible.Text.Name), told.text(QAccessible.Text.Description)
                yield Told(text, more, told.role(), bool(told.state().disabled), item)
