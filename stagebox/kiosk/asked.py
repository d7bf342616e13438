"""What was touched and is not yet a fact: shown at once as asked, until the snapshot settles it. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

PATIENCE_S = 20.0
"""After this long without a fate, a command is no longer shown as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command that was sent. `at` is monotonic; `target` is the scene, or empty."""

    id: str
    kind: str
    target: str = ""
    at: float = 0.0


TeachingStep = Literal["asking", "waiting", "silent", "learned", "saving", "refused", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """A button of the button box that is being given something to do: `words`, as in the settings.

    `after` is the number of the last press that was learned before, 0 for none; `place` the button, as in the
    settings, once it was pressed; `at` the monotonic second at which asking or saving began; `why` it was
    refused.
    """

    words: str
    intent_id: str
    after: int
    at: float
    step: TeachingStep = "asking"
    left_s: int = 0
    box: str = ""
    button: int = 0
    place: str = ""
    why: str = ""


def _detail(fate: Mapping[str, Any]) -> str:
    return str(fate.get("detail") or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is still asked, and a sentence about what was not done (empty: nothing to say)."""

    asked: tuple[Asked, ...]
    trouble: str = ""


def settle(
    asked: Sequence[Asked],
    snapshot: Mapping[str, Any],
    now: float,
    told_elsewhere: str = "",
    say: Callable[[Mapping[str, Any]], str] = _detail,
) -> Settled:
    """Drop every command whose fate the snapshot tells, or that waited too long. `say` words a fate.

    What became of the command with the id `told_elsewhere` is told on its own page: it is no trouble here.
    """
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
            if fate.get("status") in ("failed", "refused") and one.id != told_elsewhere:
                trouble = say(fate)
        elif now - one.at < PATIENCE_S:
            open_ones.append(one)
    return Settled(asked=tuple(open_ones), trouble=trouble)


def fate_of(snapshot: Mapping[str, Any], intent_id: str) -> tuple[str, str]:
    """A command's status and what was said of it; both empty as long as the snapshot tells nothing."""
    for one in _answers(snapshot):
        if one.get("intent_id") == intent_id:
            return str(one.get("status") or ""), str(one.get("detail") or "")
    return "", ""


def _answers(snapshot: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    told = snapshot.get("answers")
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list | tuple) else []


def is_asked(asked: Sequence[Asked], kind: str, target: str = "") -> bool:
    """Whether the same is asked already: a second touch does nothing twice."""
    return any(one.kind == kind and one.target == target for one in asked)
