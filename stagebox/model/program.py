"""What was on program while a talk was recorded, and where the scenes of the pack show slides and camera."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Shares = tuple[float, float, float, float]
"""Left, top, width and height in shares of the picture."""

ROWS, COLUMNS = 27, 48
"""A picture in fields, as it is looked at in a recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnProgram:
    """From `start_s` on, in seconds recorded, `scene` is on program; empty: nobody knows which one."""

    scene: str
    start_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneBox:
    """Where a scene shows a source."""

    role: Literal["slides", "camera"]
    box: Shares


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneLayout:
    """A scene of the pack: its boxes, and what it looks like around them. `sound`: the microphone is heard.

    `ground` are the mean levels (video levels, 16 to 235) of 27 × 48 fields, row by row, -1 where something
    of the scene changes. It is empty where the boxes leave nothing of the picture.
    """

    scene: str
    boxes: tuple[SceneBox, ...]
    ground: tuple[int, ...] = ()
    sound: bool = True


def soundless(
    layouts: Sequence[SceneLayout], program: Sequence[OnProgram], length_s: float
) -> list[tuple[float, float]]:
    """From when to when, in seconds recorded, a scene without sound was on program: what is said is private.

    Args:
        length_s: how long the recording is.
    """
    silent = {layout.scene for layout in layouts if not layout.sound}
    spans: list[tuple[float, float]] = []
    for one, following in itertools.pairwise([*program, OnProgram(scene="", start_s=length_s)]):
        if one.scene in silent:
            joins = bool(spans) and spans[-1][1] == one.start_s
            start_s = spans.pop()[0] if joins else one.start_s
            spans.append((start_s, following.start_s))
    return spans
