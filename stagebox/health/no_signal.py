"""Does a source show the capture device's own picture instead of what is plugged into it?"""

from stagebox.health.check import Check
from stagebox.health.picture_words import PictureFault, no_signal_sign, picture_checks
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFeatures
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def no_signal(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role; unknown while there is no picture of now to judge."""
    return picture_checks(Code.NO_SIGNAL, _fault, facts, limits, now)


def _fault(role: str, picture: PictureFeatures, limits: HealthSettings) -> PictureFault | None:
    sign = no_signal_sign(role, picture, limits)
    if sign is None:
        return None
    return PictureFault(level=Severity.CRITICAL, key=f"{role}_{sign}", evidence={"sign": sign})
