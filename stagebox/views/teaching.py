"""A button is given something to do: asked, pressed, saved; each step by what the snapshot tells. Pure."""

from dataclasses import replace
from math import ceil

from stagebox.views.asked import Teaching, result_of
from stagebox.views.said import answer_words
from stagebox.views.seen import Seen

LEARN_S = 30
"""So long a press is waited for."""
BEGIN_S = 5.0
"""So long `serve` may take until it waits for the press."""
SAVE_S = 40.0
"""So long it may take until the settings are changed: a little longer than the engine's own patience."""


def begun(seen: Seen, words: str, intent_id: str, now: float) -> Teaching:
    """A press was asked for with this command: the button shall do `words`, as in the settings."""
    learned = seen.snapshot.health.button_box.learned
    return Teaching(
        words=words,
        intent_id=intent_id,
        after=learned.number if learned is not None else 0,
        at=now,
        left_s=LEARN_S,
    )


def saving(teaching: Teaching, intent_id: str, now: float) -> Teaching:
    """The change was asked for with this command."""
    return replace(teaching, step="saving", intent_id=intent_id, at=now)


def refused(teaching: Teaching | None, intent_id: str, why: str) -> Teaching | None:
    """A command was not taken; only the one that this waits for matters."""
    if teaching is None or teaching.intent_id != intent_id:
        return teaching
    return replace(teaching, step="refused", why=why)


def advanced(seen: Seen, now: float) -> Teaching | None:
    """Where it stands now."""
    teaching = seen.teaching
    if teaching is None or teaching.step not in ("asking", "waiting", "saving"):
        return teaching
    result = result_of(seen.snapshot, teaching.intent_id)
    status = result.status if result is not None else "pending"
    if result is not None and status in ("failed", "refused", "superseded"):
        return replace(teaching, step="refused", why=answer_words(result, seen.language))
    if teaching.step == "saving":
        if status == "done":
            return replace(teaching, step="done")
        return replace(teaching, step="refused") if now - teaching.at > SAVE_S else teaching
    return _listening(teaching, seen, now)


def _listening(teaching: Teaching, seen: Seen, now: float) -> Teaching:
    told = seen.snapshot.health.button_box
    learned = told.learned
    if learned is not None and learned.number != teaching.after:
        place = place_of(seen, learned.box, learned.button)
        return replace(teaching, step="learned", box=learned.box, button=learned.button, place=place)
    waited_s = now - teaching.at
    if waited_s > LEARN_S + BEGIN_S:
        return replace(teaching, step="silent")
    if told.learning:
        return replace(teaching, step="waiting", left_s=max(0, ceil(LEARN_S - waited_s)))
    if seen.fresh and teaching.step == "waiting":
        return replace(teaching, step="silent")
    if seen.fresh and waited_s > BEGIN_S:
        return replace(teaching, step="refused")
    return teaching


def place_of(seen: Seen, box: str, button: int) -> str:
    """What names the button in the settings.

    With its box when there are several boxes, or when it has words of its own: those come first.
    """
    own = f"{box}:{button}"
    several = len(seen.snapshot.health.button_box.boxes) > 1
    in_force = seen.snapshot.set_up.in_force
    return own if several or (in_force is not None and own in in_force.buttons) else str(button)
