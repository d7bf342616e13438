"""What a batch knows of talks that were made before, and the index that it leaves behind."""

import contextlib
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from stagebox import __version__
from stagebox.media import (
    earlier_verdict,
    manifest,
    pages,
    renamed,
    runner,
    shared_talks,
    storage,
    talk_review,
)
from stagebox.media.batch_result import BatchResult, JoinedPart
from stagebox.media.collect import FoundRecording
from stagebox.media.index import writing
from stagebox.media.index.gather import not_done, place_below
from stagebox.media.index.rows import SkippedFile, UndoneRecording
from stagebox.media.index.run_log import CatalogueTalk, RunLog, load
from stagebox.media.index.shelf import ManifestShelf, ShelvedTalk
from stagebox.media.job import Job
from stagebox.media.manifest import asked_of
from stagebox.media.output_layout import OutputLayout
from stagebox.media.parts.joined import JoinedPlace, belonging, to_offer
from stagebox.media.parts.offer_words import OfferedJoin, offered
from stagebox.model.errors import StorageError
from stagebox.model.paths import path_of
from stagebox.model.report import Code
from stagebox.model.settings import Settings

EVERY_S = 2.0
"""While talks are made, the index is written anew no more often than this,"""
SHARE = 0.05
"""and takes no more than this share of the time."""


