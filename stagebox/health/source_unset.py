"""Is a device chosen for each role at all?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import grave
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.set_up import SOURCE_ROLES
from stagebox.model.settings import HealthSettings


def source_unset(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role, bad when no device is chosen; unknown while nobody knows what is chosen."""
    return tuple(_check(facts, role) for role in SOURCE_ROLES)


def is_known(facts: HealthFacts, role: str) -> bool:
    """Whether a device is known to be chosen for the role."""
    return facts.sound.wanted.mic if role == "mic" else role in facts.pictures


def _check(facts: HealthFacts, role: str) -> Check:
    if role not in facts.unset:
        if is_known(facts, role):
            return fine(Code.SOURCE_UNSET, role)
        return unknown(Code.SOURCE_UNSET, role, "not_known")
    pictureless = {"slides", "camera"} <= facts.unset
    key = "no_picture" if role == "slides" and pictureless else role
    return bad(Code.SOURCE_UNSET, role, _level(facts, role, pictureless=pictureless), key)


def _level(facts: HealthFacts, role: str, *, pictureless: bool) -> Severity:
    """A box may do without a camera. A talk without any sound, or without any picture, is lost."""
    if role == "camera":
        return Severity.NOTE
    return grave(facts) if role == "mic" or pictureless else Severity.WARNING
