"""Copies one recording, of one or more segments, and takes what is to be known of its packets on the way."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from stagebox.media import (
    decode_comparison,
    flv_fast_path,
    join,
    mend,
    mended,
    remux,
    retime,
    runner,
    storage,
)
from stagebox.media.job import HashKind
from stagebox.media.pass_steps import PassSteps
from stagebox.media.probe import Probe, UnusableError, unusable
from stagebox.model.errors import StorageError

_FULL = ("No space left on device", "Disk quota exceeded")
_TOO_LARGE = ("File too large",)
_BACKWARDS = "Non-monotonous DTS"
_REFUSED = ("Could not write header", "not currently supported in container", "Could not find tag for codec")


class RecordingCopier:
    """Reads one recording, and writes its copy.

    `whole` is all segments as one. `known` is what the index of an ordinary FLV says of the packets, once it
    is found; `torn` whether the last picture turned out to be incomplete.

    Args:
        probes: the segments, in order.
        marks: where segments after the first begin.
        mends: what was mended already; None: it is to be said when something should be.
        kind: which hash of the packets is taken.
    """

    def __init__(
        self,
        probes: Sequence[Probe],
        marks: Sequence[join.SegmentCut],
        mends: Sequence[mended.MendedRecording] | None,
        kind: HashKind,
        steps: PassSteps,
    ) -> None:
        self.probes = tuple(probes)
        if not remux.plan(self.probes[0]).streams:
            raise self.nothing()
        self.whole = join.as_one(self.probes)
        self.deadline_s = runner.deadline_for(self.whole.size_bytes)
        self.known: flv_fast_path.FlvPackets | None = None
        self.torn = False
        self._marks = tuple(marks)
        self._mends = mends
        self._kind: HashKind = kind
        self._steps = steps

    @contextlib.contextmanager
    def source(self) -> Iterator[remux.RemuxSource]:
        """The recording as ffmpeg opens it."""
        if len(self.probes) == 1:
            yield remux.single(self.probes[0])
        else:
            with join.source(self.probes, self._marks) as source:
                yield source

    def read(
        self,
        source: remux.RemuxSource,
        plan: remux.RemuxPlan,
        target: Path | None,
        metadata: Mapping[str, str],
        *,
        room_for_index: bool = True,
        measure: bool = True,
        packets_kept: Mapping[int, int] | None = None,
    ) -> remux.RemuxResult:
        """Read the recording once, as `remux.read`."""
        reading = remux.read(
            source,
            self.whole.container,
            plan,
            target,
            metadata=metadata,
            kind=self._kind if measure or self._kind == "murmur3" else None,
            room_for_index=room_for_index,
            measure=measure,
            packets_kept=packets_kept,
            deadline_s=self.deadline_s,
            cancel=self._steps.cancel,
            progress=lambda share: self._steps.told("copy", share),
        )
        self._steps.told("copy", 1.0)
        return reading

    def find_index(self) -> flv_fast_path.FlvPackets | None:
        """What the index of an ordinary FLV says, None when this is none."""
        plan, probe = remux.plan(self.whole), self.probes[0]

        def look_up(share: float) -> None:
            del share
            self._steps.went("copy", 0.0)

        if flv_fast_path.may_be_known(probe, plan):
            known = flv_fast_path.known(probe, plan, look_up)
            if known is not None:
                return known
        if self._mends is None and probe.container in ("flv", "mpegts"):
            wanted = (
                mend.plan_of(probe.path, look_up)
                if probe.container == "flv"
                else retime.plan_of(probe.path, probe.container, look_up)
            )
            if wanted is not None:
                raise mended.MendingNeededError(wanted)
        return None

    def check_clock(self, plan: remux.RemuxPlan, reading: remux.RemuxResult) -> None:
        """Raise MendingNeededError when the packets' times, or what decoders are told, change in the middle.

        FLVs and transport streams are asked by `find_index` already.
        """
        sound = {number for number, stream in enumerate(plan.streams) if stream.kind == "audio"}
        if self._mends is not None or self.whole.container in ("flv", "mpegts"):
            return
        if _BACKWARDS in reading.said or retime.is_suspect(reading.packets, sound):
            probe = self.probes[0]
            wanted = retime.plan_of(probe.path, probe.container, lambda share: self._steps.went("copy", 0.0))
            if wanted is not None:
                raise mended.MendingNeededError(wanted)

    @property
    def may_be_torn(self) -> bool:
        """Whether the recording is a transport stream, which does not say whether its end is whole."""
        streams = (self.whole, *(one.original for one in self._mends or ()))
        return any(one.container == "mpegts" for one in streams)

    def write(
        self,
        part: Path,
        out: Path,
        metadata: Mapping[str, str],
        index: Future[flv_fast_path.FlvPackets | None] | None,
    ) -> tuple[remux.RemuxPlan, remux.RemuxResult]:
        """Write the copy to `part`; what was kept of the recording, and what reading it gave.

        Raises:
            StorageError: the disk of `out` is full, or cannot hold so large a file.
            UnusableError: not one packet could be read.
        """
        plan = remux.plan(self.whole)
        with self.source() as source:
            reading = self._copied(source, plan, part, metadata, index)
            reading = reading or self.read(source, plan, part, metadata)
            empty = self._empty(plan, reading)
            if empty and len(empty) < len(plan.streams):
                # An MP4 does not keep a track of which there is nothing: the streams would be numbered anew.
                plan = remux.without(plan, empty)
                reading = self.read(source, plan, part, metadata)
            if reading.exit_code != 0 and remux.INDEX_TOO_LARGE in reading.said:
                reading = self.read(source, plan, part, metadata, room_for_index=False)
            self.check_clock(plan, reading)
            if self.may_be_torn and reading.exit_code == 0:
                reading = self._without_tear(source, plan, part, metadata, reading)
            refused = reading.exit_code != 0 and any(words in reading.said for words in _REFUSED)
            if refused and plan.container == "mp4":
                plan = remux.as_matroska(plan, " and ".join(dict.fromkeys(s.codec for s in plan.streams)))
                reading = self.read(source, plan, part, metadata)
        if reading.exit_code != 0:
            if any(words in reading.said for words in _FULL):
                raise storage.full_error(out, self.whole.size_bytes)
            if any(words in reading.said for words in _TOO_LARGE) or reading.exit_code == -25:
                raise StorageError(
                    f"The disk of {runner.shown(out)} cannot hold a file of "
                    f"{storage.amount(self.whole.size_bytes)}.",
                    "Choose a disk that is not formatted as FAT with --out, or lift the file size limit.",
                )
        self.check_something(reading)
        return plan, reading

    def _without_tear(
        self,
        source: remux.RemuxSource,
        plan: remux.RemuxPlan,
        part: Path,
        metadata: Mapping[str, str],
        reading: remux.RemuxResult,
    ) -> remux.RemuxResult:
        """A transport stream does not say whether its last picture is whole: copy without one that is not."""
        pictures = [decode_comparison.EndCheck(n) for n, s in enumerate(plan.streams) if s.kind == "video"]
        torn = decode_comparison.differing(self.probes[-1].path, part, pictures, cancel=self._steps.cancel)
        counts = {one.copy: reading.packets.streams[one.copy].packets - 1 for one in torn}
        if not torn or min(counts.values()) < 1:
            return reading
        self.torn = True
        return self.read(source, plan, part, metadata, packets_kept=counts)

    def _copied(
        self,
        source: remux.RemuxSource,
        plan: remux.RemuxPlan,
        part: Path,
        metadata: Mapping[str, str],
        index: Future[flv_fast_path.FlvPackets | None] | None,
    ) -> remux.RemuxResult | None:
        """Copy what is probably an ordinary FLV while its index is sought; None when it is not."""
        if index is None or not flv_fast_path.may_be_known(self.probes[0], plan):
            return None
        reading = self.read(source, plan, part, metadata, measure=False)
        known = index.result()
        if known is None:
            return None
        reading = replace(reading, packets=known.packets)
        elsewhere = (*_FULL, *_TOO_LARGE, remux.INDEX_TOO_LARGE)
        if reading.exit_code != 0 and not any(words in reading.said for words in elsewhere):
            return None  # ffmpeg could not copy what the index promised: see packet by packet why
        self.known = known
        return reading

    def _empty(self, plan: remux.RemuxPlan, reading: remux.RemuxResult) -> set[int]:
        scans = reading.packets.streams
        return {n for n in range(len(plan.streams)) if n not in scans or scans[n].packets == 0}

    def check_something(self, reading: remux.RemuxResult) -> None:
        """Raise UnusableError when not one packet was read."""
        if reading.packets.duration_s <= 0 or reading.hashes == {}:
            raise self.nothing()

    def nothing(self) -> UnusableError:
        """The error for a recording of which nothing can be kept."""
        return unusable("nothing", name=runner.shown(self.probes[0].path.name))
