"""Did a source change its size or shape? Pointed out for a while: the picture is there, so it is no alarm.

What a laptop does with its screens is not told to anybody. The facts behind the words: a size of 4K; another
shape; and for "extend", another size together with another picture, for a laptop that stops duplicating
gives the capture card a desktop of its own.
"""

from stagebox.health.picture_words import fresh, shown
from stagebox.messages.code_catalogue import say
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
    size = seen.width, seen.height
    key = _key(role, before, size, another=picture.changed_with_size)
    given = {"before": f"{before[0]}×{before[1]}", "size": f"{size[0]}×{size[1]}"}
    return say(f"size_{key}", **given), say(f"size_{key}_help")


def _key(role: str, before: tuple[int, int], size: tuple[int, int], *, another: bool) -> str:
    if role == "slides" and size[0] >= _4K_WIDTH > before[0]:
        return "4k"
    if role == "slides" and another:
        return "another"
    return f"{role}_shape" if abs(before[0] / before[1] - size[0] / size[1]) > _SAME_SHAPE else role
