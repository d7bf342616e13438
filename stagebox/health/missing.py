"""Is the source there at all: in OBS, and the device behind it?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.picture_words import evidence_of, fresh, roles_of
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureReading
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def missing(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role: bad when viewers cannot be seeing what the device shows now."""
    return tuple(_check(role, fresh(facts.pictures[role], limits, now)) for role in roles_of(facts))


def _check(role: str, seen: PictureReading | None) -> Check:
    if seen is None:
        return unknown(Code.MISSING, role, "not_seen")
    key = _fault(seen)
    evidence = evidence_of(seen)
    if not key:
        return fine(Code.MISSING, role, evidence)
    return bad(Code.MISSING, role, Severity.CRITICAL, f"{role}_{key}", evidence=evidence)


def _fault(seen: PictureReading) -> str:
    if not seen.exists:
        return "not_in_obs"
    if seen.device == "absent":
        return {None: "pulled", True: "pulled_on", False: "pulled_off"}[seen.on_program]
    if seen.stale_source:
        return "stale"
    return "no_picture" if seen.picture is None else ""
