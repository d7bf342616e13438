"""What was touched and is not yet a fact: shown at once as asked, until the snapshot settles it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PATIENCE_S = 20.0
"""After this long without a fate, an intent is no longer shown as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An intent that was sent. `at` is monotonic; `target` is the scene, or empty."""

    id: str
    kind: str
    target: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is still asked, and a sentence about what was not done (empty: nothing to say)."""

    asked: tuple[Asked, ...]
    trouble: str = ""


def settle(asked: Sequence[Asked], snapshot: Mapping[str, Any], now: float) -> Settled:
    """Drop every intent whose fate the snapshot tells, or that waited too long."""
    fates: dict[str, Mapping[str, Any]] = {
        str(answer.get("intent_id")): answer
        for answer in _answers(snapshot)
        if answer.get("status") != "pending"
    }
    open_ones = []
    trouble = ""
    for one in asked:
        fate = fates.get(one.id)
        if fate is not None:
            if fate.get("status") in ("failed", "refused"):
                trouble = str(fate.get("detail") or "")
        elif now - one.at < PATIENCE_S:
            open_ones.append(one)
    return Settled(asked=tuple(open_ones), trouble=trouble)


def _answers(snapshot: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    told = snapshot.get("answers")
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list | tuple) else []


def is_asked(asked: Sequence[Asked], kind: str, target: str = "") -> bool:
    """Whether the same is asked already: a second touch does nothing twice."""
    return any(one.kind == kind and one.target == target for one in asked)
