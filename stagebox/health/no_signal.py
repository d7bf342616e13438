"""Does a source show the capture device's own picture instead of what is plugged into it?"""

from collections.abc import Mapping

from stagebox.health.book import Patience
from stagebox.health.check import Check
from stagebox.health.picture_words import PictureFault, no_signal_sign, picture_checks
from stagebox.model.facts import Facts
from stagebox.model.facts.pictures import PictureFeatures
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings, PictureLimits

_SIGNS = {
    "card": "shows its “no signal” picture",
    "bars": "shows colour bars",
    "uniform": "shows one even colour",
}
_SLIDES_REMEDY = {
    "card": "Push the HDMI cable in at both ends. On the laptop press Windows+P and choose Duplicate.",
    "bars": "Push the HDMI cable in at both ends. On the laptop press Windows+P and choose Duplicate.",
    "uniform": "Push the HDMI cable in at both ends. If the laptop really shows an empty page, go on.",
}
_CAMERA_REMEDY = "Switch the camera on, and push its cable in at both ends."


def patience(limits: PictureLimits) -> Mapping[Code, Patience]:
    """How long before the alarm is raised and cleared."""
    return {Code.NO_SIGNAL: Patience(raise_after_s=limits.no_signal_s, clear_after_s=0.8)}


def no_signal(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role; unknown while there is no picture of now to judge."""
    return picture_checks(Code.NO_SIGNAL, _fault, facts, limits, now)


def _fault(role: str, picture: PictureFeatures, limits: HealthSettings) -> PictureFault | None:
    sign = no_signal_sign(role, picture, limits)
    if sign is None:
        return None
    if role == "slides":
        summary = f"No picture comes from the laptop: the slides' capture card {_SIGNS[sign]}."
        remedy = _SLIDES_REMEDY[sign]
    else:
        summary, remedy = f"No picture comes from the camera: its input {_SIGNS[sign]}.", _CAMERA_REMEDY
    return PictureFault(level=Severity.CRITICAL, summary=summary, remedy=remedy, evidence={"sign": sign})
