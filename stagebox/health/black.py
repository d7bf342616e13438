"""Is a source black? Black is dark and without detail."""

from collections.abc import Mapping

from stagebox.health.book import Patience
from stagebox.health.check import Check
from stagebox.health.picture_words import (
    LOOK_AT_OBS,
    NOT_SEEN,
    evidence_of,
    fresh,
    is_black,
    roles_of,
    shown,
)
from stagebox.model.facts import Facts
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings, PictureLimits

_WORDS = {
    "slides": (
        "The slides are black: the cable is in, but the laptop shows nothing.",
        "Wake the laptop. In a slide show, press B. If the laptop plays a protected film, stop it.",
    ),
    "camera": (
        "The camera is black.",
        "Take off the lens cap, open the iris, and look whether the camera is in standby.",
    ),
}


def patience(limits: PictureLimits) -> Mapping[Code, Patience]:
    """How long before the alarm is raised and cleared."""
    return {Code.BLACK: Patience(raise_after_s=limits.black_s, clear_after_s=0.8)}


def black(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role; unknown while there is no picture of now to judge."""
    return tuple(_check(role, facts.pictures[role], limits, now) for role in roles_of(facts))


def _check(role: str, picture: PictureFacts, limits: HealthSettings, now: float) -> Check:
    seen = fresh(picture, limits, now)
    features = shown(seen) if seen is not None else None
    if seen is None or features is None:
        return Check(code=Code.BLACK, role=role, outcome="unknown", summary=NOT_SEEN, remedy=LOOK_AT_OBS)
    if not is_black(features, limits):
        return Check(code=Code.BLACK, role=role, outcome="fine", evidence=evidence_of(seen))
    summary, remedy = _WORDS.get(role, (f"{role} is black.", "Check the device."))
    return Check(
        code=Code.BLACK,
        role=role,
        outcome="bad",
        level=Severity.WARNING,
        summary=summary,
        remedy=remedy,
        evidence=evidence_of(seen),
    )
