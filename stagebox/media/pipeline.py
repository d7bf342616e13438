"""From a recording to a proven MP4 with an honest verdict; `verify_recording` looks and writes nothing."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stagebox import __version__
from stagebox.media import (
    earlier_verdict,
    growing,
    interruptions,
    join,
    live_findings,
    manifest,
    mended,
    pages,
    prestarted,
    runner,
    shared,
    storage,
)
from stagebox.media.file_part import FilePart
from stagebox.media.findings import finding
from stagebox.media.job import HashKind, Job
from stagebox.media.manifest import FileStamp, ManifestEntry
from stagebox.media.media_pass import MediaPass
from stagebox.media.mend import MendPlan
from stagebox.media.mended import MendedRecording, MendingNeededError
from stagebox.media.pass_result import PassResult
from stagebox.media.pass_steps import Progress
from stagebox.media.probe import Probe, UnusableError
from stagebox.media.rescue.second_output import SecondOutput
from stagebox.media.shared import SharedPart
from stagebox.model.errors import MediaError, RefusedError
from stagebox.model.program import SceneLayout
from stagebox.model.report import Code, Finding, Report, Severity
from stagebox.model.settings import Settings
from stagebox.system.files import flush_folder


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """What came of a job. `skipped` says that it had been done before; paths are None when not written."""

    report: Report
    report_path: Path | None = None
    page_path: Path | None = None
    skipped: bool = False


def verify_recording(
    path: Path,
    settings: Settings,
    *,
    expected_s: float | None = None,
    progress: Progress | None = None,
    cancel: runner.Cancel | None = None,
    viewers: list[prestarted.WaitingViewer] | None = None,
    kind: HashKind = "murmur3",
    layouts: Sequence[SceneLayout] = (),
) -> Report:
    """The report on a recording; nothing is written.

    Args:
        expected_s: how long the session was by its clock, in seconds.
        viewers: those that were started ahead; one that is used is taken out.
        kind: which hash of the packets the report tells.
        layouts: the scenes of the pack, whose boxes are judged.

    Raises:
        MediaError: ffmpeg is absent, does not end, or was cancelled. A recording that cannot be read is a
            report.
    """
    try:

        def look(probe: Probe, mends: Sequence[MendedRecording] | None) -> PassResult:
            return MediaPass(
                [probe],
                settings.verify,
                expected_s=expected_s,
                progress=progress,
                cancel=cancel,
                viewers=viewers,
                mends=mends,
                kind=kind,
                layouts=layouts,
            ).look()

        probe, plan = mended.probed(path, cancel)
        if plan is None:
            try:
                return look(probe, None).report(path, None)
            except MendingNeededError as needed:
                plan = needed.plan
        with tempfile.TemporaryDirectory(prefix="stagebox-mended-") as folder:
            one = mended.make(probe, plan, Path(folder), "look", cancel or (lambda: False))
            return (look(one.probe, [one]) if one else look(probe, ())).report(path, None)
    except (OSError, MediaError) as error:
        try:
            if not getattr(error, "foreign", False):
                growing.check_there([path])
        except UnusableError as gone:
            return gone.report(path)
        if not isinstance(error, UnusableError):
            raise
        return error.report(path)


def process_recording(
    job: Job,
    settings: Settings,
    *,
    progress: Progress | None = None,
    cancel: runner.Cancel | None = None,
) -> Report:
    """Make the proven MP4 of one talk in `job.out` and return the report; see `process`."""
    return process(job, settings, progress=progress, cancel=cancel).report


def process(
    job: Job,
    settings: Settings,
    *,
    progress: Progress | None = None,
    cancel: runner.Cancel | None = None,
    viewers: list[prestarted.WaitingViewer] | None = None,
) -> JobOutcome:
    """Make the proven MP4 of one talk in `job.out`, with its reports, unless that was done before.

    The sources are never changed. The output gets its name only when it is whole, proven and on disk; a file
    that is there already is never overwritten, unless it is this talk's own earlier output and not better.

    Args:
        viewers: those that were started ahead; one that is used is taken out.

    Raises:
        StorageError: the output folder cannot be written, or the disk is full; nothing partial is left.
        UnusableError: a recording was taken away while it was read.
        MediaError: ffmpeg is absent, does not end, or was cancelled.
    """
    if not job.sources:
        raise MediaError("There is no recording of this session.", "Look for its files in OBS's folder.")
    hidden = storage.prepare(job.out)
    key = storage.key_of(job.sources, job.ranges)
    try:
        with storage.exclusive(hidden, key, deadline_s=storage.OTHER_RUN_DEADLINE_S, cancel=cancel):
            outcome = _JobRun(job, settings, hidden, key, progress, cancel, viewers).process()
    except OSError as error:
        growing.check_there(job.sources)
        raise storage.folder_error(job.out, error) from error
    if not outcome.report.usable:
        growing.check_there(job.sources)
    return outcome


class _JobRun:
    """One job in one output folder, whose lock is held."""

    def __init__(
        self,
        job: Job,
        settings: Settings,
        hidden: Path,
        key: str,
        progress: Progress | None,
        cancel: runner.Cancel | None,
        viewers: list[prestarted.WaitingViewer] | None,
    ) -> None:
        self._job = job
        self._settings = settings
        self._hidden = hidden
        self._key = key
        self._progress = progress
        self._cancel = cancel
        self._viewers = viewers
        self._sources = manifest.stamps(job.sources)
        self._asked = manifest.asked_of(job)
        self._limits = manifest.limits_of(job, settings.verify)
        self._known, self._unread = manifest.load(manifest.path_of(hidden, key)), False
        if self._known is None:
            self._unread = manifest.set_aside(hidden, key)
        self._made = manifest.made_of(job, settings.verify)
        self._stored: ManifestEntry | None = None
        self._mends: list[MendedRecording] = []
        self._rescuer = SecondOutput(job, settings, hidden, key, cancel)
        self._form: Mapping[str, Any] = {}
        self._read = job.sources
        """What is read: the recordings, or a copy of the talk's part of one."""
        self._shared: list[SharedPart] = []

    def process(self) -> JobOutcome:
        known = self._known
        current = known is not None and manifest.is_current(known, self._job, self._settings.verify)
        if known is not None and current and self._rescuer.is_done(known):
            out = self._job.out
            told, page = pages.report_path(out, known.stem), pages.page_path(out, known.stem)
            return JobOutcome(known.report, told, page, skipped=True)
        try:
            self._take_parts()
            return self._processed()
        finally:
            shared.clear(self._hidden, self._key)

    def _take_parts(self) -> None:
        """Copy what the talk has of recordings that it shares with others."""
        job = self._job
        self._shared = shared.parts_of(job, self._hidden, self._key, self._cancel, self._progress)
        if not self._shared:
            return
        read = {one.source: one.path for one in self._shared}
        self._read = tuple(read.get(source, source) for source in job.sources)
        # The recording may have grown meanwhile.
        self._sources = manifest.stamps(job.sources)
        self._job = shared.placed(job, self._shared)
        self._rescuer = SecondOutput(self._job, self._settings, self._hidden, self._key, self._cancel)

    def _processed(self) -> JobOutcome:
        probes, unusable = self._probe()
        if not probes:
            if self._job.gaps_s is not None:
                raise unusable[0]
            return self._store_failed(unusable[0].report(self._job.sources[0]))
        try:
            return self._make(probes, unusable)
        except UnusableError as error:
            if self._job.gaps_s is not None:
                raise
            return self._store_failed(error.report(self._job.sources[0]))
        finally:
            mended.clear(self._hidden, self._key)

    def _probe(self) -> tuple[list[Probe], list[UnusableError]]:
        probes: list[Probe] = []
        unusable: list[UnusableError] = []
        for source in self._read:
            try:
                probe, plan = mended.probed(source, self._cancel)
                probe = self._as_long_as_it_is(probe)
                probes.append(self._standing(len(probes), probe, plan) if plan is not None else probe)
            except UnusableError as error:
                unusable.append(error)
        if len(probes) > 1:
            probes = [self._followed(number, probe) for number, probe in enumerate(probes)]
            # What a file tells of its own length is not true after a crash, and the next is put at its end.
            probes = [join.measured(probe, cancel=self._cancel) for probe in probes]
        return probes, unusable

    def _as_long_as_it_is(self, probe: Probe) -> Probe:
        """The part of a shared recording says nothing of its own length, but that is known."""
        part = next((one.part for one in self._shared if one.path == probe.path and one.part.cut), None)
        return probe if part is None or probe.duration_s == 0 else replace(probe, duration_s=part.length_s)

    def _followed(self, number: int, probe: Probe) -> Probe:
        """The segment, or what stands in for it if no player could follow it as it is."""
        if self._recorded(probe) is not probe:
            return probe
        plan = mended.plan_for(probe, self._cancelled)
        return probe if plan is None or len(plan.parts) > 1 else self._standing(number, probe, plan)

    def _standing(self, number: int, probe: Probe, plan: MendPlan) -> Probe:
        """What stands in for this segment."""
        storage.check_room(self._job.out, 2 * probe.size_bytes)
        one = mended.make(probe, plan, self._hidden, f"{self._key}.{number}", self._cancelled)
        if one is None:
            return probe
        self._mends.append(one)
        return one.probe

    def _judged_again(self, probe: Probe) -> JobOutcome | None:
        """The talk judged anew, where its MP4 stays as it is; None when one must be made.

        It was proven by this very version, and holds the packets that are read now.
        """
        known = self._known
        if known is None or known.version != __version__ or known.output is None:
            return None
        usable = known.report.lossless and known.output.path.endswith(".mp4")
        if not usable or not manifest.is_made(known, self._job):
            return None
        try:
            taken = self._take([probe], self._mends or None).look()
        except MendingNeededError:
            return None  # it was mended, or has parts
        if not _same(known, replace(taken, lossless=True)):
            return None
        return self._again(known, [probe], replace(taken, lossless=True))

    def _again(self, known: ManifestEntry, chosen: Sequence[Probe], taken: PassResult) -> JobOutcome:
        taken = replace(taken, findings=(*taken.findings, *self._told_live(chosen)))
        assert known.output is not None
        report = taken.report(self._job.sources[0], self._job.out / Path(known.output.path).name)
        outcome = self._store(report, taken, known.output, stem=known.stem)
        return self._with_rescue(outcome, chosen, taken)

    def _told_live(self, chosen: Sequence[Probe]) -> list[Finding]:
        """What is known from while it was recorded."""
        asleep = [one for one in self._job.alarms if one.lacks_s]
        return [
            *(interruptions.slept(one.start_s, one.end_s, one.lacks_s, one.sentence) for one in asleep),
            *(interruptions.paused(one) for one in self._job.pauses),
            *shared.findings(self._shared),
            *live_findings.findings(self._job.alarms, sum(probe.duration_s for probe in chosen)),
        ]

    def _make(self, probes: Sequence[Probe], unusable: Sequence[UnusableError]) -> JobOutcome:
        if len(self._job.sources) == 1 and (again := self._judged_again(probes[0])) is not None:
            return again
        groups = join.groups(probes)
        if self._job.gaps_s is not None:
            self._check_all(probes, unusable, groups)
        self._form = join.form(self._recorded(probes[0]))
        main = max(groups, key=lambda group: sum(probes[position].duration_s for position in group))
        extra = [_lost_segment(error) for error in unusable]
        for number, group in enumerate(groups, 1):
            if group is not main:
                extra.append(self._make_apart([probes[position].path for position in group], number))
        chosen = [probes[position] for position in main]
        extra += self._told_live(chosen)
        storage.check_room(self._job.out, sum(probe.size_bytes for probe in chosen))
        part = self._hidden / f"{self._key}.part"
        part.unlink(missing_ok=True)
        try:
            taken = self._taken(chosen, part)
            taken = replace(taken, findings=(*taken.findings, *extra))
            if self._job.gaps_s is not None and not taken.lossless:
                raise RefusedError(
                    "What was joined does not hold exactly what was recorded, so nothing was made.",
                    "Keep the parts as they are: each has an MP4 of its own.",
                )
            outcome = self._publish(part, taken)
        finally:
            part.unlink(missing_ok=True)
        return self._with_rescue(outcome, chosen, taken)

    def _check_all(
        self, probes: Sequence[Probe], unusable: Sequence[UnusableError], groups: Sequence[Sequence[int]]
    ) -> None:
        """Refuse to join less than all of what a person named."""
        for error in unusable:
            raise error
        if len(groups) > 1:
            one, other = probes[groups[0][-1]], probes[groups[1][0]]
            raise misfit(self._recorded(one), self._recorded(other), join.misfits(one, other))

    def _taken(self, chosen: Sequence[Probe], part: Path) -> PassResult:
        """Make the copy; of what stands in for the recording, if no player could follow it as it is."""
        about = self._job.facts.metadata()
        mends = (
            [one for one in self._mends if one.probe.path in {probe.path for probe in chosen}]
            if self._mends
            else None
        )
        try:
            return self._take(chosen, mends if len(chosen) == 1 else mends or ()).make(
                part, self._job.out, about
            )
        except MendingNeededError as needed:
            storage.check_room(self._job.out, 2 * chosen[0].size_bytes)
            one = mended.make(chosen[0], needed.plan, self._hidden, self._key, self._cancelled)
        if one is None:
            return self._take(chosen, ()).make(part, self._job.out, about)
        self._mends.append(one)
        taken = self._take([one.probe], [one]).make(part, self._job.out, about)
        apart = [
            self._make_apart([other.path], number, taken.reading.packets.duration_s)
            for number, other in one.others
        ]
        return replace(taken, findings=(*taken.findings, *apart))

    def _take(self, probes: Sequence[Probe], mends: Sequence[MendedRecording] | None) -> MediaPass:
        return MediaPass(
            probes,
            self._settings.verify,
            marks=self._marks(probes),
            expected_s=None if _in_parts(mends) else self._job.expected_s,
            progress=self._progress,
            cancel=self._cancel,
            viewers=self._viewers,
            mends=mends,
            kind=self._job.hash,
            layouts=self._job.layouts,
            program=self._job.program,
        )

    def _cancelled(self) -> bool:
        return self._cancel is not None and self._cancel()

    def _with_rescue(self, outcome: JobOutcome, probes: Sequence[Probe], taken: PassResult) -> JobOutcome:
        """The outcome with its rescue output, if one was wanted; the entry says that it was thought of."""
        entry = self._stored
        if entry is None or entry.report.output is None:
            return outcome
        source_of = dict(zip(self._read, self._job.sources, strict=True))
        recorded = {probe.path: source_of.get(path := self._recorded(probe).path, path) for probe in probes}
        known = self._known
        made = known.report.rescue if known is not None and known.output == entry.output else None
        entry = self._rescuer.add(entry, probes, recorded, made)
        manifest.save(self._hidden, self._key, entry)
        if entry.report.rescue is None:
            return outcome
        pages.write(self._job, entry, taken, self._hidden, self._key)
        return replace(outcome, report=entry.report)

    def _marks(self, chosen: Sequence[Probe]) -> tuple[join.SegmentCut, ...]:
        if self._job.gaps_s is not None:
            return join.asked_cuts([probe.duration_s for probe in chosen], self._job.gaps_s)
        recorded = [self._recorded(probe) for probe in chosen]
        splits = join.splits_of(self._read, self._job.splits, recorded)
        starts_s: list[float] = []
        if len(self._job.starts_s) == len(self._job.sources):
            by_path = dict(zip(self._read, self._job.starts_s, strict=True))
            starts_s = [by_path[self._recorded(probe).path] for probe in chosen]
            starts_s = join.split_starts(starts_s, chosen, splits)
        return join.cuts([probe.duration_s for probe in chosen], starts_s, self._job.expected_s, splits)

    def _recorded(self, probe: Probe) -> Probe:
        """The segment for which this file stands in."""
        return next((one.original for one in self._mends if one.probe.path == probe.path), probe)

    def _make_apart(self, sources: Sequence[Path], number: int, at_s: float = 0.0) -> Finding:
        """Segments that do not fit become an output of their own."""
        stem = self._job.name or self._job.sources[0].stem
        job = replace(
            self._job,
            sources=tuple(sources),
            name=f"{stem} - part {number}",
            expected_s=None,
            starts_s=(),
            splits=(),
            pauses=(),
            alarms=(),
            program=(),
            ranges=(),
        )
        outcome = process(job, self._settings, cancel=self._cancel)
        return finding(
            Code.GAP,
            Severity.WARNING,
            at_s,
            at_s,
            "apart" if outcome.report.output else "apart_lost",
            {"output": outcome.report.output, "verdict": str(outcome.report.verdict)},
            number=number,
            output=outcome.report.output or "",
        )

    def _publish(self, part: Path, taken: PassResult) -> JobOutcome:
        known = self._known
        kept = manifest.output_path(self._job.out, known) if known is not None else None
        if known is not None and kept is not None and known.asked == self._asked and _same(known, taken):
            # The output of an earlier run holds the very same packets: only the verdict is new.
            report = taken.report(self._job.sources[0], kept)
            return self._store(report, taken, known.output, stem=known.stem)
        with storage.exclusive(self._hidden, "names", deadline_s=60.0, cancel=self._cancel):
            worse = known is not None and kept is not None and _worse(known, taken)
            stem = self._stem(anew=worse)
            target = self._job.out / (stem + taken.plan.suffix)
            report = taken.report(self._job.sources[0], target)
            earlier = manifest.stamp(target) if target.exists() else None
            stamp = replace(manifest.stamp(part), path=runner.exact(target))
            outcome = self._store(report, taken, stamp, stem=stem, replaces=earlier)
            part.replace(target)
            flush_folder(self._job.out)
        return outcome

    def _stem(self, *, anew: bool) -> str:
        """The name for output and reports: this talk's own from before, or a free one."""
        out, known = self._job.out, self._known
        wanted = self._job.name or self._job.sources[0].stem
        if known is not None and not anew and (known.stem == wanted or known.stem.startswith(f"{wanted} (")):
            present = any(os.path.lexists(out / (known.stem + suffix)) for suffix in (".mp4", ".mkv"))
            if not present or manifest.own_path(out, known) is not None:
                return known.stem
        return storage.free_stem(out, wanted, pages.taken(out))

    def _parts(self) -> tuple[FilePart, ...]:
        """Which part of each source the talk has; empty where it has all of each."""
        if not self._job.ranges:
            return ()
        known = {one.source: one.part for one in self._shared}
        whole = FilePart(from_s=None, to_s=None)
        return tuple(known.get(source, whole) for source in self._job.sources)

    def _store_failed(self, report: Report) -> JobOutcome:
        """Store a report without an output; no other run takes its name meanwhile."""
        with storage.exclusive(self._hidden, "names", deadline_s=60.0, cancel=self._cancel):
            return self._store(report, None, None, stem=self._stem(anew=False))

    def _store(
        self,
        report: Report,
        taken: PassResult | None,
        output: FileStamp | None,
        *,
        stem: str,
        replaces: FileStamp | None = None,
    ) -> JobOutcome:
        """Write entry and pages. A report without an output never takes the place of one with."""
        known = self._known
        before = known.report.consent if known is not None else None
        report = replace(report, consent=self._job.consent or before)
        if output is None and known is not None and manifest.output_path(self._job.out, known) is not None:
            return JobOutcome(report)
        entry = ManifestEntry(
            sources=self._sources or (),
            asked=self._asked,
            limits=self._limits,
            stem=stem,
            output=output,
            report=report,
            page={**pages.summary(self._job, taken), **self._form},
            replaces=replaces,
            version=__version__,
            made=self._made,
            before=earlier_verdict.UNREADABLE
            if self._unread
            else earlier_verdict.kept(known, self._made, self._limits),
            parts=self._parts(),
        )
        manifest.save(self._hidden, self._key, entry)
        self._stored = entry
        report_path, page_path = pages.write(self._job, entry, taken, self._hidden, self._key)
        return JobOutcome(report, report_path, page_path)


