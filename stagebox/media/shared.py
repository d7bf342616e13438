"""A talk's part of a recording that it shares with other talks: where it lies, and a copy of that part.

Talks that follow each other without a stop are in one file, which may still grow (decision 1802). A part
begins with the keyframe before its mark and ends before the keyframe after its other mark: the pictures
around a mark are in both talks, and every byte of the file is in one at least. The copy holds those bytes as
they are, behind what decoders must know. The recording itself is only read.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from stagebox.flv import tags
from stagebox.flv.tags import BACK_BYTES, FIRST_AT, KEYFRAME, KINDS, PICTURE, SCRIPT, SOUND, TAG_BYTES
from stagebox.media import containers, runner, storage
from stagebox.media.file_part import FilePart
from stagebox.media.findings import finding
from stagebox.media.job import Job
from stagebox.media.pass_steps import Progress
from stagebox.model.errors import MediaError
from stagebox.model.ranges import FileRange
from stagebox.model.report import Code, Finding, Severity
from stagebox.system.files import read_at
from stagebox.system.writers import written_by_anyone

WAIT_S = 60.0
"""So long is waited for a keyframe after the mark in a file that grows; OBS writes one within ten seconds."""
LOOK_S = 0.25
STILL_S = 5.0
"""A file that did not grow for so long, and that nobody writes, has ended."""

_PEEK_BYTES = 8
_ENHANCED, _ENHANCED_SOUND = 0x80, 9
_TRACKS, _SEQUENCE_START, _SEQUENCE_END, _METADATA = 6, 0, 2, 4
"""Packet types of enhanced RTMP: several tracks, a decoder's set-up, the end, and what holds no picture."""
_CHUNK_BYTES = 4 << 20

LookUp = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class SharedPart:
    """A part and the file that holds it, which stands in for the recording."""

    source: Path
    path: Path
    part: FilePart


@dataclass(frozen=True, slots=True)
class _Head:
    """A tag without its payload: where it begins and ends, what it is, when."""

    at: int
    end: int
    kind: int
    time_ms: int
    peek: bytes

    @property
    def _packet(self) -> int:
        """The packet type of enhanced RTMP."""
        told = self.peek[0] & 0x0F
        return self.peek[1] & 0x0F if told == _TRACKS else told

    @property
    def _is_enhanced(self) -> bool:
        if self.kind == PICTURE:
            return bool(self.peek[0] & _ENHANCED)
        return self.peek[0] >> 4 == _ENHANCED_SOUND

    @property
    def is_set_up(self) -> bool:
        """What a decoder must know."""
        if self._is_enhanced:
            return self._packet == _SEQUENCE_START
        codec = {PICTURE: self.peek[0] & 0x0F == tags.AVC, SOUND: self.peek[0] >> 4 == tags.AAC}
        return codec.get(self.kind, False) and self.peek[1] == tags.SET_UP

    @property
    def is_data(self) -> bool:
        """A coded picture or sound."""
        if self.kind == SCRIPT or self.is_set_up:
            return False
        if self._is_enhanced:
            return self._packet not in (_SEQUENCE_END, _METADATA)
        return self.kind != PICTURE or self.peek[0] & 0x0F != tags.AVC or self.peek[1] == tags.DATA

    @property
    def is_keyframe(self) -> bool:
        """A picture that needs no other one."""
        return self.kind == PICTURE and self.is_data and (self.peek[0] >> 4) & 0x07 == KEYFRAME

    @property
    def decoder(self) -> tuple[int, bytes]:
        """Which decoder it sets up."""
        return self.kind, self.peek[:7] if self._is_enhanced else b""


