"""Does a source show the capture device's own picture instead of what is plugged into it?"""

from collections.abc import Mapping

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check
from stagebox.health.picture_words import PictureFault, no_signal_sign, picture_checks
from stagebox.model.facts import Facts
from stagebox.model.facts.pictures import PictureFeatures
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings, PictureLimits


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
    return PictureFault(level=Severity.CRITICAL, key=f"{role}_{sign}", evidence={"sign": sign})
