"""The passes over one recording: what runs side by side, and what is known when they are through.

Reading (copy, hashes, packets) and looking (picture and sound) run side by side; as soon as the copy is
written, the proof reads it back and the disk is told to hold it, while the looking goes on.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

from stagebox.media import (
    containers,
    decode_comparison,
    filmstrip,
    flv_fast_path,
    interruptions,
    join,
    mended,
    prestarted,
    remux,
    runner,
    structure,
    viewer,
)
from stagebox.media import probe as probing
from stagebox.media.analysis import RecordingAnalysis
from stagebox.media.closing import FileClosing, FileEnd
from stagebox.media.copy_proof import CopyProver
from stagebox.media.copying import RecordingCopier
from stagebox.media.job import HashKind
from stagebox.media.parallel_work import ParallelWork
from stagebox.media.pass_result import PassResult
from stagebox.media.pass_steps import PassSteps, Progress
from stagebox.media.probe import Probe
from stagebox.model.program import OnProgram, SceneLayout
from stagebox.model.report import Finding
from stagebox.model.settings import VerifySettings
from stagebox.system.files import flush


class MediaPass:
    """One recording, of one or more segments that fit together.

    Args:
        probes: the segments, in order.
        marks: where segments after the first begin.
        viewers: those that were started ahead; one that is used is taken out.
        mends: what was mended already; None: it is to be said when something should be.
        kind: which hash of the packets is told.
        layouts, program: the pack's scenes, and which was on program when, as far as that is known.

    Raises:
        UnusableError: the recording has no stream that could be kept.
    """

    def __init__(
        self,
        probes: Sequence[Probe],
        limits: VerifySettings,
        *,
        marks: Sequence[join.SegmentCut] = (),
        expected_s: float | None = None,
        progress: Progress | None = None,
        cancel: runner.Cancel | None = None,
        viewers: list[prestarted.WaitingViewer] | None = None,
        mends: Sequence[mended.MendedRecording] | None = None,
        kind: HashKind = "murmur3",
        layouts: Sequence[SceneLayout] = (),
        program: Sequence[OnProgram] = (),
    ) -> None:
        self._probes = tuple(probes)
        self._mends = mends
        self._steps = PassSteps(progress, cancel)
        self._copier = RecordingCopier(probes, marks, mends, kind, self._steps)
        self._prover = CopyProver(self._copier, mends, kind, self._steps)
        self._limits = limits
        self._marks = tuple(marks)
        self._expected_s = expected_s
        self._viewers = viewers
        self._layouts, self._program = tuple(layouts), tuple(program)

    def look(self) -> PassResult:
        """Verify alone; nothing is kept of what is written.

        Raises:
            UnusableError: not one packet could be read.
            MediaError: ffmpeg is absent, does not end, or was cancelled.
            MendingNeededError: a player could not follow the recording as it is.
        """
        plan = remux.plan(self._copier.whole)
        with ParallelWork(self._steps.failed) as work:
            index = work.start(self._copier.find_index)
            looking = work.start(self._analyse, self._probes[0], index)
            with self._copier.source() as source:
                reading = self._copier.read(source, plan, None, {})
            self._copier.check_clock(plan, reading)
            if self._copier.may_be_torn:
                path = self._probes[0].path
                pictures = [
                    decode_comparison.EndCheck(stream.index)
                    for stream in plan.streams
                    if stream.kind == "video"
                ]
                self._copier.torn = bool(
                    decode_comparison.differing(path, path, pictures, cancel=self._steps.cancel)
                )
            # Where a decoder is told something new, only a copy says what players show.
            told = reading.packets.set_ups or any(one.plan.changes for one in self._mends or ())
            differs = self._tried(index) if told else []
            analysis = looking.result()
        return self._taken(plan, reading, analysis, reading.hashes or {}, None, differs)

    def _tried(self, index: Future[flv_fast_path.FlvPackets | None]) -> Sequence[Finding]:
        """What a copy would show otherwise than the recording; it is made, proven and taken away again."""
        with tempfile.TemporaryDirectory(prefix="stagebox-tried-") as folder:
            part = Path(folder) / "look.part"
            plan, reading = self._copier.write(part, part.parent, {}, index)
            return self._prover.proven(part, plan, reading, None)[1]

    def make(self, part: Path, out: Path, metadata: Mapping[str, str]) -> PassResult:
        """Write the copy to `part`, prove it, and have it on disk; picture and sound are judged meanwhile.

        Raises:
            StorageError: the disk is full.
            UnusableError, MediaError, MendingNeededError: as `look`.
        """
        joined = len(self._probes) > 1
        with ParallelWork(self._steps.failed) as work:
            index = None if joined else work.start(self._copier.find_index)
            looking = None if index is None else work.start(self._analyse, self._probes[0], index)
            segments = work.start(self._prover.hash_segments) if joined else None
            plan, reading = self._copier.write(part, out, metadata, index)
            flushing = work.start(flush, part)
            if looking is None:
                looking = work.start(self._analyse, probing.probe(part, cancel=self._steps.cancel))
            truth, differs = self._prover.proven(part, plan, reading, segments.result if segments else None)
            flushing.result()
            return self._taken(plan, reading, looking.result(), truth, not differs, differs)

    def _analyse(
        self, probe: Probe, index: Future[flv_fast_path.FlvPackets | None] | None = None
    ) -> RecordingAnalysis:
        known = index.result() if index is not None else None
        analysis = viewer.look(
            viewer.ViewerRequest(
                probe,
                self._limits,
                self._expected_s,
                max(self._copier.deadline_s, probe.duration_s),
                self._layouts,
                self._program,
            ),
            cancel=self._steps.cancel,
            progress=lambda share: self._steps.told("look", share),
            index=known.hand_over if known is not None else None,
            spare=self._viewers,
        )
        self._steps.told("look", 1.0)
        return analysis

    def _expected(self) -> float | None:
        """How long the recording should be, but for what the gaps between its segments tell already."""
        if self._expected_s is None:
            return None
        return self._expected_s - sum(cut.gap_s or 0.0 for cut in self._marks)

    def _taken(
        self,
        plan: remux.RemuxPlan,
        reading: remux.RemuxResult,
        analysis: RecordingAnalysis,
        hashes: Mapping[int, str],
        lossless: bool | None,
        differs: Sequence[Finding] = (),
    ) -> PassResult:
        self._copier.check_something(reading)
        findings = (
            *structure.judge(
                plan,
                reading,
                self._ends(reading),
                self._limits,
                expected_s=self._expected(),
                starts_at_s=self._copier.whole.start_s,
            ),
            *(
                (interruptions.joined_part if cut.asked else interruptions.joined_with_gap)(
                    cut.at_s, cut.gap_s, cut.number
                )
                for cut in self._marks
                if not cut.seamless
            ),
            *self._mended(),
            *analysis.findings,
            *differs,
        )
        if lossless and any(one.plan.altered for one in self._mends or ()):
            lossless = False
        pictures = filmstrip.strip(analysis.filmstrip, reading.packets.duration_s)
        return PassResult(plan, reading, hashes, lossless, findings, analysis, pictures)

    def _ends(self, reading: remux.RemuxResult) -> list[FileEnd]:
        """How each segment's file ends, on the joined timeline."""
        ends, at_s = [], 0.0
        for standing in self._probes:
            probe = self._original(standing)
            tail = containers.tail(probe.path, probe.container)
            if self._copier.torn and standing is self._probes[-1] and not tail.cut:
                tail = FileClosing("picture")
            told_s = at_s + standing.duration_s
            if standing is self._probes[-1]:
                ends.append(FileEnd(tail, self._told_s(probe, at_s, reading), reading.packets.duration_s))
            else:
                ends.append(FileEnd(tail, told_s, told_s))
            at_s = told_s
        return ends

    def _mended(self) -> Iterator[Finding]:
        """What is told of the places that were mended, on the joined timeline."""
        at_s = 0.0
        for probe in self._probes:
            for one in self._mends or ():
                if one.probe.path == probe.path:
                    yield from one.findings(at_s)
            at_s += probe.duration_s

    def _original(self, probe: Probe) -> Probe:
        """The recording for which this file stands in."""
        return next((one.original for one in self._mends or () if one.probe.path == probe.path), probe)

    def _told_s(self, probe: Probe, at_s: float, reading: remux.RemuxResult) -> float:
        """Where the file ends by its own word: from its first packet, or from its clock's zero."""
        read_s = reading.packets.duration_s
        if any(len(one.probes) > 1 or one.plan.jumps for one in self._mends or ()):
            return read_s  # the rest is in other parts, or the clock says nothing of the length
        told_s = [at_s + probe.duration_s, at_s + probe.duration_s - probe.start_s]
        return min(told_s, key=lambda end_s: abs(end_s - read_s)) if probe.container == "flv" else told_s[0]