def _in_parts(mends: Sequence[MendedRecording] | None) -> bool:
    """Whether there are outputs beside this one, so that its length says nothing of the session's."""
    return any(len(one.probes) > 1 for one in mends or ())


def _same(known: ManifestEntry, taken: PassResult) -> bool:
    return bool(known.report.lossless and taken.lossless) and [
        stream.hash for stream in known.report.streams
    ] == [taken.hashes.get(position) for position in range(len(taken.plan.streams))]


def _worse(known: ManifestEntry, taken: PassResult) -> bool:
    shorter = taken.reading.packets.duration_s < known.report.duration_s - 0.1
    return shorter or bool(known.report.lossless and not taken.lossless)


def misfit(one: Probe, other: Probe, differs: Sequence[str]) -> RefusedError:
    """The refusal to join two recordings that differ like this."""
    names = f"{runner.shown(one.path.name)} and {runner.shown(other.path.name)}"
    return RefusedError(
        f"{names} do not fit together: {'; '.join(differs) or 'they were recorded with other settings'}.",
        "Each keeps an MP4 of its own. Join those that fit, or put them together in a video editor.",
    )


def _lost_segment(error: UnusableError) -> Finding:
    return finding(error.code, Severity.CRITICAL, 0.0, 0.0, "part", why=error.what)