class BatchRecords:
    """For one run. `look` and `adopted` may be called from any thread, the rest from one.

    Args:
        job: what all jobs have in common.
        joins: talks that are to be joined from several of the recordings.
        about: what is known of talks from elsewhere, by the path of the recording as reports spell it.
        whole: whether `found` is all that lies in the folders that were named.
    """

    def __init__(
        self,
        settings: Settings,
        layout: OutputLayout,
        found: Sequence[FoundRecording],
        *,
        skipped: Iterable[SkippedFile] = (),
        about: Mapping[str, CatalogueTalk] | None = None,
        whole: bool = True,
        job: Job,
        joins: Sequence[Job] = (),
    ) -> None:
        self._settings = settings
        self._layout = layout
        self._found = found
        self._skipped = tuple(skipped)
        self._whole = whole
        self._about = dict(about or {})
        self._roots = [runner.exact(root.absolute()) for root in layout.roots]
        self._spots = {one.path: layout.spot(one.path, one.root) for one in found if one.unusable is None}
        own = {layout.out.absolute()} if layout.out is not None and layout.roots else set()
        self._tops = sorted(own | {spot.top for spot in self._spots.values()})
        folders = {spot.folder for spot in self._spots.values()}
        for top in self._tops:
            folders |= {top, *(top / inner for inner in load(top).folders)}
        self.folders = frozenset(folders)
        self._shelf = ManifestShelf(sorted(folders))
        self._known = list(self._shelf)
        self._several = [one for one in self._known if len(one.entry.sources) > 1]
        self._sizes = {one.entry.sources[0].size_bytes for one in self._known if one.entry.sources}
        self._thresholds = manifest.made_of(job, settings.verify)["thresholds"]
        self._limits = manifest.limits_of(job, settings.verify)
        self._job = job
        self._joins = {source: one for one in joins for source in one.sources}
        self._places = belonging(self._known).places
        self._shared = {id(one.entry): one for one in self._known if one.entry.parts}
        self._sharing = shared_talks.by_source(one.entry for one in self._shared.values())
        self._done: dict[Path, BatchResult] = {}
        self._next_s = 0.0
        self._written: tuple[int, str] | None = None

    def job(self, path: Path) -> Job:
        """The job for this recording; a talk that was made before keeps its folder, and its name."""
        spot = self._spots[path]
        if (asked := self._joins.get(path.absolute())) is not None:
            return replace(asked, top=spot.top, hash=self._job.hash, layouts=self._job.layouts)
        if (among := self._among(path)) is not None:
            entry = among.entry
            sources = tuple(path_of(stamp.path) for stamp in entry.sources)
            return replace(
                self._job,
                sources=sources,
                ranges=entry.ranges,
                out=among.folder,
                name=entry.stem,
                top=spot.top,
            )
        if (place := self._place(path)) is not None:
            return self._joined_again(place, spot.top)
        job = replace(self._job, sources=(path,), out=spot.folder, name=spot.name, top=spot.top)
        known = self._shelf.find(storage.key_of(job.sources))
        return job if known is None else _as_before(job, known)

    def together(self) -> Mapping[Path, Sequence[Path]]:
        """Of the recordings that are parts of one joined talk the first that was found, and the others.

        What comes of the first comes of all of them.
        """
        found: dict[str, list[Path]] = {}
        for path in self._spots:
            if path.absolute() in self._joins:
                found.setdefault(storage.key_of(self._joins[path.absolute()].sources), []).append(path)
            elif self._among(path) is not None:
                continue
            elif (place := self._place(path)) is not None:
                found.setdefault(place.known.key, []).append(path)
        return {paths[0]: paths[1:] for paths in found.values()}

    def as_part(self, path: Path, done: BatchResult) -> BatchResult:
        """What came of a recording that is a part of a joined talk, of which this came."""
        sources = self.job(path).sources
        names = [runner.exact(source) for source in sources]
        source = runner.exact(path.absolute())
        joined = None
        if done.report.output is not None and len(names) > 1:
            joined = JoinedPart(done.report.output, names.index(source) + 1, tuple(names))
        return replace(done, report=replace(done.report, source=source), joined=joined)

    def offers(self) -> list[OfferedJoin]:
        """What looks like parts of one talk, of which at least one was found in this run."""
        self._shelf.refresh()
        known = list(self._shelf)
        found = {runner.exact(path.absolute()) for path in self._spots}
        waiting = [one for _, one in self._left("")]
        growing = [done.report.source for done in self._done.values() if _code(done) is Code.GROWING]
        told = to_offer(known, belonging(known), waiting, growing)
        return [offered(one) for one in told if found.intersection(one.paths)]

    def _among(self, path: Path) -> ShelvedTalk | None:
        """The first of the talks that share this recording, if their MP4s hold all of it."""
        source = runner.exact(path.absolute())
        talks = [self._shared[id(entry)] for entry in self._sharing.get(source, ())]
        with contextlib.suppress(OSError):
            made = [(one.folder, one.entry) for one in talks]
            return talks[0] if talks and shared_talks.hold_all(path, source, made) else None
        return None

    def _place(self, path: Path) -> JoinedPlace | None:
        """Where this recording is in a joined MP4, if it is as it was then."""
        place = self._places.get(runner.exact(path.absolute())) if self._places else None
        return place if place is not None and manifest.is_as_it_was(place.stamp) else None

    def _joined_again(self, place: JoinedPlace, top: Path) -> Job:
        """The job that makes this joined talk."""
        entry = place.known.entry
        told = entry.page.get("joined") or {}
        gaps_s = tuple(told["gaps_s"]) if told else None
        sources = tuple(path_of(stamp.path) for stamp in entry.sources)
        name = told.get("name") if told else entry.stem
        return replace(self._job, sources=sources, out=place.known.folder, name=name, top=top, gaps_s=gaps_s)

    def finished_before(self, job: Job) -> BatchResult | None:
        """What an earlier run made of this very job."""
        known = self._shelf.find(storage.key_of(job.sources, job.ranges))
        if known is None or known.folder != job.out:
            return None
        if (len(job.sources) > 1 or job.ranges) and not _can_be_made_again(known, job):
            return _done_before(known)
        if known.entry.limits != self._limits:
            return None
        if not manifest.is_made(known.entry, job):
            return None
        return _done_before(known)

    def adopted(self, job: Job, cancel: runner.Cancel) -> Job:
        """The job; where the recording was known by another path, that of the talk as it was made."""
        path = job.sources[0]
        with contextlib.suppress(OSError, StorageError):
            size_bytes = path.stat().st_size if len(job.sources) == 1 and not job.ranges else None
            if (
                size_bytes is not None
                and size_bytes in self._sizes
                and self._shelf.find(storage.key_of(job.sources)) is None
            ):
                for known in renamed.candidates(self._known, size_bytes):
                    if renamed.is_same(path, known, cancel=cancel):
                        adopted = renamed.adopt(known, job)
                        renamed.follow(self._several, known.entry.sources[0], adopted.entry.sources[0])
                        return _as_before(job, adopted)
        return job

    def made_before(self, job: Job) -> BatchResult | None:
        """What is made of this job by now, on disk: news to whoever follows the run, as what was renamed."""
        key = storage.key_of(job.sources, job.ranges)
        entry = manifest.load(manifest.path_of(job.out / storage.HIDDEN, key))
        if entry is None or entry.limits != self._limits or not manifest.is_made(entry, job):
            return None
        known = ShelvedTalk(job.out, key, entry)
        return replace(_done_before(known), skipped=False)

    def note(self, path: Path, done: BatchResult) -> None:
        """This came of a recording; the index is written anew now and then."""
        self._done[path] = done
        if time.monotonic() >= self._next_s:
            began_s = time.monotonic()
            self.write("waits for its turn")
            ended_s = time.monotonic()
            self._next_s = ended_s + max(EVERY_S, (ended_s - began_s) / SHARE)

    def keep(self, done: Mapping[Path, BatchResult]) -> None:
        """All this came of recordings; nothing is written yet."""
        self._done.update(done)

    def write(self, why: str) -> None:
        """Write the index as far as things are.

        Args:
            why: the few words that say why the rest is not done yet.
        """
        left = list(self._left(why))
        state = (len(self._done), why if left else "")
        if state == self._written:
            return
        self._written = None
        written = 0
        growing = [_growing(one) for one in self._done.values() if _code(one) is Code.GROWING]
        for top in self._tops:
            here = {path for path, spot in self._spots.items() if spot.top == top}
            inner = {
                self._spots[path].folder.relative_to(top).as_posix()
                for path in here
                if self._spots[path].folder.is_relative_to(top)
            }
            now = RunLog(
                roots=tuple(self._roots),
                folders=tuple(sorted(inner)),
                not_done=tuple(one for path, one in left if path in here or path not in self._spots),
                skipped=(*growing, *self._skipped),
                about=self._about,
                version=__version__,
                thresholds=self._thresholds,
                whole=self._whole,
            )
            with contextlib.suppress(StorageError, OSError):
                writing.write(top, now=now, shelf=self._shelf)
                written += 1
        if written == len(self._tops):
            self._written = state

    def _left(self, why: str) -> Iterable[tuple[Path, UndoneRecording]]:
        for one in self._found:
            done = self._done.get(one.path)
            code, words, remedy = Code.NOT_DONE, why, ""
            if done is not None:
                if not done.later and (one.unusable is None or one.path.is_dir()):
                    continue
                finding = done.report.findings[0]
                code, words, remedy = finding.code, done.later or "cannot be read", finding.remedy
            elif one.unusable is not None:
                continue
            path = one.path.absolute()
            place = place_below(runner.exact(path), self._layout.folders(path.parent), self._roots)
            yield one.path, not_done(path, place, str(code), words, remedy)


