"""What the name of a recording tells of it as a part of something longer. Pure.

`talk-part-2`, a camera's chapters and its counted clips, and names that a recorder makes of the time. A name
that ends in " (2)" is a copy or a second file of that name, and tells nothing.
"""

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["part", "chapter", "count", "card", "stamp"]
"""How much a name says.

`part`, `chapter`: that it is a part. `count`: that it follows another, as a camera's clip C0002 does C0001.
`card`, `stamp`: only that a machine named it, which says something where times touch.
"""

KINDS: tuple[Kind, ...] = ("part", "chapter", "count", "card", "stamp")
"""The surest first."""

SURE: frozenset[Kind] = frozenset(("part", "chapter"))


@dataclass(frozen=True, slots=True)
class PartName:
    """One name as read: the `series` that all have which belong together, the place in it, how sure that is.

    `stamp_s` is the time in the name in seconds, which counts only against others of the same series.
    """

    kind: Kind
    series: tuple[str, ...]
    number: int
    stamp_s: float | None = None


_PART = re.compile(r"(.*?)[ _.-]*[(\[]?(?<![^\W_])(?:part|teil|parte|partie)[ _.-]?(\d{1,3})[)\]]?", re.I)
_GOPRO = re.compile(r"G([HXLP])(\d\d)(\d{4})", re.I)
_GOPRO_FIRST = re.compile(r"GOPR(\d{4})", re.I)
_DJI = re.compile(r"DJI_(\d{14})_(\d{3,4})(_.*)?", re.I)
_CLIP = re.compile(r"(C)(\d{4})", re.I)
_COUNTED = re.compile(r"(.*[^\W_].*)[_-](0\d{2,3})")
_CARD = re.compile(r"(DJI|MVI|DSC|DSCN|DSCF|IMG|VID|MOV|PXL|P|M|)_?(\d{4,5})", re.I)
_STAMP = re.compile(
    r"(.*?)(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[ T_-]+(\d\d)[-_:.h]?(\d\d)[-_:.m]?(\d\d)(?!\d)(.*)"
)
_COPY = re.compile(r".* ?\(\d+\)")


@functools.lru_cache(65_536)
def read(stem: str) -> PartName | None:
    """What the name (without folder and ending) tells; None when it is a name like any other."""
    if _COPY.fullmatch(stem) or not stem:
        return None
    if (found := _PART.fullmatch(stem)) and found[1].strip(" _.-"):
        return PartName("part", (as_base(found[1]),), int(found[2]))
    if found := _GOPRO.fullmatch(stem):
        return PartName("chapter", ("gopro", found[1].lower(), found[3]), int(found[2]))
    if found := _GOPRO_FIRST.fullmatch(stem):
        return PartName("chapter", ("gopro", "p", found[1]), 0)
    if found := _DJI.fullmatch(stem):
        return PartName("card", ("dji", (found[3] or "").lower()), int(found[2]), _seconds(found[1]))
    if found := _CLIP.fullmatch(stem):
        return PartName("count", ("clip", found[1].lower()), int(found[2]))
    if found := _STAMP.fullmatch(stem):
        at_s = _seconds("".join(found.group(2, 3, 4, 5, 6, 7)))
        if at_s is not None:
            return PartName("stamp", (found[1].casefold(), found[8].casefold()), int(at_s), at_s)
    if found := _CARD.fullmatch(stem):
        return PartName("card", ("card", found[1].lower(), str(len(found[2]))), int(found[2]))
    if found := _COUNTED.fullmatch(stem):
        return PartName("count", ("counted", as_base(found[1])), int(found[2]))
    return None


def as_base(stem: str) -> str:
    """A name as the first part has it, by which `talk` is known to be before `talk-part-2`."""
    return stem.rstrip(" _.-").casefold()


def _seconds(digits: str) -> float | None:
    """The moment that fourteen digits tell, as seconds of a clock without a zone; None when it is none."""
    try:
        moment = datetime.strptime(digits, "%Y%m%d%H%M%S")
    except ValueError:
        return None
    return (moment - datetime(2000, 1, 1)).total_seconds()
