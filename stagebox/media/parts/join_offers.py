"""Which recordings of a folder are probably parts of one talk, in which order, and what lies between. Pure.

A wrong offer costs a person a second, a wrong join a talk: so this only offers. Decision 1605 has the rules.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from stagebox.media.index.rows import natural
from stagebox.media.parts import part_names
from stagebox.media.parts.part_names import SURE, Kind, PartName
from stagebox.media.thresholds import TOUCH_S
from stagebox.messages.code_catalogue import say

RESUMED_S = 15 * 60.0
"""A recording that was interrupted goes on within this time."""

RATE_SHARE = 0.1
"""By this share the pictures a second may differ: a file that lost some tells fewer."""

State = Literal["good", "unusable", "busy"]
Clock = Literal["names", "tags", "files", "unknown"]
By = Literal["times", "names", "asked", "unknown"]


@dataclass(frozen=True, slots=True)
class TalkPart:
    """One recording, as far as it is known.

    Args:
        path: as reports spell it. `folder` is its folder, `stem` its name without `ending`.
        ended_s: when the file was last written to, UTC seconds; 0 when that is not known.
        tagged_s: when it began by its own tag, UTC seconds; None without one.
        shape: a fingerprint of codecs, size, rate and channels; empty when that is not known.
        rate: pictures a second; 0 when that is not known.
        state: `busy` is still being recorded, or not done yet.
        out: the folder of its MP4; empty when there is none.
        joined: the joined MP4 in which it is already; empty when it is in none.
    """

    path: str
    folder: str
    stem: str
    ending: str
    duration_s: float
    ended_s: float = 0.0
    tagged_s: float | None = None
    shape: str = ""
    rate: float = 0.0
    state: State = "good"
    out: str = ""
    joined: str = ""


@dataclass(frozen=True, slots=True)
class PartGap:
    """What lies between two parts: seconds that are missing, less than 0: that both have; None: unknown.

    `by` is the clock that tells it.
    """

    seconds: float | None
    by: Clock = "unknown"

    @property
    def touches(self) -> bool:
        """Whether one begins where the other ends, as far as clocks tell."""
        return self.seconds is not None and abs(self.seconds) <= TOUCH_S


UNKNOWN = PartGap(None)


@dataclass(frozen=True, slots=True)
class JoinOffer:
    """Recordings that look like parts of one talk, in their order.

    `gaps` are those between each and the next; `why` says what speaks for it, `apart` what else of the series
    is not in it, both as sentences. `outs` are the folders of their MP4s.
    """

    parts: tuple[TalkPart, ...]
    kind: Kind
    gaps: tuple[PartGap, ...]
    why: str
    apart: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The recordings, as reports spell them."""
        return tuple(one.path for one in self.parts)


def offers(parts: Iterable[TalkPart]) -> list[JoinOffer]:
    """What is to be offered of these recordings; each is in one offer at most, those of one in one folder."""
    here: dict[tuple[str, str], list[TalkPart]] = defaultdict(list)
    for one in parts:
        here[one.folder, one.ending.casefold()].append(one)
    found = [offer for group in here.values() if len(group) > 1 for offer in _in_folder(group)]
    return sorted(found, key=lambda one: (natural(one.parts[0].folder), natural(one.parts[0].stem)))


def _in_folder(parts: Sequence[TalkPart]) -> Iterable[JoinOffer]:
    taken: set[str] = set()
    by_series = series_of(parts)
    for kind in part_names.KINDS:
        for (of_kind, _), members in by_series.items():
            free = {number: one for number, one in members.items() if one.path not in taken}
            if of_kind != kind or len(free) < 2:
                continue
            for offer in _chains(kind, free):
                taken.update(offer.paths)
                yield offer


