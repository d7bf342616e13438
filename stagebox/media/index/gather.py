"""From what was made and what runs saw to the rows of the index. Reads whether recordings are there."""

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from stagebox.media import earlier_verdict, pages, storage, talk_review
from stagebox.media.index.rows import (
    IndexedTalk,
    IndexRow,
    IndexTotals,
    ReviewedReport,
    RowLinks,
    SkippedFile,
    UndoneRecording,
    as_likely_part,
    in_order,
    row_of,
    row_of_not_done,
    totals,
    with_apart,
)
from stagebox.media.index.run_log import CatalogueTalk, RunLog, within
from stagebox.media.index.shelf import ShelvedTalk
from stagebox.media.index.talk_place import TalkPlace, place_of
from stagebox.media.index.unrecorded import UnrecordedTalk, unrecorded_in
from stagebox.media.manifest import is_as_it_was
from stagebox.media.parts.joined import TalkBelonging, belonging, to_offer
from stagebox.media.parts.offer_words import OfferedJoin, offered
from stagebox.media.report_html import page_stem
from stagebox.media.runner import exact, shown
from stagebox.media.talk_review import TalkReview
from stagebox.media.verdict_changes import BasisChange
from stagebox.model.paths import path_of
from stagebox.model.report import Report


@dataclass(frozen=True, slots=True)
class GoneTalk:
    """A talk whose recording is not there any more; its MP4 is."""

    talk: str
    output: str
    video: str


@dataclass(frozen=True, slots=True)
class EveningIndex:
    """All that the index tells, in order.

    `earlier_verdict` has what verdicts and the last ones before them were made with, and how many talks each
    is of.
    """

    title: str
    rows: tuple[IndexRow, ...]
    totals: IndexTotals
    skipped: tuple[SkippedFile, ...] = ()
    gone: tuple[GoneTalk, ...] = ()
    reports: tuple[tuple[Report, dict[str, Any], dict[str, Any]], ...] = field(default=(), repr=False)
    since: tuple[tuple[BasisChange, int], ...] = ()
    offers: tuple[OfferedJoin, ...] = ()
    unrecorded: tuple[UnrecordedTalk, ...] = ()


def gathered(top: Path, known: Iterable[ShelvedTalk], run: RunLog) -> EveningIndex:
    """The index of the folder `top`.

    A talk whose recording is gone from a folder in which the last runs looked is no row any more.
    """
    top = top.absolute()
    roots = [root for root in run.roots if path_of(root).is_dir()]
    talks = list(known)
    belong = belonging(talks)
    kept = {id(one) for one in talks if id(one) not in belong.within and not _is_gone(one, roots)}
    kept |= {id(other) for one in talks if id(one) in kept for other in belong.apart.get(one.key, ())}
    there = [one for one in talks if id(one) in kept]
    own = [one for one in there if belong.is_own(one)]
    sources = {source.path for one in there for source in one.entry.sources} | {
        source_of(one) for one in there
    }
    said = {id(one): talk_review.load(one.folder / storage.HIDDEN, one.key) for one in there}
    numbers = BasisNumbers()
    rows = [
        row_for(top, one, run, roots, belong, lambda known: said[id(known)], numbers=numbers) for one in own
    ]
    rows += [row_of_not_done(one) for one in run.not_done if one.source not in sources and lies(one.source)]
    growing = [one.source for one in run.skipped if one.why == "growing"]
    offers = [offered(one) for one in to_offer(there, belong, run.not_done, growing)]
    likely = {path: one for one in offers for path in one.recordings}
    rows = [
        as_likely_part(row, likely[row.source].recordings) if row.source in likely else row for row in rows
    ]
    events = {str(one.entry.page.get("event", "")) for one in there} - {""}
    return EveningIndex(
        title=shown(events.pop()) if len(events) == 1 else shown(top.name) or "Recordings",
        rows=tuple(in_order(rows)),
        totals=totals(
            rows,
            sum({source.path: source.size_bytes for one in own for source in one.entry.sources}.values())
            + sum(one.size_bytes for one in run.not_done if one.source not in sources),
            sum(one.entry.output.size_bytes for one in there if one.entry.output is not None),
        ),
        skipped=tuple(one for one in run.skipped if one.source not in sources and lies(one.source)),
        gone=tuple(
            GoneTalk(shown(one.entry.stem), one.entry.report.output or "", _video(top, one))
            for one in talks
            if id(one) not in kept and one.entry.output is not None and id(one) not in belong.parts
        ),
        since=tuple(numbers.talks.items()),
        reports=tuple(
            (
                one.entry.report,
                {**one.entry.page, "picture": None},
                talk_review.beside(one.entry.report, said[id(one)]),
            )
            for one in own
        ),
        offers=tuple(offers),
        unrecorded=unrecorded_in(top / pages.FOLDER),
    )


def row_for(
    top: Path,
    one: ShelvedTalk,
    run: RunLog,
    roots: Sequence[str],
    belong: TalkBelonging,
    said: Callable[[ShelvedTalk], TalkReview | None],
    *,
    numbers: "BasisNumbers | None" = None,
) -> IndexRow:
    """A talk's row in the index of `top`, with what had to be put into MP4s of their own.

    Args:
        roots: the folders in which was looked, as far as they are there.
        said: what people said of a talk.
        numbers: gives the talk its number, where the index tells what changed.
    """

    def drawn(known: ShelvedTalk) -> tuple[IndexedTalk, ReviewedReport]:
        words = said(known)
        return talk_of(top, known, run, roots, words), talk_review.judge(known.entry.report, words)

    talk, judged = drawn(one)
    apart = [drawn(other) for other in belong.apart.get(one.key, ())]
    return with_apart(row_of(numbers.given(talk) if numbers is not None else talk, judged), apart)


