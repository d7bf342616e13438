"""An offer in words, and as the command that takes it. Pure."""

import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stagebox.media.index.few_words import listed
from stagebox.media.parts.join_offers import JoinOffer
from stagebox.media.runner import shown
from stagebox.model.paths import path_of


@dataclass(frozen=True, slots=True)
class OfferedGap:
    """What lies between part `after` (from 1) and the next: missing seconds, as `PartGap.seconds`."""

    after: int
    gap_s: float | None


@dataclass(frozen=True, slots=True)
class OfferedJoin:
    """Recordings that look like parts of one talk, as JSON and pages tell it.

    Args:
        recordings: their paths, in their order.
        what: a sentence that names them.
        why: what speaks for it. `apart`: what else of them is not in it; empty for nothing.
        command: what joins them, as it is typed; where some are joined already, that is undone first.
    """

    recordings: tuple[str, ...]
    what: str
    why: str
    apart: str
    gaps: tuple[OfferedGap, ...]
    command: str

    def to_json(self) -> dict[str, Any]:
        """The offer as a JSON object."""
        return asdict(self)


def offered(offer: JoinOffer) -> OfferedJoin:
    """The offer in words."""
    names = listed([shown(one.stem) for one in offer.parts])
    outs = {one.out for one in offer.parts}
    out = min(outs) if len(outs) == 1 and outs != {offer.parts[0].folder} else None
    joined = sorted({one.joined for one in offer.parts} - {""})
    undone = [f"stagebox join --undo {quoted(path_of(one))}" for one in joined]
    return OfferedJoin(
        offer.paths,
        f"{len(offer.parts)} recordings look like parts of one talk: {names}.",
        offer.why,
        offer.apart,
        tuple(
            OfferedGap(number, None if gap.seconds is None else round(gap.seconds, 3))
            for number, gap in enumerate(offer.gaps, 1)
        ),
        " && ".join((*undone, command(offer.paths, out or None))),
    )


def command(paths: Sequence[str], out: str | None) -> str:
    """The command that joins these recordings, given as reports spell paths."""
    words = ["stagebox join", *(quoted(path_of(path)) for path in paths)]
    return " ".join([*words, *(["--out", quoted(Path(out))] if out is not None else [])])


def quoted(path: Path) -> str:
    """The path as a shell takes it, on one line whatever is in it."""
    text = str(path)
    if text.isprintable():
        return shlex.quote(text)
    told = ""
    for letter in text:
        if letter.isprintable() and letter not in "'\\":
            told += letter
        else:
            told += "".join(f"\\x{byte:02x}" for byte in letter.encode("utf-8", "surrogateescape"))
    return f"$'{told}'"
