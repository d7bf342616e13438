"""Does the camera stand still? A live camera has noise, so no two of its pictures are exactly equal.

Slides may stand still for an hour: of them nothing is said here.
"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.picture_words import (
    evidence_of,
    fresh,
    is_black,
    no_signal_sign,
    shown,
)
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def frozen(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check for the camera, if there is one.

    Unknown while it is gone, black or without signal: those pictures stand still too.
    """
    picture = facts.pictures.get("camera")
    return () if picture is None else (_check(picture, limits, now),)


def _check(picture: PictureFacts, limits: HealthSettings, now: float) -> Check:
    seen = fresh(picture, limits, now)
    features = shown(seen) if seen is not None else None
    if seen is None or features is None or picture.same_since is None:
        return unknown(Code.FROZEN, "camera", "not_seen")
    if is_black(features, limits) or no_signal_sign("camera", features, limits):
        return unknown(Code.FROZEN, "camera", "cannot_tell")
    still_s = (picture.at or now) - picture.same_since
    evidence = evidence_of(seen) | {"still_s": round(still_s, 1), "looks_same": picture.looks_same}
    of = limits.pictures
    if still_s < of.frozen_s or picture.looks_same < of.frozen_looks:
        return fine(Code.FROZEN, "camera", evidence)
    return bad(Code.FROZEN, "camera", Severity.WARNING, "frozen", evidence=evidence)
