"""Is the source there at all: in OBS, and the device behind it?"""

from collections.abc import Mapping

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check, unknown
from stagebox.health.picture_words import evidence_of, fresh, name_of, roles_of
from stagebox.model.facts import Facts
from stagebox.model.facts.pictures import PictureReading
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings, PictureLimits


def patience(limits: PictureLimits) -> Mapping[Code, Patience]:
    """How long before the alarm is raised and cleared."""
    return {Code.MISSING: Patience(raise_after_s=limits.missing_s, clear_after_s=0.5)}


def missing(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role: bad when viewers cannot be seeing what the device shows now."""
    return tuple(_check(role, fresh(facts.pictures[role], limits, now)) for role in roles_of(facts))


def _check(role: str, seen: PictureReading | None) -> Check:
    if seen is None:
        return unknown(Code.MISSING, role, "not_seen")
    fault = _fault(role, seen)
    if fault is None:
        return Check(code=Code.MISSING, role=role, outcome="fine", evidence=evidence_of(seen))
    summary, remedy = fault
    return Check(
        code=Code.MISSING,
        role=role,
        outcome="bad",
        level=Severity.CRITICAL,
        summary=summary,
        remedy=remedy,
        evidence=evidence_of(seen),
    )


def _fault(role: str, seen: PictureReading) -> tuple[str, str] | None:
    name = name_of(role)
    if not seen.exists:
        return (
            f"{name} are not in OBS." if role == "slides" else f"{name} is not in OBS.",
            "Touch “Build the scenes again”, which puts the source back.",
        )
    if seen.device == "absent":
        if role == "slides":
            return (
                f"The slides are missing: their cable was pulled.{_seen_by_viewers(seen)}",
                "Plug in the HDMI cable and the capture card's USB cable. The picture comes back by itself.",
            )
        return (
            f"The camera is missing: it was unplugged or switched off.{_seen_by_viewers(seen)}",
            "Switch the camera on and plug its cable in again. The picture comes back by itself.",
        )
    if seen.stale_source:
        return (
            f"{name} came back, but OBS may still show the picture from before.",
            "The source is started again by itself. Wait a few seconds.",
        )
    if seen.picture is None:
        return (
            f"OBS gets no picture for {name.lower()}.",
            "Check the cable. If another program uses the device, close that program.",
        )
    return None


def _seen_by_viewers(seen: PictureReading) -> str:
    """What is on program of it, as far as that is known."""
    if seen.on_program is None:
        return ""
    return " Viewers see its last picture." if seen.on_program else " Viewers see another scene meanwhile."