def series_of(parts: Iterable[TalkPart]) -> dict[tuple[Kind, tuple[str, ...]], dict[int, TalkPart]]:
    """The series that names tell, each with its members by number; of two with one number, neither."""
    parts = list(parts)
    read = [(one, part_names.read(one.stem)) for one in parts]
    found: dict[tuple[Kind, tuple[str, ...]], dict[int, TalkPart]] = defaultdict(dict)
    double: set[tuple[Kind, tuple[str, ...], int]] = set()
    for one, name in read:
        if name is None:
            continue
        if name.number in found[name.kind, name.series]:
            double.add((name.kind, name.series, name.number))
        found[name.kind, name.series][name.number] = one
    for kind, series, number in double:
        del found[kind, series][number]
    bases = {part_names.as_base(one.stem): one for one in parts}
    for (kind, series), members in found.items():
        first = bases.get(series[-1]) if kind == "part" or series[0] == "counted" else None
        number = 1 if kind == "part" else min(members, default=0) - 1
        if first is not None and number not in members and first not in members.values() and number >= 0:
            members[number] = first
    return found


def _chains(kind: Kind, members: Mapping[int, TalkPart]) -> Iterable[JoinOffer]:
    """The offers that one series makes: runs of members that fit, as far as they go."""
    if any(one.state == "busy" for one in members.values()):
        return  # wait for the rest
    ordered = sorted(members.items())
    runs: list[list[tuple[int, TalkPart]]] = []
    apart: list[str] = []
    for number, one in ordered:
        if one.state == "unusable":
            apart.append(f"{one.stem} cannot be read.")
            continue
        if not runs or not _follows(kind, runs[-1][-1], (number, one)):
            if runs and not fits(runs[-1][-1][1], one):
                apart.append(f"{one.stem} was recorded with other settings.")
            runs.append([])
        runs[-1].append((number, one))
    if kind in SURE:
        there = [number for number, _ in ordered]
        first = 1 if kind == "part" else there[0]
        lacking = [number for number in range(first, there[-1]) if number not in members]
        apart += [f"Part {number} is not there." for number in lacking[:3]]
    for run in runs:
        parts = tuple(one for _, one in run)
        if len(run) < 2 or (parts[0].joined and len({one.joined for one in parts}) == 1):
            continue
        gaps = tuple(gap_between(*pair, kind=kind) for pair in pairwise(parts))
        yield JoinOffer(parts, kind, gaps, _why(kind, gaps), " ".join(apart) if kind in SURE else "")


def _follows(kind: Kind, before: tuple[int, TalkPart], after: tuple[int, TalkPart]) -> bool:
    (number, one), (next_number, other) = before, after
    if not fits(one, other):
        return False
    gap = gap_between(one, other, kind=kind)
    if kind in SURE:
        return gap.seconds is None or gap.seconds <= RESUMED_S
    if kind != "stamp" and next_number != number + 1:
        return False
    return gap.touches or (kind == "count" and gap.seconds is None)


def fits(one: TalkPart, other: TalkPart) -> bool:
    """Whether both were recorded with the same settings, as far as it is known of both."""
    if not one.shape or not other.shape:
        return False
    faster = max(one.rate, other.rate)
    return one.shape == other.shape and (
        min(one.rate, other.rate) <= 0 or abs(one.rate - other.rate) <= RATE_SHARE * faster
    )


def gap_between(one: TalkPart, other: TalkPart, *, kind: Kind | None = None) -> PartGap:
    """What lies between the end of one recording and the start of the next.

    A clock that has the next one begin before the first does not know: copies have the time of copying, and a
    camera may give all chapters one tag.
    """
    named, other_named = part_names.read(one.stem), part_names.read(other.stem)
    for by, seconds in (
        ("names", _apart_by_name(named, other_named, one.duration_s)),
        ("tags", _apart_by_tag(one, other)),
        ("files", _apart_by_file(one, other)),
    ):
        shorter_s = min(one.duration_s, other.duration_s)
        if seconds is not None and seconds > (
            -TOUCH_S if by == "files" else -max(shorter_s - TOUCH_S, TOUCH_S)
        ):
            return PartGap(seconds, by)  # type: ignore[arg-type]
    if kind == "chapter" and named and other_named and other_named.number == named.number + 1:
        return PartGap(
            0.0, "names"
        )  # a camera cuts its chapters where a file becomes too large, and loses nothing
    return UNKNOWN


def _apart_by_name(one: PartName | None, other: PartName | None, duration_s: float) -> float | None:
    if one is None or other is None or one.series != other.series:
        return None
    if one.stamp_s is None or other.stamp_s is None:
        return None
    return other.stamp_s - one.stamp_s - duration_s


