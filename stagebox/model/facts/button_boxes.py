"""What is seen and known of the button boxes."""

from dataclasses import dataclass
from typing import Literal

BoxState = Literal["looking", "ready", "gone", "chatters", "other_version", "twin", "too_small"]
"""ready: it obeys and is obeyed. twin: another box has the same id, and is the one obeyed. too_small: it
lacks a button or lamp that the settings name, and works otherwise."""

OBEYED: frozenset[BoxState] = frozenset({"ready", "too_small"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonBoxReading:
    """One box. `wanted` is its entry in button_box.boxes, `box` its own id, "" as long as it is unknown.

    `detail` says in a sentence what is wrong. `stale` presses came too late, `flooded` lines were too many,
    `refused` were no lines of the protocol.
    """

    wanted: str
    box: str
    port: str
    state: BoxState
    detail: str = ""
    buttons: int = 0
    lamps: int = 0
    stale: int = 0
    flooded: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedPress:
    """A press that was reported and not carried out. `number` counts them, so that two can be told apart."""

    box: str
    button: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonBoxesReading:
    """All button boxes. Volatile. `learning`: the next press is reported and not carried out."""

    kind: Literal["button_boxes"] = "button_boxes"
    boxes: tuple[ButtonBoxReading, ...] = ()
    learning: bool = False
    learned: LearnedPress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonBoxFacts:
    """The button boxes as last seen, at the monotonic second `at`; `wanted`: the settings name some."""

    wanted: bool = False
    at: float | None = None
    seen: ButtonBoxesReading | None = None
