"""What the venue itself never showed, because the machine kept its painters waiting. Pure.

Nobody can be blamed for not having recorded that. Slides and camera have a painter each: what one left out is
excused where that one is on program, and where both are, only what both left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Ticks = tuple[int, int]
"""The first and the last of a range of ticks of the venue's clock."""


@dataclass(frozen=True, slots=True)
class LateTicks:
    """Ranges of ticks that each painter never painted; those of one painter do not overlap."""

    slides: tuple[Ticks, ...] = ()
    camera: tuple[Ticks, ...] = ()

    def unpainted(self, after: int, before: int, scene: str) -> int:
        """How many ticks between two others no display that this scene shows has ever shown."""
        slides, camera = _between(self.slides, after, before), _between(self.camera, after, before)
        if scene == "screen":
            return _count(slides)
        if scene == "speaker":
            return _count(camera)
        return sum(_count(_between(camera, first - 1, last + 1)) for first, last in slides)

    def ticks(self, session: Ticks) -> int:
        """How many ticks of a session were left out, of both together."""
        first, last = session
        return sum(_count(_between(one, first - 1, last + 1)) for one in (self.slides, self.camera))


NOTHING = LateTicks()


def _between(ranges: Iterable[Ticks], after: int, before: int) -> list[Ticks]:
    cut = ((max(first, after + 1), min(last, before - 1)) for first, last in ranges)
    return [(first, last) for first, last in cut if first <= last]


def _count(ranges: Sequence[Ticks]) -> int:
    return sum(last - first + 1 for first, last in ranges)
