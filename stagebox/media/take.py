"""The passes over one recording: what runs side by side, and what is known when they are through.

Reading (copy, hashes, packets) and looking (picture and sound) run side by side; as soon as the copy is
written, the proof reads it back and the disk is told to hold it, while the looking goes on.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from stagebox.media import (
    ahead,
    compare,
    containers,
    direct,
    film,
    join,
    mend,
    mended,
    packets,
    proof,
    remux,
    runner,
    storage,
    structure,
    viewer,
)
from stagebox.media import probe as probing
from stagebox.media.analysis import Analysis
from stagebox.media.job import HashKind
from stagebox.media.probe import Probe, UnusableError
from stagebox.media.together import Together
from stagebox.model.errors import StorageError
from stagebox.model.report import Finding, Report, StreamFacts
from stagebox.model.settings import VerifySettings

Progress = Callable[[str, float], None]
"""Called with the present step in one word and the share of the whole work done, 0 to 1."""

_WEIGHTS = {"copy": 0.3, "look": 0.5, "prove": 0.2}
_FULL = ("No space left on device", "Disk quota exceeded")
_TOO_LARGE = ("File too large",)
_REFUSED = ("Could not write header", "not currently supported in container", "Could not find tag for codec")


@dataclass(frozen=True, slots=True)
class Taken:
    """What the passes gave. `lossless` is None when nothing was written."""

    plan: remux.Plan
    reading: remux.Reading
    hashes: Mapping[int, str]
    lossless: bool | None
    findings: tuple[Finding, ...]
    analysis: Analysis
    pictures: tuple[film.Picture, ...] = ()

    def report(self, source: Path, output: Path | None) -> Report:
        """The report, findings in the order of the timeline."""
        scans = self.reading.packets.streams
        found = sorted(self.findings, key=lambda finding: (finding.start_s, -finding.severity.rank))
        return Report(
            source=runner.exact(source),
            output=None if output is None else runner.exact(output),
            lossless=self.lossless,
            duration_s=self.reading.packets.duration_s,
            streams=tuple(
                StreamFacts(
                    position,
                    stream.kind,
                    stream.codec,
                    scans[position].packets if position in scans else 0,
                    self.hashes.get(position, ""),
                )
                for position, stream in enumerate(self.plan.streams)
            ),
            findings=tuple(found),
        )


class Take:
    """One recording, of one or more segments that fit together.

    Args:
        probes: the segments, in order.
        marks: where segments after the first begin.
        viewers: those that were started ahead; one that is used is taken out.
        mends: what was mended already; None: it is to be said when something should be.
        kind: which hash of the packets is told.

    Raises:
        UnusableError: the recording has no stream that could be kept.
    """

    def __init__(
        self,
        probes: Sequence[Probe],
        limits: VerifySettings,
        *,
        marks: Sequence[join.Cut] = (),
        expected_s: float | None = None,
        progress: Progress | None = None,
        cancel: runner.Cancel | None = None,
        viewers: list[ahead.Viewer] | None = None,
        mends: Sequence[mended.Mended] | None = None,
        kind: HashKind = "murmur3",
    ) -> None:
        self._kind: HashKind = kind
        self._probes = tuple(probes)
        self._mends = mends
        if not remux.plan(probes[0]).streams:
            raise self._nothing()
        self._whole = join.as_one(probes)
        self._limits = limits
        self._marks = tuple(marks)
        self._expected_s = expected_s
        self._progress = progress
        self._outer_cancel = cancel
        self._failed = threading.Event()
        self._viewers = viewers
        self._known: direct.Known | None = None
        self._torn = False
        self._shares = dict.fromkeys(_WEIGHTS, 0.0)
        self._deadline_s = runner.deadline_for(self._whole.size_bytes)

    def look(self) -> Taken:
        """Verify alone; nothing is written.

        Raises:
            UnusableError: not one packet could be read.
            MediaError: ffmpeg is absent, does not end, or was cancelled.
            NeededError: a player could not follow the recording as it is.
        """
        plan = remux.plan(self._whole)
        with Together(self._failed) as work:
            index = work.start(self._find_index)
            looking = work.start(self._analyse, self._probes[0], index)
            with self._source() as source:
                reading = self._read(source, plan, None, {})
            if self._whole.container == "mpegts":
                path = self._probes[0].path
                pictures = [compare.End(stream.index) for stream in plan.streams if stream.kind == "video"]
                self._torn = bool(compare.differing(path, path, pictures, cancel=self._cancel))
            analysis = looking.result()
        return self._taken(plan, reading, analysis, reading.hashes or {}, None)

    def make(self, part: Path, out: Path, metadata: Mapping[str, str]) -> Taken:
        """Write the copy to `part`, prove it, and have it on disk; picture and sound are judged meanwhile.

        Raises:
            StorageError: the disk is full.
            UnusableError, MediaError, NeededError: as `look`.
        """
        joined = len(self._probes) > 1
        with Together(self._failed) as work:
            index = None if joined else work.start(self._find_index)
            looking = None if index is None else work.start(self._analyse, self._probes[0], index)
            segments = work.start(self._hash_segments) if joined else None
            plan, reading = self._write(part, out, metadata, index)
            flushing = work.start(storage.flush, part)
            if looking is None:
                looking = work.start(self._analyse, probing.probe(part, cancel=self._cancel))
            truth, differs = self._proven(part, plan, reading, segments.result if segments else None)
            flushing.result()
            return self._taken(plan, reading, looking.result(), truth, not differs, differs)

    def _proven(
        self,
        part: Path,
        plan: remux.Plan,
        reading: remux.Reading,
        segments: Callable[[], Mapping[int, str]] | None,
    ) -> tuple[Mapping[int, str], list[Finding]]:
        """The recording's hashes, and what says that the copy shows anything else.

        Args:
            segments: gives the hashes of joined segments, which were taken each by itself.
        """
        if self._known is not None:
            taken = None if self._kind == "murmur3" else self._kind
            proven = direct.prove(self._known, part, lambda share: self._went("prove", share), taken)
            hashes = reading.hashes if taken is None or proven is None else proven.hashes
            if proven is not None and hashes and all(proven.same.values()):
                self._told("prove", 1.0)
                return hashes, self._decoded(part, plan, [])
        scan = remux.scan_of(plan.streams, plan.container)
        written = self._prove(part, plan, scan)
        truth, differs = self._same_packets(plan, reading, segments, written)
        found = [differs] if differs is not None else []
        if differs is None:
            found += self._same_times(plan, reading, scan)
            found += self._decoded(part, plan, self._places(part, plan, reading))
        return truth, found

    def _same_packets(
        self,
        plan: remux.Plan,
        reading: remux.Reading,
        segments: Callable[[], Mapping[int, str]] | None,
        written: Mapping[HashKind, Mapping[int, str]],
    ) -> tuple[Mapping[int, str], Finding | None]:
        if segments is not None:
            truth = segments()
            differs = self._compare(truth, written["md5"], reading)
            return (truth if differs else written[self._kind]), differs
        if reading.hashes is not None:
            truth = reading.hashes
        else:
            with self._source() as source:
                truth = self._read(source, plan, None, {}).hashes or {}
        return truth, self._compare(truth, written[self._kind], reading)

    def _same_times(
        self, plan: remux.Plan, reading: remux.Reading, copy: packets.PacketScan
    ) -> Iterator[Finding]:
        """What says that the copy's packets are shown at other times."""
        whole = reading.packets
        if not whole.streams:
            return
        timed = [n for n, s in enumerate(plan.streams) if n in whole.streams and n not in whole.timeless]
        one, other = whole.shown_s(), copy.shown_s()
        if len(one) != len(other):
            return
        wrong = packets.shown_otherwise([one[n] for n in timed], [other[n] for n in timed])
        differs = structure.shown_otherwise({timed[n]: at_s for n, at_s in wrong.items()}, whole.duration_s)
        if differs is not None:
            yield differs

    def _places(self, part: Path, plan: remux.Plan, reading: remux.Reading) -> list[compare.Place]:
        """Where the decoders may have been told something else than by the recording."""
        if len(self._probes) > 1:
            return []  # segments that are joined have one set-up, which was compared
        made = probing.probe(part, cancel=self._cancel)
        places = [
            compare.Place(n, stream.index, 0.0)
            for n, (stream, copy) in enumerate(zip(plan.streams, made.streams, strict=False))
            if stream.setup_hash != copy.setup_hash and stream.kind in ("video", "audio")
        ]
        return places + [
            compare.Place(n, plan.streams[n].index, max(at_s, 0.0)) for n, at_s in reading.packets.set_ups
        ]

    def _decoded(self, part: Path, plan: remux.Plan, places: Sequence[compare.Place]) -> list[Finding]:
        """What says that the copy shows something else, decoded here and where it was mended."""
        if len(self._probes) > 1:
            return []
        picture = next((n for n, stream in enumerate(plan.streams) if stream.kind == "video"), 0)
        found: list[compare.Question] = []
        for one in self._mends or ():
            turns = (compare.turn(one.part, one.plan.changes, change, picture) for change in one.plan.changes)
            turned = [turn for turn in turns if turn is not None]
            found += compare.differing(one.original.path, part, turned, cancel=self._cancel)
        found += compare.differing(self._probes[0].path, part, places, cancel=self._cancel)
        first = {one.copy: one.at_s for one in sorted(found, key=lambda one: -one.at_s)}
        return [structure.decoded_otherwise(at_s, self._whole.duration_s, n) for n, at_s in first.items()]

    def _compare(
        self, source: Mapping[int, str], written: Mapping[int, str], reading: remux.Reading
    ) -> Finding | None:
        return structure.not_lossless(source, written, reading.packets.duration_s)

    def _cancel(self) -> bool:
        return self._failed.is_set() or (self._outer_cancel is not None and self._outer_cancel())

    def _went(self, step: str, share: float) -> None:
        """As `_told`, for work in this thread, which ends here when it is to be stopped."""
        if self._cancel():
            raise runner.CancelledError
        self._told(step, share)

    def _told(self, step: str, share: float) -> None:
        self._shares[step] = share
        if self._progress is not None:
            self._progress(step, sum(_WEIGHTS[name] * done for name, done in self._shares.items()))

    @contextlib.contextmanager
    def _source(self) -> Iterator[remux.Source]:
        if len(self._probes) == 1:
            yield remux.single(self._probes[0])
        else:
            with join.source(self._probes, self._marks) as source:
                yield source

    def _read(
        self,
        source: remux.Source,
        plan: remux.Plan,
        target: Path | None,
        metadata: Mapping[str, str],
        *,
        room_for_index: bool = True,
        measure: bool = True,
        packets_kept: Mapping[int, int] | None = None,
    ) -> remux.Reading:
        reading = remux.read(
            source,
            self._whole.container,
            plan,
            target,
            metadata=metadata,
            kind=self._kind if measure or self._kind == "murmur3" else None,
            room_for_index=room_for_index,
            measure=measure,
            packets_kept=packets_kept,
            deadline_s=self._deadline_s,
            cancel=self._cancel,
            progress=lambda share: self._told("copy", share),
        )
        self._told("copy", 1.0)
        return reading

    def _find_index(self) -> direct.Known | None:
        """What the index of an ordinary FLV says, None when this is none."""
        plan, probe = remux.plan(self._whole), self._probes[0]

        def look_up(share: float) -> None:
            del share
            self._went("copy", 0.0)

        if direct.may_be_known(probe, plan) and (known := direct.known(probe, plan, look_up)) is not None:
            return known
        if self._mends is None and probe.container == "flv":
            wanted = mend.plan_of(probe.path, look_up)
            if wanted is not None:
                raise mended.NeededError(wanted)
        return None

    def _write(
        self, part: Path, out: Path, metadata: Mapping[str, str], index: Future[direct.Known | None] | None
    ) -> tuple[remux.Plan, remux.Reading]:
        plan = remux.plan(self._whole)
        with self._source() as source:
            reading = self._copied(source, plan, part, metadata, index)
            reading = reading or self._read(source, plan, part, metadata)
            empty = self._empty(plan, reading)
            if empty and len(empty) < len(plan.streams):
                # An MP4 does not keep a track of which there is nothing: the streams would be numbered anew.
                plan = remux.without(plan, empty)
                reading = self._read(source, plan, part, metadata)
            if reading.exit_code != 0 and remux.INDEX_TOO_LARGE in reading.said:
                reading = self._read(source, plan, part, metadata, room_for_index=False)
            if self._whole.container == "mpegts" and reading.exit_code == 0:
                reading = self._without_tear(source, plan, part, metadata, reading)
            refused = reading.exit_code != 0 and any(words in reading.said for words in _REFUSED)
            if refused and plan.container == "mp4":
                plan = remux.as_matroska(plan, " and ".join(dict.fromkeys(s.codec for s in plan.streams)))
                reading = self._read(source, plan, part, metadata)
        if reading.exit_code != 0:
            if any(words in reading.said for words in _FULL):
                raise storage.full_error(out, self._whole.size_bytes)
            if any(words in reading.said for words in _TOO_LARGE) or reading.exit_code == -25:
                raise StorageError(
                    f"The disk of {runner.shown(out)} cannot hold a file of "
                    f"{storage.amount(self._whole.size_bytes)}.",
                    "Choose a disk that is not formatted as FAT with --out, or lift the file size limit.",
                )
        self._check_something(reading)
        return plan, reading

    def _without_tear(
        self,
        source: remux.Source,
        plan: remux.Plan,
        part: Path,
        metadata: Mapping[str, str],
        reading: remux.Reading,
    ) -> remux.Reading:
        """A transport stream does not say whether its last picture is whole: copy without one that is not."""
        pictures = [compare.End(n) for n, s in enumerate(plan.streams) if s.kind == "video"]
        torn = compare.differing(self._probes[-1].path, part, pictures, cancel=self._cancel)
        counts = {one.copy: reading.packets.streams[one.copy].packets - 1 for one in torn}
        if not torn or min(counts.values()) < 1:
            return reading
        self._torn = True
        return self._read(source, plan, part, metadata, packets_kept=counts)

    def _copied(
        self,
        source: remux.Source,
        plan: remux.Plan,
        part: Path,
        metadata: Mapping[str, str],
        index: Future[direct.Known | None] | None,
    ) -> remux.Reading | None:
        """Copy what is probably an ordinary FLV while its index is sought; None when it is not."""
        if index is None or not direct.may_be_known(self._probes[0], plan):
            return None
        reading = self._read(source, plan, part, metadata, measure=False)
        known = index.result()
        if known is None:
            return None
        reading = replace(reading, packets=known.packets)
        elsewhere = (*_FULL, *_TOO_LARGE, remux.INDEX_TOO_LARGE)
        if reading.exit_code != 0 and not any(words in reading.said for words in elsewhere):
            return None  # ffmpeg could not copy what the index promised: see packet by packet why
        self._known = known
        return reading

    def _empty(self, plan: remux.Plan, reading: remux.Reading) -> set[int]:
        scans = reading.packets.streams
        return {n for n in range(len(plan.streams)) if n not in scans or scans[n].packets == 0}

    def _check_something(self, reading: remux.Reading) -> None:
        if reading.packets.duration_s <= 0 or reading.hashes == {}:
            raise self._nothing()

    def _nothing(self) -> UnusableError:
        return UnusableError(
            f"There is neither picture nor sound to be read in {runner.shown(self._probes[0].path.name)}.",
            "Look for another file of this talk; this one is damaged at its very start.",
        )

    def _analyse(self, probe: Probe, index: Future[direct.Known | None] | None = None) -> Analysis:
        known = index.result() if index is not None else None
        analysis = viewer.look(
            viewer.Wanted(probe, self._limits, self._expected_s, max(self._deadline_s, probe.duration_s)),
            cancel=self._cancel,
            progress=lambda share: self._told("look", share),
            index=known.hand_over if known is not None else None,
            spare=self._viewers,
        )
        self._told("look", 1.0)
        return analysis

    def _hash_segments(self) -> Mapping[int, str]:
        streams = remux.plan(self._whole).streams
        return proof.hash_segments(self._probes, streams, deadline_s=self._deadline_s, cancel=self._cancel)

    def _prove(
        self, part: Path, plan: remux.Plan, scan: packets.PacketScan
    ) -> Mapping[HashKind, Mapping[int, str]]:
        hashes = proof.hash_file(
            part,
            plan.streams,
            tuple({self._kind, "md5"}) if len(self._probes) > 1 else (self._kind,),
            source_container=self._whole.container,
            scan=scan,
            deadline_s=self._deadline_s,
            cancel=self._cancel,
        )
        if hashes is None:
            raise UnusableError(
                f"What can be read from {runner.shown(self._probes[0].path.name)} makes no file that plays.",
                "Look for another file of this talk. The recording is kept as it is.",
            )
        self._told("prove", 1.0)
        return hashes

    def _expected(self) -> float | None:
        """How long the recording should be, but for what the gaps between its segments tell already."""
        if self._expected_s is None:
            return None
        return self._expected_s - sum(cut.gap_s or 0.0 for cut in self._marks)

    def _taken(
        self,
        plan: remux.Plan,
        reading: remux.Reading,
        analysis: Analysis,
        hashes: Mapping[int, str],
        lossless: bool | None,
        differs: Sequence[Finding] = (),
    ) -> Taken:
        self._check_something(reading)
        findings = (
            *structure.judge(
                plan,
                reading,
                self._ends(reading),
                self._limits,
                expected_s=self._expected(),
                starts_at_s=self._whole.start_s,
            ),
            *(
                structure.joined_with_gap(cut.at_s, cut.gap_s, cut.number)
                for cut in self._marks
                if not cut.seamless
            ),
            *self._mended(),
            *analysis.findings,
            *differs,
        )
        if lossless and any(one.plan.changes for one in self._mends or ()):
            lossless = False
        pictures = film.strip(analysis.filmstrip, reading.packets.duration_s)
        return Taken(plan, reading, hashes, lossless, findings, analysis, pictures)

    def _ends(self, reading: remux.Reading) -> list[structure.End]:
        """How each segment's file ends, on the joined timeline."""
        ends, at_s = [], 0.0
        for standing in self._probes:
            probe = self._original(standing)
            tail = containers.tail(probe.path, probe.container)
            if self._torn and standing is self._probes[-1] and not tail.cut:
                tail = structure.Tail("its last picture is incomplete")
            told_s = at_s + standing.duration_s
            if standing is self._probes[-1]:
                ends.append(
                    structure.End(tail, self._told_s(probe, at_s, reading), reading.packets.duration_s)
                )
            else:
                ends.append(structure.End(tail, told_s, told_s))
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

    def _told_s(self, probe: Probe, at_s: float, reading: remux.Reading) -> float:
        """Where the file ends by its own word: from its first packet, or from its clock's zero."""
        read_s = reading.packets.duration_s
        if any(len(one.probes) > 1 or one.plan.jumps for one in self._mends or ()):
            return read_s  # the rest is in other parts, or the clock says nothing of the length
        told_s = [at_s + probe.duration_s, at_s + probe.duration_s - probe.start_s]
        return min(told_s, key=lambda end_s: abs(end_s - read_s)) if probe.container == "flv" else told_s[0]