def place_below(path: str, folder: Sequence[str], roots: Sequence[str]) -> TalkPlace:
    """The place of a recording by its folders below the innermost root that holds it, else by `folder`."""
    holding = [root for root in roots if within(path, root)]
    stem = _stem(path)
    if not holding:
        return place_of(folder, stem)
    root = min(holding, key=len)
    inner = os.path.dirname(path)[len(root.rstrip("/")) :].split("/")  # noqa: PTH120
    return place_of([part for part in inner if part], stem, os.path.basename(root))  # noqa: PTH119


def as_known(place: TalkPlace, room: str, started_at: str) -> TalkPlace:
    """The place, with what is known better than folders tell: the room, and when it began (ISO 8601)."""
    day, time = _when(started_at)
    return TalkPlace(day or shown(place.day), shown(room) or shown(place.room), time or place.time)


class BasisNumbers:
    """Gives each pair of ways in which verdicts were made its number, and counts the talks of each."""

    def __init__(self) -> None:
        self.talks: dict[BasisChange, int] = {}

    def given(self, talk: IndexedTalk) -> IndexedTalk:
        """The talk with its number, where there was a verdict before."""
        if talk.compared is None:
            return talk
        met = talk.compared.since
        self.talks[met] = self.talks.get(met, 0) + 1
        return replace(talk, since=list(self.talks).index(met))


def talk_of(
    top: Path, one: ShelvedTalk, run: RunLog, roots: Sequence[str], said: TalkReview | None
) -> IndexedTalk:
    """What is known of a talk for its row in the index of `top`.

    Args:
        roots: the folders in which was looked, as far as they are there.
        said: what people said of it.
    """
    entry, source = one.entry, source_of(one)
    page, output, sources = entry.page, entry.output, entry.sources
    about = run.about.get(source, CatalogueTalk())
    below = _inner(top, one.folder)
    place = place_below(source, below, roots)
    place = as_known(place, str(page.get("room") or about.room), page.get("started_at") or about.started_at)
    return IndexedTalk(
        key=one.key,
        name=shown(entry.stem if not source or _is_part(one) else _stem(source)),
        report=entry.report,
        place=place,
        title=shown(str(page.get("title") or about.title)),
        speaker=shown(str(page.get("speaker") or about.speaker)),
        size_bytes=output.size_bytes if output is not None else sum(one.size_bytes for one in sources),
        links=RowLinks(_video(top, one), _page(top, one), str(page.get("picture") or "")),
        compared=earlier_verdict.compared(one.entry, said),
        parts=tuple(one.path for one in sources) if len(sources) > 1 else (),
        changed=len(sources) > 1 and any(not is_as_it_was(one) for one in sources),
    )


def source_of(one: ShelvedTalk) -> str:
    """The first recording's path as the manifest has it."""
    return one.entry.sources[0].path if one.entry.sources else one.entry.report.source


def _is_part(one: ShelvedTalk) -> bool:
    """Whether it is a part of a recording, which was made apart from the rest."""
    return f"/{storage.HIDDEN}/" in source_of(one)


def _is_gone(one: ShelvedTalk, roots: Sequence[str]) -> bool:
    sources = [source.path for source in one.entry.sources]
    return bool(sources) and all(
        any(within(path, root) for root in roots) and not lies(path) for path in sources
    )


def lies(path: str) -> bool:
    """Whether something is at this path, as reports spell paths."""
    return os.path.lexists(path) or ("\\x" in path and os.path.lexists(path_of(path)))


def _when(text: str) -> tuple[str, str]:
    """Day and time of a moment in ISO 8601, by this computer's clock; empty when it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return "", ""
    moment = moment.astimezone() if moment.tzinfo is not None else moment
    return f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"


def _stem(path: str) -> str:
    """As `Path.stem`, many times as fast."""
    return os.path.splitext(os.path.basename(path))[0]  # noqa: PTH119, PTH122


@functools.lru_cache(1024)
def _inner(top: Path, folder: Path) -> tuple[str, ...]:
    return folder.relative_to(top).parts if folder.is_relative_to(top) else ()


@functools.lru_cache(1024)
def _below(top: Path, folder: Path) -> str:
    """The address of a folder as seen from the page, which lies in `top/reports`."""
    inner = folder.relative_to(top) if folder.is_relative_to(top) else folder
    path = os.fsencode(inner)
    return quote(path) + "/" if inner.is_absolute() else "../" + (quote(path) + "/" if path != b"." else "")


def _video(top: Path, one: ShelvedTalk) -> str:
    if one.entry.output is None:
        return ""
    suffix = ".mkv" if one.entry.output.path.endswith(".mkv") else ".mp4"
    return _below(top, one.folder) + address(one.entry.stem + suffix)


def _page(top: Path, one: ShelvedTalk) -> str:
    inside = _below(top, one.folder)
    name = address(page_stem(one.entry.stem) + ".html")
    return name if inside == "../" else f"{inside}reports/{name}"


def address(name: str) -> str:
    """A file's name as part of a link."""
    return quote(name.encode("utf-8", "surrogateescape"))


def not_done(path: Path, place: TalkPlace, code: str, words: str, remedy: str = "") -> UndoneRecording:
    """What is told of a recording that was left for later."""
    try:
        size_bytes = path.stat().st_size
    except OSError:
        size_bytes = 0
    return UndoneRecording(exact(path.absolute()), shown(path.stem), place, code, words, remedy, size_bytes)
