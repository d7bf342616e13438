"""How far somebody has come in the guide through a first start. Pure."""

from dataclasses import dataclass
from typing import Literal

STEPS = ("slides", "camera", "mic", "room", "folder", "check")
"""The steps in their order. The first three are source roles."""

GuideState = Literal["new", "open", "left", "finished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far somebody has come. `new`: nobody has begun; `left`: it can be taken up again.

    `step` is the one on show; `confirmed` and `skipped` are those that a touch has settled.
    """

    state: GuideState = "new"
    step: str = STEPS[0]
    confirmed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
