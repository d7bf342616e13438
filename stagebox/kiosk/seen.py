"""What the kiosk knows when it makes a view, and careful reading of the snapshot's JSON.

The kiosk may be older or newer than the `serve` it talks to: an absent field is unknown, never fine, and
never an error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stagebox.kiosk.asked import Asked, Teaching
from stagebox.kiosk.progress import Progress

Translate = Callable[[str], str]
"""English words → the words in the screen's language."""

STALE_S = 3.0
"""The engine publishes several snapshots a second: one this old is not what is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The scene that was on program when `role` was lost; `back_at` (monotonic) is when it was back, or 0."""

    role: str
    scene: str
    back_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything a view is made from.

    `age_s` is how long ago the snapshot came. `connected` says that the stream of snapshots is open, and
    `trouble` why it is not. `pictures` maps a picture's name to the seconds since it was taken.
    `reports` are those of processed sessions by id, `open_report` the id of the one on screen, `catalogued`
    whether the catalogue was read. `language` is a two-letter code. `teaching` is the button that is being
    given something to do. `progress` is how far somebody has come in the guide, which is on screen while
    `guiding`. `left` is the scene that was left because its picture was lost.
    """

    snapshot: Mapping[str, Any] = field(default_factory=dict)
    age_s: float = 0.0
    connected: bool = False
    trouble: str = ""
    asked: tuple[Asked, ...] = ()
    teaching: Teaching | None = None
    sessions: Sequence[Mapping[str, Any]] = ()
    catalogued: bool = False
    reports: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    open_report: str = ""
    utc_s: float = 0.0
    notice: str = ""
    language: str = "en"
    progress: Progress = field(default_factory=Progress)
    guiding: bool = False
    left: Left | None = None

    @property
    def fresh(self) -> bool:
        """Whether the snapshot is what is now."""
        return bool(self.snapshot) and self.connected and self.age_s <= STALE_S

    def part(self, name: str) -> Mapping[str, Any]:
        """The object `name` of the snapshot; empty when it is absent."""
        return part(self.snapshot, name)


def part(where: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object under `name`; empty when there is none."""
    value = where.get(name)
    return value if isinstance(value, Mapping) else {}


def text(where: Mapping[str, Any], name: str) -> str:
    """The text under `name`; empty when there is none."""
    value = where.get(name)
    return value if isinstance(value, str) else ""


def number(where: Mapping[str, Any], name: str) -> float | None:
    """The number under `name`; None when there is none."""
    value = where.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def rows(where: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects in the list under `name`."""
    value = where.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def names(where: Mapping[str, Any], name: str) -> list[str]:
    """The texts in the list under `name`."""
    value = where.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []
