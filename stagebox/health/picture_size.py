"""Did a source change its size or shape? Pointed out for a while: the picture is there, so it is no alarm.

What a laptop does with its screens is not told to anybody. The facts behind the words: a size of 4K; another
shape; and for "extend", another size together with another picture, for a laptop that stops duplicating
gives the capture card a desktop of its own.
"""

from stagebox.health.picture_words import fresh, name_of, shown
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.settings import HealthSettings

SizeWords = tuple[str, str]
"""What changed, and what to do."""

_4K_WIDTH = 3840
_SAME_SHAPE = 0.02


def size_words(role: str, picture: PictureFacts, limits: HealthSettings, now: float) -> SizeWords | None:
    """What to say of a change, for a while after it; None when there is nothing to say or known."""
    seen = fresh(picture, limits, now)
    if seen is None or shown(seen) is None or 0 in (seen.width, seen.height):
        return None
    changed, before = picture.size_changed_at, picture.size_before
    if changed is None or before is None or now - changed > limits.pictures.size_note_s:
        return None
    return _words(role, before, (seen.width, seen.height), another=picture.changed_with_size)


def _words(role: str, before: tuple[int, int], size: tuple[int, int], *, another: bool) -> SizeWords:
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
