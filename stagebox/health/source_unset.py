"""Is a device chosen for each role at all?"""

from stagebox.health.check import Check
from stagebox.health.fresh import unknown
from stagebox.health.listening import grave
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.set_up import SOURCE_ROLES
from stagebox.model.settings import HealthSettings

_SUMMARIES = {
    "slides": "No slides are chosen: the recording has no picture of the laptop.",
    "camera": "No camera is chosen: the recording does not show the speaker.",
    "mic": "No microphone is chosen: the recording has no sound.",
}
_NO_PICTURE = "Neither slides nor a camera are chosen: the recording has no picture."
_REMEDIES = {
    "slides": "On the touch screen, open Set-up, Sources, and choose the slides.",
    "camera": "If there is a camera, choose it on the touch screen under Set-up, Sources.",
    "mic": "On the touch screen, open Set-up, Sources, and choose the microphone.",
}


def source_unset(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role, bad when no device is chosen; unknown while nobody knows what is chosen."""
    return tuple(_check(facts, role) for role in SOURCE_ROLES)


def is_known(facts: Facts, role: str) -> bool:
    """Whether a device is known to be chosen for the role."""
    return facts.sound.wanted.mic if role == "mic" else role in facts.pictures


def _check(facts: Facts, role: str) -> Check:
    if role not in facts.unset:
        if is_known(facts, role):
            return Check(code=Code.SOURCE_UNSET, role=role, outcome="fine")
        return unknown(Code.SOURCE_UNSET, role, "Nobody knows what is chosen.")[0]
    pictureless = {"slides", "camera"} <= facts.unset
    return Check(
        code=Code.SOURCE_UNSET,
        role=role,
        outcome="bad",
        level=_level(facts, role, pictureless=pictureless),
        summary=_NO_PICTURE if role == "slides" and pictureless else _SUMMARIES[role],
        remedy=_REMEDIES[role],
    )


def _level(facts: Facts, role: str, *, pictureless: bool) -> Severity:
    """A box may do without a camera. A talk without any sound, or without any picture, is lost."""
    if role == "camera":
        return Severity.NOTE
    return grave(facts) if role == "mic" or pictureless else Severity.WARNING