class _Search:
    """Looks for a part in a file that may grow; `sound`: there are no pictures, so every sound will do."""

    def __init__(self, file: int, wanted: FileRange, *, sound: bool = False) -> None:
        self._file = file
        self._wanted = wanted
        self._sound = sound
        self.at = FIRST_AT
        self.first_ms: int | None = None
        self.scripts: list[_Head] = []
        self.pictures = False
        self.start: _Head | None = None
        self.heads: tuple[_Head, ...] = ()
        self.end: _Head | None = None
        self.last_ms = 0
        self._begun = wanted.from_s is None
        self._latest: _Head | None = None
        self._latest_heads: tuple[_Head, ...] = ()
        self._set_ups: dict[tuple[int, bytes], _Head] = {}

    def go_on(self, end: int, look_up: LookUp) -> bool:
        """Look through what is there, up to `end`; whether the part's end was found."""
        count = 0
        while self.end is None and (head := self._next(end, look_up)) is not None:
            self._take(head)
            if self.end is None:
                self.at = head.end
            count += 1
            if count % 4096 == 0:
                look_up(self.at / end)
        return self.end is not None

    def settle(self) -> None:
        """There is no more in the file: without a keyframe after the mark the last one before it counts."""
        if not self._begun:
            self._begin()

    def _begin(self) -> None:
        self._begun = True
        if self._latest is not None:
            self.start, self.heads = self._latest, self._latest_heads

    def _take(self, head: _Head) -> None:
        if head.kind == SCRIPT:
            if self.start is None:
                self.scripts.append(head)
            return
        self.pictures |= head.kind == PICTURE
        if head.is_set_up:
            self._set_ups[head.decoder] = head
            return
        if not head.is_data:
            return
        if self.start is None:
            self.first_ms = head.time_ms
            self.start, self.heads = head, tuple(self._set_ups.values())
        assert self.first_ms is not None
        at_s = (head.time_ms - self.first_ms) / 1000
        if head.is_keyframe or (self._sound and head.kind == SOUND):
            from_s, to_s = self._wanted.from_s, self._wanted.to_s
            if self._latest is not None:  # There is one picture at least in each part.
                if not self._begun and from_s is not None and at_s > from_s:
                    self._begin()
                if self._begun and to_s is not None and at_s > to_s:
                    self.end = head
                    return
            self._latest, self._latest_heads = head, tuple(self._set_ups.values())
        self.last_ms = max(self.last_ms, head.time_ms)

    def _next(self, end: int, look_up: LookUp) -> _Head | None:
        """The next whole tag, behind damage if need be; None when there is none yet."""
        while True:
            head = self._head(end)
            if head is not None:
                return head
            if self.at + TAG_BYTES > end:
                return None
            read = partial(read_at, self._file)
            if tags.is_header(read(4, self.at)):
                self.at += FIRST_AT  # a second file was put behind the first
                continue
            found = tags.find(read, self.at + 1, end, look_up, closed=True)
            if found >= end:
                return None  # half a tag, of which the rest may come
            self.at = found

    def _head(self, end: int) -> _Head | None:
        raw = read_at(self._file, TAG_BYTES + _PEEK_BYTES, self.at)
        if len(raw) < TAG_BYTES or raw[0] not in KINDS or raw[8:11] != b"\0\0\0":
            return None
        size = int.from_bytes(raw[1:4], "big")
        after = self.at + TAG_BYTES + size + BACK_BYTES
        if after > end:
            return None
        back = read_at(self._file, BACK_BYTES, after - BACK_BYTES)
        if int.from_bytes(back, "big") != size + TAG_BYTES:
            return None
        time_ms = int.from_bytes(raw[4:7], "big") | raw[7] << 24
        peek = raw[TAG_BYTES : TAG_BYTES + size]
        return _Head(self.at, after, raw[0], time_ms, peek.ljust(_PEEK_BYTES, b"\xff"))


def make(
    source: Path,
    wanted: FileRange,
    target: Path,
    look_up: LookUp,
    *,
    wait_s: float = WAIT_S,
    out: Path | None = None,
) -> FilePart:
    """Write the part of the recording to `target`, and read it back: its bytes are those of the recording.

    Args:
        look_up: told now and then that work goes on; may raise.
        wait_s: how long is waited for the part's end in a file that still grows.
        out: the folder whose disk must have room for it.

    Returns what was taken; where the recording is no FLV, nothing is written, and `cut` is False.

    Raises:
        OSError: the recording cannot be read, or the disk refused the copy.
        StorageError: there is no room.
        MediaError: what was read back is not what was to be written.
    """
    with source.open("rb", buffering=0) as file:
        number = file.fileno()
        if not tags.is_header(read_at(number, 4, 0)):
            size = os.fstat(number).st_size
            return FilePart(from_s=wanted.from_s, to_s=wanted.to_s, end_byte=size, found=False, cut=False)
        search = _searched(source, number, wanted, look_up, wait_s)
        size = os.fstat(number).st_size
        if search.end is not None:
            end = search.end.at
        else:
            # What is behind the last whole packet of a file that has ended is told as what it is.
            end = search.at if wanted.to_s is not None and written_by_anyone(source) else size
        start = search.start.at if search.start is not None else min(FIRST_AT, end)
        if out is not None:
            storage.check_room(out, 2 * (end - start))
        heads = [*(search.scripts if _is_open(source, wanted) else ()), *search.heads]
        pieces = [(0, FIRST_AT), *((one.at, one.end) for one in heads), (start, end)]
        _copy(number, pieces, target, source, look_up)
    return _part(search, wanted, start, end)


def _searched(source: Path, file: int, wanted: FileRange, look_up: LookUp, wait_s: float) -> _Search:
    search = _Search(file, wanted)
    until, grew, size = time.monotonic() + wait_s, time.monotonic(), -1
    while not search.go_on(os.fstat(file).st_size, look_up) and wanted.to_s is not None:
        now = time.monotonic()
        if (more := os.fstat(file).st_size) != size:
            size, grew = more, now
        if now >= until or (now - grew >= STILL_S and not written_by_anyone(source)):
            break
        look_up(0.0)
        time.sleep(LOOK_S)
    if not search.pictures:
        search = _Search(file, wanted, sound=True)
        search.go_on(os.fstat(file).st_size, look_up)
    search.settle()
    return search


