"""What was touched and is not yet a fact: shown at once as asked, until the snapshot settles it. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from stagebox.model.snapshot import Snapshot
from stagebox.model.state import CommandResult

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


def _detail(result: CommandResult) -> str:
    return result.detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is still asked, and a sentence about what was not done (empty: nothing to say)."""

    asked: tuple[Asked, ...]
    trouble: str = ""


def settle(
    asked: Sequence[Asked],
    snapshot: Snapshot,
    now: float,
    told_elsewhere: str = "",
    say: Callable[[CommandResult], str] = _detail,
) -> Settled:
    """Drop every command whose result the snapshot tells, or that waited too long. `say` words a result.

    What became of the command with the id `told_elsewhere` is told on its own page: it is no trouble here.
    """
    results = {one.intent_id: one for one in snapshot.answers if one.status != "pending"}
    open_ones = []
    trouble = ""
    for one in asked:
        result = results.get(one.id)
        if result is not None:
            if result.status in ("failed", "refused") and one.id != told_elsewhere:
                trouble = say(result)
        elif now - one.at < PATIENCE_S:
            open_ones.append(one)
    return Settled(asked=tuple(open_ones), trouble=trouble)


def result_of(snapshot: Snapshot, intent_id: str) -> CommandResult | None:
    """What became of a command; None as long as the snapshot tells nothing."""
    return next((one for one in snapshot.answers if one.intent_id == intent_id), None)


def is_asked(asked: Sequence[Asked], kind: str, target: str = "") -> bool:
    """Whether the same is asked already: a second touch does nothing twice."""
    return any(one.kind == kind and one.target == target for one in asked)
