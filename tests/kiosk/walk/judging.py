"""What must hold of each touch, over readings of the screen and what was asked of the appliance. Pure.

A touch on a control that can be used has an effect or an answer, a control keeps its place while a finger is
down, and a hold wants its time. What the screen changes by itself (times, levels, alarms, pictures) is no
effect of a touch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Place = tuple[int, int, int, int]
"""Left, top, width and height on the screen."""
Way = Literal["touch", "drag", "anywhere"]

GREY_S = 0.25
"""A hold that is so near to the time it wants may be one, or not: screen and walk have two clocks."""
DRIFTING = (
    *("alarms-more", "banner-", "opened-", "record-", "guide-", "stream-", "tile-", "session-", "choice-"),
    *("mend-", "run-check", "trial", "look-again", "report-repeat", "change-"),
)
"""Controls that come, go and change their words when the room does. A touch on them is asked, or leads on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A control, as it tells of itself.

    `item` is which one it is, `shown` the part of its place that is not cut off, `reachable` whether it can
    be used and nothing lies over it, `settled` whether it says that what it stands for is so already or was
    asked for, `holds_s` how long it wants to be held (0: a touch), `scrolls` whether it is in a list that
    moves under the finger.
    """

    item: int
    name: str
    words: str = ""
    role: str = "Button"
    place: Place = (0, 0, 100, 64)
    shown: Place = (0, 0, 100, 64)
    reachable: bool = True
    settled: bool = False
    holds_s: float = 0.0
    scrolls: bool = False

    @property
    def drifts(self) -> bool:
        """Whether it changes by itself."""
        return self.name.startswith(DRIFTING)

    def has(self, x: int, y: int) -> bool:
        """Whether the point lies on it."""
        left, top, width, height = self.place
        return left <= x < left + width and top <= y < top + height


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The screen at one moment: its controls, what lies over them, what is typed, how far lists are moved.

    `typed` has name, text and cursor of each field. `notice` is what was said of a touch, or in passing.
    """

    controls: tuple[Control, ...] = ()
    dialogs: tuple[str, ...] = ()
    typed: tuple[tuple[str, str, int], ...] = ()
    moved: tuple[int, ...] = ()
    notice: str = ""

    def find(self, item: int) -> Control | None:
        """The control, if it is there."""
        return next((one for one in self.controls if one.item == item), None)

    @property
    def calm(self) -> tuple[object, ...]:
        """What only a person changes, as far as it is not covered."""
        kept = frozenset(
            (one.name, one.words if one.name.startswith("key-") else "", one.settled)
            for one in self.controls
            if one.reachable and not one.drifts
        )
        return kept, self.dialogs, self.typed, self.moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Something that was asked of the appliance: a command, or an order about the stream's target.

    `id` is empty for what was under way already and not sent again.
    """

    kind: str
    id: str = ""
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One finger, from down to up. `off` says that it was lifted off the control it went down on.

    It was down for `seconds` at least and `most_s` at most: a busy computer is told of it late.
    """

    number: int
    way: Way
    control: Control | None
    seconds: float
    most_s: float
    down: tuple[int, int]
    up: tuple[int, int]
    off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a touch: readings before it, while the finger was down, and after it."""

    before: Reading
    during: tuple[Reading, ...] = ()
    after: Reading
    asks: tuple[Ask, ...] = field(default=())


def effect(touch: Touch, seen: Seen) -> str:
    """What came of the touch, in a word; empty for nothing."""
    if seen.asks:
        return "asked"
    if seen.after.calm != seen.before.calm:
        return "changed"
    if seen.after.notice and seen.after.notice != seen.before.notice:
        return "told"
    control = touch.control
    if control is not None and control.settled:
        return "settled"
    return ""


def expects_effect(touch: Touch, seen: Seen) -> bool:
    """Whether something must come of the touch: its control could be used from down to up."""
    control = touch.control
    if touch.way == "anywhere" or touch.off or control is None or not control.reachable:
        return False
    if control.holds_s and touch.seconds < control.holds_s + GREY_S:
        return False
    return all(
        (found := reading.find(control.item)) is not None and found.reachable and found.name == control.name
        for reading in seen.during
    )


def troubles(touch: Touch, seen: Seen) -> list[str]:
    """What did not hold of this touch, each in a sentence."""
    found = [f"{one} moved while a finger was down" for one in movers(touch, (seen.before, *seen.during))]
    control = touch.control
    if expects_effect(touch, seen) and not effect(touch, seen):
        assert control is not None
        found.append(f"nothing came of a touch on {control.name} ({control.words})")
    if control is None:
        return found
    short = control.holds_s and touch.most_s < control.holds_s - GREY_S
    kinds = ", ".join(one.kind for one in seen.asks)
    if short and seen.asks and touch.way != "anywhere":
        found.append(f"{control.name} wants to be held, and {touch.most_s:.1f} s asked: {kinds}")
    if touch.off and seen.asks and not control.holds_s:
        found.append(f"a finger that slid off {control.name} asked: {kinds}")
    return found


def movers(touch: Touch, readings: Sequence[Reading]) -> list[str]:
    """The controls that were elsewhere while the finger was down: those of lists only under it, at rest."""
    before, *later = readings
    first = {one.item: one for one in before.controls}
    found: dict[str, None] = {}
    for reading in later:
        for one in reading.controls:
            was = first.get(one.item)
            if was is None or was.place == one.place or was.name != one.name:
                continue
            under = touch.control is not None and one.item == touch.control.item
            if not one.scrolls or (under and touch.way == "touch"):
                found[f"{one.name} {was.place} → {one.place}"] = None
    return list(found)


def unanswered(sent: Mapping[str, str], answers: Mapping[str, str]) -> list[str]:
    """What has no fate: `sent` has the kind of each command by its id, `answers` the last status of each."""
    open_ones = (one for one in sent if answers.get(one, "pending") == "pending")
    return [f"{sent[one]} was asked ({one}) and never answered" for one in open_ones]
