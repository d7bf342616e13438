"""Does each button box that is wanted work?

One code says that buttons do not work, whatever the reason: the box is not there, or it cannot be
obeyed because it chatters, speaks another version, or calls itself what another box is called.
"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.button_boxes import BoxState, ButtonBoxesReading, ButtonBoxReading
from stagebox.model.report import Code, Severity
from stagebox.model.said import said_of
from stagebox.model.settings import HealthSettings

BUTTON_BOX = "button_box"

_ORDER: tuple[BoxState, ...] = ("gone", "chatters", "other_version", "twin", "too_small")


def button_box_gone(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A warning while a wanted box does not work: the touch screen still does. No check without a box."""
    known = facts.button_boxes
    if not known.wanted:
        return ()
    if known.seen is None or known.at is None or now - known.at > limits.stale_s:
        return (unknown(Code.BUTTON_BOX_GONE, BUTTON_BOX, "not_known"),)
    worst = worst_box(known.seen)
    if worst is None:
        looking = any(box.state == "looking" for box in known.seen.boxes)
        if looking:
            return (unknown(Code.BUTTON_BOX_GONE, BUTTON_BOX, "looking"),)
        return (fine(Code.BUTTON_BOX_GONE, BUTTON_BOX),)
    level = Severity.NOTE if worst.state == "too_small" else Severity.WARNING
    evidence = {"box": worst.box or worst.wanted, "port": worst.port, "state": worst.state}
    said = said_of(worst.detail)
    key = said.code.removeprefix(f"{Code.BUTTON_BOX_GONE}.")
    return (bad(Code.BUTTON_BOX_GONE, BUTTON_BOX, level, key, evidence=evidence, **said.facts),)


def worst_box(seen: ButtonBoxesReading) -> ButtonBoxReading | None:
    """The box with which the most is wrong, or None."""
    bad = [box for box in seen.boxes if box.state in _ORDER]
    return min(bad, key=lambda box: _ORDER.index(box.state), default=None)