def _apart_by_tag(one: TalkPart, other: TalkPart) -> float | None:
    if one.tagged_s is None or other.tagged_s is None:
        return None
    return other.tagged_s - one.tagged_s - one.duration_s


def _apart_by_file(one: TalkPart, other: TalkPart) -> float | None:
    if one.ended_s <= 0 or other.ended_s <= 0:
        return None
    return other.ended_s - other.duration_s - one.ended_s


@dataclass(frozen=True, slots=True)
class PartOrder:
    """Positions of recordings in their order, and what tells it. `clash`: names and times tell others."""

    positions: tuple[int, ...]
    by: By
    clash: bool = False


def order_of(parts: Sequence[TalkPart]) -> PartOrder:
    """In which order these recordings belong: by their times, else by their names."""
    named = _by_names(parts)
    timed, sure = _by_times(parts)
    as_they_are = tuple(range(len(parts)))
    if named is None:
        return PartOrder(timed, "times") if timed is not None else PartOrder(as_they_are, "unknown")
    if timed is None or timed == named:
        return PartOrder(named, "names" if timed is None else "times")
    return PartOrder(named, "names", clash=sure)


def _by_names(parts: Sequence[TalkPart]) -> tuple[int, ...] | None:
    alike = [replace(one, folder="") for one in parts]
    for members in series_of(alike).values():
        if len(members) == len(parts):
            places = {one.path: number for number, one in members.items()}
            return tuple(sorted(range(len(parts)), key=lambda at: places[parts[at].path]))
    return None


def _by_times(parts: Sequence[TalkPart]) -> tuple[tuple[int, ...] | None, bool]:
    """The order by the first clock that all of them have, and whether copying leaves that clock alone."""
    read = [part_names.read(one.stem) for one in parts]
    stamps = [None if name is None else name.stamp_s for name in read]
    if len({None if name is None else name.series for name in read}) > 1:
        stamps = [None]
    ends = [one.ended_s - one.duration_s if one.ended_s > 0 else None for one in parts]
    clocks: tuple[tuple[Sequence[float | None], Callable[[TalkPart, TalkPart], float | None]], ...] = (
        (
            stamps,
            lambda one, other: _apart_by_name(
                part_names.read(one.stem), part_names.read(other.stem), one.duration_s
            ),
        ),
        ([one.tagged_s for one in parts], _apart_by_tag),
        (ends, _apart_by_file),
    )
    for number, (begins, apart) in enumerate(clocks):
        known = [at_s for at_s in begins if at_s is not None]
        if len(known) < len(parts) or len(set(known)) < len(parts):
            continue
        order = tuple(sorted(range(len(parts)), key=lambda at: known[at]))
        gaps = [apart(parts[one], parts[other]) for one, other in pairwise(order)]
        if all(gap is not None and gap >= -TOUCH_S for gap in gaps):
            return order, number < 2
    return None, False


_NAMED: Mapping[Kind, str] = {
    "part": "Their names say so",
    "chapter": "A camera names its chapters like this",
    "count": "Their names count on",
    "card": "Their names count on",
    "stamp": "Their names tell when they began",
}


def _why(kind: Kind, gaps: Sequence[PartGap]) -> str:
    if all(gap.touches for gap in gaps):
        return f"{_NAMED[kind]}, and each goes on where the one before ended."
    if all(gap.seconds is None for gap in gaps):
        return f"{_NAMED[kind]}; their times tell nothing."
    told = [gap_words(gap.seconds, number) for number, gap in enumerate(gaps, 1)]
    return f"{_NAMED[kind]}. {' '.join(told)}"


def gap_words(gap_s: float | None, number: int) -> str:
    """What lies between part `number` (from 1) and the next, in one sentence."""
    if gap_s is None:
        return say("gap+unknown", one=number, other=number + 1)
    key = "touches" if abs(gap_s) <= TOUCH_S else "twice" if gap_s < 0 else "missing"
    return say(f"gap+{key}", one=number, other=number + 1, length_s=abs(gap_s))