def _is_open(source: Path, wanted: FileRange) -> bool:
    """Whether the part ends with a file that was never closed: its own words about itself say so."""
    return wanted.to_s is None and not containers.tail(source, "flv").closed


def _copy(file: int, pieces: Sequence[tuple[int, int]], target: Path, source: Path, look_up: LookUp) -> None:
    wanted = hashlib.blake2b()
    with target.open("wb") as made:
        for chunk in _chunks(file, pieces):
            wanted.update(chunk)
            made.write(chunk)
            look_up(0.0)
    found = hashlib.blake2b()
    with target.open("rb") as written:
        while chunk := written.read(_CHUNK_BYTES):
            found.update(chunk)
            look_up(0.0)
    if found.digest() != wanted.digest():
        raise MediaError(
            f"What was read of {source.name} is not what was written.",
            "Process it again; take another disk if this happens twice.",
        )


def _chunks(file: int, pieces: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    for start, end in pieces:
        at = start
        while at < end and (chunk := read_at(file, min(_CHUNK_BYTES, end - at), at)):
            yield chunk
            at += len(chunk)


def _part(search: _Search, wanted: FileRange, start: int, end: int) -> FilePart:
    first_ms = search.first_ms or 0
    start_ms = search.start.time_ms if search.start is not None else first_ms
    end_ms = search.end.time_ms if search.end is not None else search.last_ms
    start_s, end_s = (start_ms - first_ms) / 1000, (end_ms - first_ms) / 1000
    return FilePart(
        from_s=wanted.from_s,
        to_s=wanted.to_s,
        first_byte=start,
        end_byte=end,
        lead_s=0.0 if wanted.from_s is None else max(0.0, wanted.from_s - start_s),
        tail_s=0.0 if wanted.to_s is None else max(0.0, end_s - wanted.to_s),
        length_s=max(0.0, end_s - start_s),
        found=wanted.to_s is None or search.end is not None,
    )


def parts_of(
    job: Job, folder: Path, name: str, cancel: runner.Cancel | None, progress: Progress | None = None
) -> list[SharedPart]:
    """A copy of each part that the job has of a shared recording, in `folder`; `clear` removes them."""

    def look_up(share: float) -> None:
        del share
        if progress is not None:
            progress("waiting", 0.0)
        if cancel is not None and cancel():
            raise runner.CancelledError

    found = []
    for number, (source, wanted) in enumerate(zip(job.sources, job.ranges, strict=False)):
        if wanted.whole or not source.exists():
            continue
        target = folder / f"{name}.{number}.shared.part"
        target.unlink(missing_ok=True)
        part = make(source, wanted, target, look_up, out=job.out)
        found.append(SharedPart(source, target if part.cut else source, part))
    return found


def clear(folder: Path, name: str) -> None:
    """Remove what `parts_of` wrote."""
    for part in folder.glob(f"{name}.*.shared.part"):
        part.unlink(missing_ok=True)


def placed(job: Job, parts: Sequence[SharedPart]) -> Job:
    """The job with all its times from where its first part begins in fact."""
    by_source = {one.source: one.part for one in parts}
    first, last = by_source.get(job.sources[0]), by_source.get(job.sources[-1])
    lead_s = first.lead_s if first is not None else 0.0
    tail_s = last.tail_s if last is not None else 0.0
    return replace(
        job,
        expected_s=None if job.expected_s is None else job.expected_s + lead_s + tail_s,
        starts_s=tuple(0.0 if not n else at_s + lead_s for n, at_s in enumerate(job.starts_s)),
        started_utc=job.started_utc - lead_s if job.started_utc else 0.0,
        pauses=tuple(replace(one, at_s=one.at_s + lead_s) for one in job.pauses),
        alarms=tuple(
            replace(one, start_s=one.start_s + lead_s, end_s=one.end_s + lead_s) for one in job.alarms
        ),
        program=tuple(
            replace(one, start_s=one.start_s + lead_s if number else 0.0)
            for number, one in enumerate(job.program)
        ),
    )


def findings(parts: Iterable[SharedPart]) -> Iterator[Finding]:
    """What is told of the recordings that the talk shares with others."""
    for one in parts:
        part, name = one.part, runner.shown(one.source.name)
        evidence = {"source": runner.exact(one.source), **part.to_json()}
        if not part.cut:
            yield finding(Code.SHARED, Severity.WARNING, 0.0, 0.0, "uncut", evidence, name=name)
            continue
        key = {(False, True): "begins", (True, False): "ends", (True, True): "between"}[
            part.to_s is not None, part.from_s is not None
        ]
        facts = {"from_s": part.from_s, "to_s": part.to_s}
        told = {name: at_s for name, at_s in facts.items() if at_s is not None}
        yield finding(Code.SHARED, Severity.NOTE, 0.0, 0.0, key, evidence, name=name, **told)
        if not part.found:
            yield finding(Code.SHARED, Severity.NOTE, 0.0, 0.0, "early", evidence, name=name)
