"""Is a source black? Black is dark and without detail."""

from stagebox.health.check import Check
from stagebox.health.picture_words import PictureFault, is_black, picture_checks
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFeatures
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def black(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role; unknown while there is no picture of now to judge."""
    return picture_checks(Code.BLACK, _fault, facts, limits, now)


def _fault(role: str, picture: PictureFeatures, limits: HealthSettings) -> PictureFault | None:
    if not is_black(picture, limits):
        return None
    return PictureFault(level=Severity.WARNING, key=role)
