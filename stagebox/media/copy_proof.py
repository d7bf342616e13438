"""Proves that a copy holds and shows what its recording does: packets, times, what decoders are told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from stagebox.flv.tags import PICTURE
from stagebox.media import (
    copy_findings,
    decode_comparison,
    flv_fast_path,
    mended,
    own_times,
    packets,
    remux,
    runner,
    stream_hashes,
)
from stagebox.media import probe as probing
from stagebox.media.copying import RecordingCopier
from stagebox.media.job import HashKind
from stagebox.media.pass_steps import PassSteps
from stagebox.media.probe import unusable
from stagebox.model.report import Finding, Severity


class CopyProver:
    """Holds the copy that `copier` made against its recording.

    Args:
        mends: what was mended.
        kind: which hash of the packets is told.
    """

    def __init__(
        self,
        copier: RecordingCopier,
        mends: Sequence[mended.MendedRecording] | None,
        kind: HashKind,
        steps: PassSteps,
    ) -> None:
        self._copier = copier
        self._mends = mends
        self._kind: HashKind = kind
        self._steps = steps

    def proven(
        self,
        part: Path,
        plan: remux.RemuxPlan,
        reading: remux.RemuxResult,
        segments: Callable[[], Mapping[int, str]] | None,
    ) -> tuple[Mapping[int, str], list[Finding]]:
        """The recording's hashes, and what says that the copy shows anything else.

        Args:
            segments: gives the hashes of joined segments, which were taken each by itself.
        """
        if self._copier.known is not None:
            taken = None if self._kind == "murmur3" else self._kind
            proven = flv_fast_path.prove(
                self._copier.known, part, lambda share: self._steps.went("prove", share), taken
            )
            hashes = reading.hashes if taken is None or proven is None else proven.hashes
            if proven is not None and hashes and all(proven.same.values()):
                self._steps.told("prove", 1.0)
                return hashes, self._decoded(part, plan, [])
        scan = remux.scan_of(plan.streams, plan.container)
        written = self._prove(part, plan, scan)
        truth, differs = self._same_packets(plan, reading, segments, written)
        found = [differs] if differs is not None else []
        if differs is None:
            found += self._same_times(plan, reading, scan)
            found += self._decoded(part, plan, self._places(part, plan, reading), self._begins(plan, scan))
        return truth, found

    def _same_packets(
        self,
        plan: remux.RemuxPlan,
        reading: remux.RemuxResult,
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
            with self._copier.source() as source:
                truth = self._copier.read(source, plan, None, {}).hashes or {}
        return truth, self._compare(truth, written[self._kind], reading)

    def _same_times(
        self, plan: remux.RemuxPlan, reading: remux.RemuxResult, copy: packets.PacketScan
    ) -> Iterator[Finding]:
        """What says that the copy's packets are shown at other times."""
        whole = reading.packets
        if not whole.streams:
            return
        timed = [n for n, s in enumerate(plan.streams) if n in whole.streams and n not in whole.timeless]
        one, other = whole.shown_s(), copy.shown_s()
        if len(one) != len(other):
            return
        own = self._own_times(plan, reading, timed)
        mine = [one[n] for n in timed] if own is None else own
        wrong = packets.shown_otherwise(mine, [other[n] for n in timed])
        differs = copy_findings.shown_otherwise(
            {timed[n]: at_s for n, at_s in wrong.items()}, whole.duration_s
        )
        if differs is not None:
            # Where times step back, no player can keep to them: nothing is missing.
            yield differs if own is None else replace(differs, severity=Severity.WARNING)

    def _own_times(
        self, plan: remux.RemuxPlan, reading: remux.RemuxResult, timed: Sequence[int]
    ) -> list[packets.Floats] | None:
        """When the recording's packets are shown by its own word; None where ffmpeg kept to it."""
        if len(self._copier.probes) > 1 or not any(words in reading.said for words in own_times.MOVED):
            return None
        return own_times.shown_s(
            self._copier.probes[0].path,
            [plan.streams[n].index for n in timed],
            lambda: self._steps.went("prove", 0.0),
        )

    def _places(
        self, part: Path, plan: remux.RemuxPlan, reading: remux.RemuxResult
    ) -> list[decode_comparison.PlaceCheck]:
        """Where the decoders may have been told something else than by the recording."""
        if len(self._copier.probes) > 1:
            return []  # segments that are joined have one set-up, which was compared
        made = probing.probe(part, cancel=self._steps.cancel)
        places = [
            decode_comparison.PlaceCheck(n, stream.index, 0.0)
            for n, (stream, copy) in enumerate(zip(plan.streams, made.streams, strict=False))
            if stream.setup_hash != copy.setup_hash and stream.kind in ("video", "audio")
        ]
        return places + [
            decode_comparison.PlaceCheck(n, plan.streams[n].index, max(at_s, 0.0))
            for n, at_s in reading.packets.set_ups
        ]

    def _begins(
        self, plan: remux.RemuxPlan, copy: packets.PacketScan
    ) -> list[decode_comparison.BeginningCheck]:
        """An MP4 begins with its first packet: pictures that are shown before that one are hidden."""
        return [
            decode_comparison.BeginningCheck(n, stream.index)
            for n, stream in enumerate(plan.streams)
            if stream.kind == "video" and (clock := copy.streams.get(n)) is not None
            if clock.pts.size and clock.pts.min() < clock.pts[0]
        ]

    def _decoded(
        self,
        part: Path,
        plan: remux.RemuxPlan,
        places: Sequence[decode_comparison.PlaceCheck],
        begins: Sequence[decode_comparison.BeginningCheck] = (),
    ) -> list[Finding]:
        """What says that the copy shows something else, decoded here and where it was mended."""
        if len(self._copier.probes) > 1:
            return []
        picture = next((n for n, stream in enumerate(plan.streams) if stream.kind == "video"), 0)
        found: list[decode_comparison.Question] = []
        places = list(places)
        for one in self._mends or ():
            turns = (
                decode_comparison.turn(one.part, one.plan.changes, change, picture)
                for change in one.plan.changes
            )
            asked: list[decode_comparison.Question] = [turn for turn in turns if turn is not None]
            again = self._told_again(one, plan)
            if one.plan.jumps:
                places += again  # a seek finds no place in such a recording: what stands in is decoded
            else:
                recorded = next((s.index for s in one.original.streams if s.kind == "video"), 0)
                asked += (replace(place, recorded=recorded) for place in again)
            found += decode_comparison.differing(one.original.path, part, asked, cancel=self._steps.cancel)
        found += decode_comparison.differing(
            self._copier.probes[0].path, part, [*places, *begins], cancel=self._steps.cancel
        )
        hidden = {one.copy for one in found if isinstance(one, decode_comparison.BeginningCheck)}
        first = {one.copy: one.at_s for one in sorted(found, key=lambda one: -one.at_s)}
        return [
            copy_findings.begins_otherwise(self._copier.whole.duration_s, n)
            if n in hidden
            else copy_findings.decoded_otherwise(at_s, self._copier.whole.duration_s, n)
            for n, at_s in first.items()
        ]

    def _told_again(
        self, one: mended.MendedRecording, plan: remux.RemuxPlan
    ) -> list[decode_comparison.PlaceCheck]:
        """Where the picture's set-up changes in a recording that is no FLV; streams are its stand-in's."""
        if not one.plan.other:
            return []
        return [
            decode_comparison.PlaceCheck(number, stream.index, (change.at_ms - one.part.first_ms) / 1000)
            for change in one.plan.changes
            if change.kind == PICTURE and one.part.first_ms <= change.at_ms <= one.part.end_ms
            for number, stream in enumerate(plan.streams)
            if stream.kind == "video"
        ]

    def _compare(
        self, source: Mapping[int, str], written: Mapping[int, str], reading: remux.RemuxResult
    ) -> Finding | None:
        return copy_findings.not_lossless(source, written, reading.packets.duration_s)

    def hash_segments(self) -> Mapping[int, str]:
        """Hashes of the segments, each read by itself, one after the other."""
        streams = remux.plan(self._copier.whole).streams
        return stream_hashes.hash_segments(
            self._copier.probes, streams, deadline_s=self._copier.deadline_s, cancel=self._steps.cancel
        )

    def _prove(
        self, part: Path, plan: remux.RemuxPlan, scan: packets.PacketScan
    ) -> Mapping[HashKind, Mapping[int, str]]:
        hashes = stream_hashes.hash_file(
            part,
            plan.streams,
            tuple({self._kind, "md5"}) if len(self._copier.probes) > 1 else (self._kind,),
            source_container=self._copier.whole.container,
            scan=scan,
            deadline_s=self._copier.deadline_s,
            cancel=self._steps.cancel,
        )
        if hashes is None:
            raise unusable("does_not_play", name=runner.shown(self._copier.probes[0].path.name))
        self._steps.told("prove", 1.0)
        return hashes
