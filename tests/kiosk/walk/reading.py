"""Reads the screen: what takes a touch, what it is called, where it is, and what lies over it."""

from collections.abc import Iterator
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from tests.kiosk.tree import is_named, is_shield, place
from tests.kiosk.walk.judging import Control, Place, Reading

TOUCHABLE = {
    QAccessible.Role.Button: "Button",
    QAccessible.Role.PageTab: "PageTab",
    QAccessible.Role.RadioButton: "RadioButton",
    QAccessible.Role.EditableText: "EditableText",
}
SAYS_SO = ("on program", "asked for", "asked…", "in use")
"""What a control says of itself when a touch would ask for what is, or was asked, already."""


class Reader:
    """Reads one window. It remembers which items take a touch: most do not, and to ask each takes long."""

    def __init__(self, root: QQuickItem) -> None:
        self._root = root
        self._kinds: dict[tuple[int, str], tuple[str, bool]] = {}

    def read(self, notice: str = "") -> Reading:
        """The screen as it is now."""
        found: list[tuple[int, Control, QRectF]] = []
        typed: list[tuple[str, str, int]] = []
        moved: list[int] = []
        shields: list[tuple[int, QRectF, str]] = []
        for number, (item, clip, scrolls) in enumerate(self._visible(self._root, None, scrolls=False)):
            role, is_list = self._kind(item)
            if is_list:
                moved.append(round(item.property("contentY")))
            elif role == "shield":
                shields.append((number, place(item), item.objectName()))
            elif role:
                where = place(item)
                control = _control(item, role, where, scrolls=scrolls)
                found.append((number, control, where if clip is None else where.intersected(clip)))
                if role == "EditableText":
                    typed.append((control.name, item.property("text"), item.property("cursorPosition")))
        return Reading(
            controls=tuple(
                replace(one, shown=_whole(shown), reachable=one.reachable and _open(number, shown, shields))
                for number, one, shown in found
            ),
            dialogs=tuple(name for _, _, name in shields),
            typed=tuple(typed),
            moved=tuple(moved),
            notice=notice,
        )

    def _kind(self, item: QQuickItem) -> tuple[str, bool]:
        """(role, whether it is a list that moves); the role is "shield" for what only keeps touches away."""
        key = (shiboken6.getCppPointer(item)[0], item.metaObject().className())
        if key not in self._kinds:
            told = QAccessible.queryAccessibleInterface(item)
            role = TOUCHABLE.get(told.role(), "") if told is not None else ""
            is_list = is_named(item, "QQuickFlickable")
            self._kinds[key] = ("shield" if is_shield(item) else role, is_list)
        return self._kinds[key]

    def _visible(
        self, item: QQuickItem, clip: QRectF | None, *, scrolls: bool
    ) -> Iterator[tuple[QQuickItem, QRectF | None, bool]]:
        """What is visible, in the order of painting, what cuts it off, and whether a list has it."""
        if not item.isVisible() or item.opacity() == 0:
            return
        scrolls = scrolls or self._kind(item)[1]
        yield item, clip, scrolls
        children = item.childItems()
        if not children:
            return
        if item.clip():
            clip = place(item) if clip is None else clip.intersected(place(item))
        for child in sorted(children, key=lambda one: one.z()):
            yield from self._visible(child, clip, scrolls=scrolls)


def _control(item: QQuickItem, role: str, where: QRectF, *, scrolls: bool) -> Control:
    told = QAccessible.queryAccessibleInterface(item)
    words, more = (
        (told.text(QAccessible.Text.Name), told.text(QAccessible.Text.Description)) if told else ("", "")
    )
    hold_ms = item.property("holdMs")
    settled = (
        item.property("chosen") is True
        or item.property("waits") is True
        or (told is not None and bool(told.state().checked))
        or (role == "EditableText" and item.hasActiveFocus())
        or (role == "PageTab" and bool((item.property("fact") or {}).get("current")))
        or more in SAYS_SO
    )
    return Control(
        item=shiboken6.getCppPointer(item)[0],
        name=item.objectName() or words,
        words=words,
        role=role,
        place=_whole(where),
        reachable=item.isEnabled(),
        settled=settled,
        holds_s=hold_ms / 1000 if isinstance(hold_ms, int) else 0.0,
        scrolls=scrolls,
    )


def _whole(where: QRectF) -> Place:
    return round(where.x()), round(where.y()), round(where.width()), round(where.height())


def _open(number: int, shown: QRectF, shields: list[tuple[int, QRectF, str]]) -> bool:
    """Whether a finger reaches its middle: it is not cut off, and no sheet lies over it."""
    middle = shown.center()
    large = shown.width() >= 8 and shown.height() >= 8
    return large and not any(over > number and where.contains(middle) for over, where, _ in shields)
