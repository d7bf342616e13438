"""A button is given something to do: asked, pressed, saved; each step by what the snapshot tells. Pure."""

from dataclasses import replace
from math import ceil

from stagebox.kiosk.asked import Teaching, fate_of
from stagebox.kiosk.seen import Seen, number, part, rows, text

LEARN_S = 30
"""So long a press is waited for."""
BEGIN_S = 5.0
"""So long `serve` may take until it waits for the press."""
SAVE_S = 40.0
"""So long it may take until the settings are changed: a little longer than the engine's own patience."""


def begun(seen: Seen, words: str, intent_id: str, now: float) -> Teaching:
    """A press was asked for with this command: the button shall do `words`, as in the settings."""
    learned = part(part(seen.part("health"), "button_box"), "learned")
    return Teaching(
        words=words, intent_id=intent_id, after=int(number(learned, "number") or 0), at=now, left_s=LEARN_S
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
    status, why = fate_of(seen.snapshot, teaching.intent_id)
    if status in ("failed", "refused", "superseded"):
        return replace(teaching, step="refused", why=why)
    if teaching.step == "saving":
        if status == "done":
            return replace(teaching, step="done")
        return replace(teaching, step="refused") if now - teaching.at > SAVE_S else teaching
    return _listening(teaching, seen, now)


def _listening(teaching: Teaching, seen: Seen, now: float) -> Teaching:
    told = part(seen.part("health"), "button_box")
    learned = part(told, "learned")
    count, button = number(learned, "number"), number(learned, "button")
    if count and button and int(count) != teaching.after:
        box = text(learned, "box")
        place = place_of(seen, box, int(button))
        return replace(teaching, step="learned", box=box, button=int(button), place=place)
    waited_s = now - teaching.at
    if waited_s > LEARN_S + BEGIN_S:
        return replace(teaching, step="silent")
    if told.get("learning") is True:
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
    several = len(rows(part(seen.part("health"), "button_box"), "boxes")) > 1
    in_force = part(part(seen.part("set_up"), "in_force"), "buttons")
    return own if several or own in in_force else str(button)
