"""What is on the screen, item by item: controls, texts and what they are drawn on."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont
from PySide6.QtQuick import QQuickItem

SHIELDS = (
    "sheet",
    "pin-pad",
    "alarm-sheet",
    "names-sheet",
    "folder-sheet",
    "guide-names-sheet",
    "guide-folder-sheet",
    "address-sheet",
    "line-sheet",
    "planned-sheet",
    "message-sheet",
    "give-sheet",
)
LARGE_PX, LARGE_BOLD_PX = 24, 18.66
"""WCAG's large text: 18 pt, or 14 pt bold, at 96 dots an inch."""


def below(item: QQuickItem) -> Iterator[QQuickItem]:
    """The item and all below it that are visible, in the order in which they are painted."""
    if not item.isVisible() or item.opacity() == 0:
        return
    yield item
    for child in sorted(item.childItems(), key=lambda one: one.z()):
        yield from below(child)


def place(item: QQuickItem) -> QRectF:
    """Where the item is on the screen."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def is_named(item: QQuickItem, kind: str) -> bool:
    """Whether the item is of this QML type, or of one made of it."""
    found = item.metaObject()
    while found is not None:
        if found.className() == kind:
            return True
        found = found.superClass()
    return False


def is_control(item: QQuickItem) -> bool:
    """Whether a finger or a key does something to the item."""
    if item.isEnabled() and item.activeFocusOnTab():
        return True
    handlers = [one for one in item.children() if one.inherits("QQuickTapHandler")]
    return item.isEnabled() and any(one.property("enabled") for one in handlers) and not is_shield(item)


def is_shield(item: QQuickItem) -> bool:
    """Whether the item only keeps touches from what lies under it."""
    return item.objectName() in SHIELDS


def controls(root: QQuickItem) -> list[QQuickItem]:
    """Every control on screen that a finger can reach: not those under a sheet."""
    shields = [one for one in below(root) if is_shield(one)]
    seen = list(below(root))
    found = [one for one in seen if is_control(one)]
    return [
        one
        for one in found
        if not any(
            place(shield).contains(place(one).center()) and seen.index(shield) > seen.index(one)
            for shield in shields
        )
    ]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text, its colour and the one behind it."""

    text: str
    ink: str
    ground: str
    is_large: bool

    @property
    def contrast(self) -> float:
        """WCAG's contrast ratio."""
        return contrast(QColor(self.ink), QColor(self.ground))


def drawn_texts(root: QQuickItem) -> Iterator[Drawn]:
    """Every text on screen, but those of controls that are switched off, which WCAG exempts."""
    painted: list[tuple[QRectF, QColor]] = []
    for item in below(root):
        if is_named(item, "QQuickRectangle"):
            painted.append((place(item), _faded(item.property("color"), item)))
        elif is_named(item, "QQuickText") and item.property("text") and item.isEnabled():
            middle = place(item).center()
            ground = QColor("#000000")
            for where, colour in painted:
                if where.contains(middle):
                    ground = _over(colour, ground)
            font: QFont = item.property("font")
            size, bold = font.pixelSize(), font.weight() >= QFont.Weight.Bold
            large = size >= LARGE_PX or (bold and size >= LARGE_BOLD_PX)
            ink = _over(item.property("color"), ground)
            yield Drawn(item.property("text"), ink.name(), ground.name(), large)


def _faded(colour: QColor, item: QQuickItem) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(faded.alphaF() * item.opacity())
    return faded


def _over(colour: QColor, ground: QColor) -> QColor:
    share = colour.alphaF()
    mixed = [
        top * share + bottom * (1 - share)
        for top, bottom in zip(colour.getRgbF()[:3], ground.getRgbF()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor.fromRgbF(*mixed)


def contrast(one: QColor, other: QColor) -> float:
    """WCAG's contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
