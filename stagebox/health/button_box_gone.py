"""Does each button box that is wanted work?

One code says that buttons are out of work, whatever the reason: the box is not there, or it cannot be
obeyed because it chatters, speaks another version, or calls itself what another box is called.
"""

from collections.abc import Mapping

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check
from stagebox.model.facts import Facts
from stagebox.model.facts.button_boxes import BoxState, ButtonBoxesReading, ButtonBoxReading
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

BUTTON_BOX = "button_box"

PATIENCE: Mapping[Code, Patience] = {Code.BUTTON_BOX_GONE: Patience(raise_after_s=1.0, clear_after_s=1.0)}
"""A box that is plugged in again within a second was never away."""

REMEDIES: Mapping[BoxState, str] = {
    "gone": "Check its cable. Use the touch screen; the box is taken up again by itself.",
    "chatters": "Use the touch screen. Look for a stuck or broken button, or unplug the box.",
    "other_version": "Its program is of another version: tell the crew to install it anew.",
    "twin": "Unplug one of them, or have the crew give it another name.",
    "stranger": "Tell the crew: the settings name another box.",
    "too_small": "Tell the crew: the settings name more than it has.",
}
_ORDER: tuple[BoxState, ...] = ("gone", "chatters", "other_version", "twin", "stranger", "too_small")


def button_box_gone(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A warning while a wanted box does not work: the touch screen still does. No check without a box."""
    known = facts.button_boxes
    if not known.wanted:
        return ()
    if known.seen is None or known.at is None or now - known.at > limits.stale_s:
        return (_check("unknown", "Nothing is known of the button box."),)
    worst = worst_box(known.seen)
    if worst is None:
        looking = any(box.state == "looking" for box in known.seen.boxes)
        return (_check("unknown", "The button box is being looked for.") if looking else _check("fine"),)
    return (
        Check(
            code=Code.BUTTON_BOX_GONE,
            role=BUTTON_BOX,
            outcome="bad",
            level=Severity.NOTE if worst.state == "too_small" else Severity.WARNING,
            summary=worst.detail,
            remedy=REMEDIES.get(worst.state, ""),
            evidence={"box": worst.box or worst.wanted, "port": worst.port, "state": worst.state},
        ),
    )


def worst_box(seen: ButtonBoxesReading) -> ButtonBoxReading | None:
    """The box with which the most is wrong, or None."""
    bad = [box for box in seen.boxes if box.state in _ORDER]
    return min(bad, key=lambda box: _ORDER.index(box.state), default=None)


def _check(outcome: str, summary: str = "") -> Check:
    return Check(
        code=Code.BUTTON_BOX_GONE,
        role=BUTTON_BOX,
        outcome="fine" if outcome == "fine" else "unknown",
        summary=summary,
    )
