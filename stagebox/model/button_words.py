"""The words of stagebox.toml for the button box: what a button does, what a lamp shows. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

BUTTONS_LIMIT = 16
"""The most buttons, and the most lamps, that a box may have."""

ActionKind = Literal[
    "scene",
    "record_toggle",
    "record_start",
    "record_stop",
    "next",
    "stream_toggle",
    "stream_stop",
    "mark",
    "acknowledge",
]
LampKind = Literal["program", "recording", "stream", "alarm"]

ACTIONS: dict[str, ActionKind] = {
    "record toggle": "record_toggle",
    "record start": "record_start",
    "record stop hold": "record_stop",
    "next": "next",
    "stream toggle": "stream_toggle",
    "stream stop hold": "stream_stop",
    "mark": "mark",
    "acknowledge": "acknowledge",
}
LAMPS: dict[str, LampKind] = {"recording": "recording", "stream": "stream", "alarm": "alarm"}

_BOX = re.compile(r"[a-z0-9-]{1,24}")
_PLACE = re.compile(r"(?:(?P<box>[a-z0-9-]{1,24}):)?(?P<number>[1-9]\d?)")


@dataclass(frozen=True, slots=True)
class ButtonAction:
    """What a button does; `scene` for the kind scene."""

    kind: ActionKind
    scene: str = ""


@dataclass(frozen=True, slots=True)
class LampShows:
    """What a lamp shows; `scene` for the kind program."""

    kind: LampKind
    scene: str = ""


@dataclass(frozen=True, slots=True)
class ButtonPlace:
    """A button or lamp: its number, from 1, on the box with this id, or on every box ("")."""

    box: str
    number: int


class KeyedError(ValueError):
    """A value is wrong at `key`, counted from the table that was looked at."""

    def __init__(self, key: tuple[str, ...], words: str) -> None:
        super().__init__(words)
        self.key = key


def action_of(words: str) -> ButtonAction:
    """The action that `words` name; raises ValueError with a sentence's words."""
    verb, _, scene = words.partition(" ")
    if verb == "scene" and scene.strip():
        return ButtonAction("scene", scene.strip())
    if words in ACTIONS:
        return ButtonAction(ACTIONS[words])
    if words in ("record stop", "stream stop") and f"{words} hold" in ACTIONS:
        raise ValueError(
            f"a press alone must not stop anything: write “{words} hold”, and the button is held for a second"
        )
    raise ValueError(f"“{words[:60]}” is no action; a button does one of: scene NAME, {', '.join(ACTIONS)}")


def lamp_of(words: str) -> LampShows:
    """What a lamp shows by `words`; raises ValueError with a sentence's words."""
    verb, _, scene = words.partition(" ")
    if verb == "program" and scene.strip():
        return LampShows("program", scene.strip())
    if words in LAMPS:
        return LampShows(LAMPS[words])
    raise ValueError(
        f"“{words[:60]}” is nothing to show; a lamp shows one of: program NAME, {', '.join(LAMPS)}"
    )


def lamp_beside(words: str) -> str:
    """The words for the lamp in a button that does `words`; "" when it has nothing to show."""
    verb, _, scene = words.partition(" ")
    if verb == "scene":
        return f"program {scene.strip()}"
    return {"record": "recording", "next": "recording", "stream": "stream", "acknowledge": "alarm"}.get(
        verb, ""
    )


def place_of(key: str) -> ButtonPlace:
    """The button or lamp that a key names: "3", or "left:3"; raises ValueError with a sentence's words."""
    matched = _PLACE.fullmatch(key)
    if matched is None or int(matched["number"]) > BUTTONS_LIMIT:
        raise ValueError(
            f"“{key[:40]}” is no button or lamp; write its number from 1 to {BUTTONS_LIMIT},"
            " or “box-id:number” for one box of several"
        )
    return ButtonPlace(matched["box"] or "", int(matched["number"]))


def is_id(entry: str) -> bool:
    """Whether an entry of button_box.boxes is a box's id, not a port's path."""
    return _BOX.fullmatch(entry) is not None


def box_of(entry: str) -> str:
    """An entry of button_box.boxes as it is, when it is a box's id or a port's path; raises ValueError."""
    if (
        _BOX.fullmatch(entry)
        or (entry.startswith("/") and "\0" not in entry)
        or re.fullmatch(r"COM\d+", entry)
    ):
        return entry
    raise ValueError(
        f"“{entry[:60]}” is neither a box's id (a-z, 0-9 and -) nor a port's path like /dev/serial/by-id/…"
    )


def for_box(words: Mapping[str, str], box: str) -> dict[int, str]:
    """What the keys say for the box with this id, by number: its own keys come before those for every box."""
    placed = {place_of(key): value for key, value in words.items()}
    general = {place.number: value for place, value in placed.items() if not place.box}
    return general | {place.number: value for place, value in placed.items() if place.box == box}


def check(boxes: tuple[str, ...], buttons: Mapping[str, str], lamps: Mapping[str, str]) -> None:
    """Raise KeyedError for what cannot be: an unknown word, a box that is none of `boxes`, one twice."""
    for number, entry in enumerate(boxes):
        try:
            box_of(entry)
        except ValueError as error:
            raise KeyedError(("boxes",), str(error)) from None
        if entry in boxes[:number]:
            raise KeyedError(("boxes",), f"“{entry}” stands there twice")
    ids_only = all(is_id(entry) for entry in boxes)
    for table, words, parse in (("buttons", buttons, action_of), ("lamps", lamps, lamp_of)):
        for key, value in words.items():
            try:
                place = place_of(key)
                parse(value)
            except ValueError as error:
                raise KeyedError((table, key), str(error)) from None
            if not boxes:
                raise KeyedError((table, key), "no box is named: say which in button_box.boxes")
            if place.box and ids_only and place.box not in boxes:
                raise KeyedError((table, key), f"“{place.box}” is none of the boxes in button_box.boxes")