def _can_be_made_again(known: ShelvedTalk, job: Job) -> bool:
    """Whether all parts of a joined talk are as they were.

    What a box recorded in parts, or without a stop between talks, is not made here.
    """
    return job.gaps_s is not None and all(manifest.is_as_it_was(stamp) for stamp in known.entry.sources)


def _as_before(job: Job, known: ShelvedTalk) -> Job:
    """The job in the folder, and by the name, in which the talk was made before."""
    there = replace(job, out=known.folder)
    # It was asked for by the recording's own name, or by one with folders in it, and keeps that.
    named = (replace(there, name=name) for name in (None, known.entry.stem))
    return next((one for one in named if known.entry.asked == asked_of(one)), there)


def _done_before(known: ShelvedTalk) -> BatchResult:
    page = pages.page_path(known.folder, known.entry.stem)
    said = talk_review.load(known.folder / storage.HIDDEN, known.key)
    return BatchResult(
        known.entry.report,
        page,
        skipped=True,
        said=said,
        compared=earlier_verdict.compared(known.entry, said),
    )


def _code(done: BatchResult) -> Code | None:
    return done.report.findings[0].code if done.report.findings else None


def _growing(done: BatchResult) -> SkippedFile:
    return SkippedFile(
        done.report.source, "growing", "still being recorded: process it again when it has ended"
    )
