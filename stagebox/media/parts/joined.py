"""Which talks that were made belong to another one: parts that were joined, and what was made apart from it.

Pure, but for whether joined MP4s and their parts are there as they were.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from stagebox.media import manifest, storage
from stagebox.media.index.rows import UndoneRecording
from stagebox.media.index.shelf import ShelvedTalk
from stagebox.media.manifest import FileStamp
from stagebox.media.parts.join_offers import JoinOffer, TalkPart, offers
from stagebox.model.report import Code


@dataclass(frozen=True, slots=True)
class JoinedPlace:
    """A recording in a proven MP4 with others: the talk, and which part it is, from 1."""

    known: ShelvedTalk
    number: int
    stamp: FileStamp

    @property
    def of(self) -> int:
        """How many parts there are."""
        return len(self.known.entry.sources)


@dataclass(frozen=True, slots=True)
class TalkBelonging:
    """How talks belong together.

    `places` are recordings in a proven MP4 with others, by path. `parts` are talks of one recording each that
    is such a part, as it was; `apart` are talks made apart from another one, by the key of that, and `within`
    the same; `undone` are joined talks whose MP4 is not there any more: the parts are by themselves again.
    Talks are told by identity.
    """

    places: Mapping[str, JoinedPlace] = field(default_factory=dict)
    parts: frozenset[int] = frozenset()
    apart: Mapping[str, Sequence[ShelvedTalk]] = field(default_factory=dict)
    within: frozenset[int] = frozenset()
    undone: frozenset[int] = frozenset()

    def is_own(self, known: ShelvedTalk) -> bool:
        """Whether this is a talk of its own."""
        return all(id(known) not in some for some in (self.parts, self.within, self.undone))


def is_joined(known: ShelvedTalk) -> bool:
    """Whether a person had this talk joined."""
    return "joined" in known.entry.page


def belonging(known: Iterable[ShelvedTalk]) -> TalkBelonging:
    """How these talks belong together."""
    talks = list(known)
    several = [one for one in talks if len(one.entry.sources) > 1 and not one.entry.parts]
    there = [one for one in several if manifest.output_path(one.folder, one.entry) is not None]
    undone = {id(one) for one in several if is_joined(one)} - {id(one) for one in there}
    places = {
        stamp.path: JoinedPlace(one, number, stamp)
        for one in there
        if one.entry.report.lossless
        for number, stamp in enumerate(one.entry.sources, 1)
    }
    keys = {one.key for one in talks}
    told = {
        str(finding.evidence["output"]): one.key
        for one in talks
        for finding in one.entry.report.findings
        if finding.code is Code.GAP and finding.evidence.get("output")
    }
    parts, apart = set(), dict[str, list[ShelvedTalk]]()
    for one in talks:
        parent = _made_apart_from(one)
        parent = parent if parent in keys else told.get(str(one.entry.report.output), "")
        if parent and parent != one.key:
            apart.setdefault(parent, []).append(one)
        elif _is_part(one, places):
            parts.add(id(one))
    within = frozenset(id(one) for some in apart.values() for one in some)
    return TalkBelonging(places, frozenset(parts), apart, within, frozenset(undone))


def _made_apart_from(one: ShelvedTalk) -> str:
    """The key of the talk of which this is a stretch that could not stand in one MP4 with the rest."""
    path = one.entry.sources[0].path if one.entry.sources else one.entry.report.source
    folder, _, name = path.rpartition("/")
    return name.partition(".")[0] if folder.endswith(f"/{storage.HIDDEN}") else ""


def _is_part(one: ShelvedTalk, places: Mapping[str, JoinedPlace]) -> bool:
    if len(one.entry.sources) != 1:
        return False
    place = places.get(one.entry.sources[0].path)
    return place is not None and place.stamp == one.entry.sources[0]


def to_offer(
    known: Iterable[ShelvedTalk],
    belong: TalkBelonging,
    waiting: Iterable[UndoneRecording] = (),
    growing: Iterable[str] = (),
) -> list[JoinOffer]:
    """What is to be offered of the talks that were made; nothing while others of the series are not done.

    Args:
        waiting, growing: recordings that are not done yet, and paths of those that are still written to.
    """
    single = [
        one
        for one in known
        if len(one.entry.sources) == 1 and not one.entry.parts and one.key not in belong.apart
    ]
    parts = [part_of(one, belong) for one in single if belong.is_own(one) or _is_whole(one, belong)]
    paths = {one.path for one in parts}
    busy = [one.source for one in waiting] + list(growing)
    parts += [_named(path, state="busy") for path in busy if path not in paths and path not in belong.places]
    return offers(parts)


def part_of(known: ShelvedTalk, belong: TalkBelonging) -> TalkPart:
    """A talk of one recording as something that may be a part, or is one already."""
    entry = known.entry
    (source,) = entry.sources
    told = entry.page.get("recorded") or {}
    return _named(
        source.path,
        duration_s=entry.report.duration_s,
        ended_s=source.mtime_ns / 1e9,
        tagged_s=tagged_s(str(told.get("tagged") or "")),
        shape=str(told.get("shape") or ""),
        rate=float(told.get("rate") or 0.0),
        state="good" if entry.report.usable else "unusable",
        out=str(known.folder),
        joined=_joined_in(known, belong),
    )


def _is_whole(known: ShelvedTalk, belong: TalkBelonging) -> bool:
    """Whether this is a part of a joined talk that could be undone: all its parts are as they were."""
    if id(known) not in belong.parts:
        return False
    place = belong.places[known.entry.sources[0].path]
    return all(manifest.is_as_it_was(stamp) for stamp in place.known.entry.sources)


def _joined_in(known: ShelvedTalk, belong: TalkBelonging) -> str:
    if id(known) not in belong.parts:
        return ""
    return belong.places[known.entry.sources[0].path].known.entry.report.output or ""


def _named(path: str, *, duration_s: float = 0.0, **told: Any) -> TalkPart:
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    return TalkPart(path, folder, stem if dot else name, dot + ending if dot else "", duration_s, **told)


def tagged_s(text: str) -> float | None:
    """The moment that a file's own tag tells, in UTC seconds; None without one, and for a clock never set."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp() if moment.year > 2000 else None
