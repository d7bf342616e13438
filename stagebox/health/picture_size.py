"""Did a source change its size or shape? Pointed out for a while: the picture is there, so it is no alarm.

What a laptop does with its screens is not told to anybody. The facts behind the words: a size of 4K; another
shape; and for "extend", another size together with another picture, for a laptop that stops duplicating
gives the capture card a desktop of its own.
"""

from collections.abc import Mapping

from stagebox.health.book import Patience
from stagebox.health.check import Check
from stagebox.health.picture_words import LOOK_AT_OBS, NOT_SEEN, evidence_of, fresh, name_of, roles_of, shown
from stagebox.model.facts import Facts
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

PATIENCE: Mapping[Code, Patience] = {Code.PICTURE_SIZE: Patience()}

_4K_WIDTH = 3840
_SAME_SHAPE = 0.02


def picture_size(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check a role: bad, at the level of a note, for a while after a change."""
    return tuple(_check(role, facts.pictures[role], limits, now) for role in roles_of(facts))


def _check(role: str, picture: PictureFacts, limits: HealthSettings, now: float) -> Check:
    seen = fresh(picture, limits, now)
    if seen is None or shown(seen) is None or 0 in (seen.width, seen.height):
        return Check(
            code=Code.PICTURE_SIZE, role=role, outcome="unknown", summary=NOT_SEEN, remedy=LOOK_AT_OBS
        )
    changed, before = picture.size_changed_at, picture.size_before
    if changed is None or before is None or now - changed > limits.pictures.size_note_s:
        return Check(code=Code.PICTURE_SIZE, role=role, outcome="fine", evidence=evidence_of(seen))
    size = (seen.width, seen.height)
    summary, remedy = _words(role, before, size, another=picture.changed_with_size)
    return Check(
        code=Code.PICTURE_SIZE,
        role=role,
        outcome="bad",
        level=Severity.NOTE,
        summary=summary,
        remedy=remedy,
        evidence=evidence_of(seen) | {"width_before": before[0], "height_before": before[1]},
    )


def _words(role: str, before: tuple[int, int], size: tuple[int, int], *, another: bool) -> tuple[str, str]:
    change = f"from {before[0]}×{before[1]} to {size[0]}×{size[1]}"
    said = f"{name_of(role)} changed {change}."
    if role == "slides" and size[0] >= _4K_WIDTH > before[0]:
        return (
            f"The laptop switched to 4K: the slides changed {change}.",
            "Nothing is lost. If the picture stutters, set the laptop's second screen to 1920×1080.",
        )
    if role == "slides" and another:
        return (
            f"{said} The picture is another one, too.",
            "If the slides are not in it, the laptop extends its desktop: press Windows+P, Duplicate.",
        )
    if abs(before[0] / before[1] - size[0] / size[1]) > _SAME_SHAPE:
        return f"{said} It has another shape.", "Bars at its edges are normal. Nothing needs to be done."
    return said, "Nothing needs to be done."
