"""The backup recording: a FLAC file that is whole at every moment, whatever ends the process.

libFLAC hands each finished frame (4096 samples, 85 ms) to the file at once, but writes how many samples
there are only when the file is closed; until then readers call it endless. So the count is written into
the header several times a second, and the file is flushed to the disk every second.
"""

import json
import os
import queue
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from stagebox.devices.backup_recorder.sound_levels import Block
from stagebox.messages.code_catalogue import worded
from stagebox.model.report import Code
from stagebox.system.files import write_whole

SCHEMA = "stagebox.backup/1"

QUEUE_BLOCKS = 300
"""Thirty seconds of sound, about 12 MB: so long may a disk stand still."""

COUNT_EVERY_S = 0.25
FLUSH_EVERY_S = 1.0
MARK_EVERY_S = 10.0
MARKS = 240
GAPS = 1000
_FRAME = 4096
_COUNT_AT = 21
"""Where in the file the 36 bits of the sample count begin, in the low half of this byte (RFC 9639, 8.2)."""


@dataclass(frozen=True, slots=True)
class ClockMark:
    """`frame` samples of each channel had arrived at these times."""

    frame: int
    monotonic_s: float
    utc_s: float


@dataclass(frozen=True, slots=True)
class FilledGap:
    """`frames` samples of silence stand at `frame` for sound that was lost.

    They may lie up to `uncertain_s` seconds too late: the loss was noticed after so long at most.
    """

    frame: int
    frames: int
    uncertain_s: float
    why: str


@dataclass(slots=True)
class BackupDiary:
    """What the file beside the backup says: when which sample was heard. Bounded.

    `started_*` is when the first sample had arrived; `clock` names the boot that monotonic seconds belong
    to. `latency_s` is how long, as the driver says,
    sound took until it arrived.
    """

    file: str
    device: str
    rate_hz: int
    channels: int
    latency_s: float
    clock: str
    started_monotonic_s: float | None = None
    started_utc_s: float | None = None
    marks: list[ClockMark] = field(default_factory=list)
    gaps: list[FilledGap] = field(default_factory=list)
    gaps_left_out: int = 0
    frames: int = 0
    closed: bool = False

    def mark(self, mark: ClockMark) -> None:
        """Note when the sound so far had arrived. Of too many marks every other goes, never the first."""
        self.marks.append(mark)
        if len(self.marks) > MARKS:
            del self.marks[1::2]

    def gap(self, gap: FilledGap) -> None:
        """Note a gap; of too many only the number."""
        if len(self.gaps) < GAPS:
            self.gaps.append(gap)
        else:
            self.gaps_left_out += 1

    def to_json(self) -> dict[str, Any]:
        """The JSON object that is written."""
        return {"schema": SCHEMA, **asdict(self)}


def claim(wanted: Path) -> Path:
    """Make an empty file that was not there: `wanted`, or with -part-2, -part-3, … Raises OSError.

    A file whose diary is there counts as taken too.
    """
    number = 1
    while True:
        path = wanted if number == 1 else wanted.with_name(f"{wanted.stem}-part-{number}{wanted.suffix}")
        number += 1
        if diary_path(path).exists():
            continue
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        except FileExistsError:
            continue
        return path


def not_written(path: Path, reason: str) -> str:
    """Why there is no backup, as a sentence; in English with `reason`, as the system says it."""
    words = f"The backup of the sound cannot be written to {path}: {reason}."
    return worded(f"{Code.EAR_DOWN}.not_written", words, path=str(path))


def diary_path(path: Path) -> Path:
    """Where the diary of a backup lies."""
    return path.with_name(path.name + ".json")


class BackupWriter:
    """Writes one file in a thread of its own: a slow disk must not stop the hearing.

    `path` is the file. After a failure `fault` is a sentence, and nothing more is written.
    """

    def __init__(self, wanted: Path, *, device: str, rate_hz: int, channels: int, latency_s: float) -> None:
        """Claim the file and begin. Raises OSError."""
        self.path = claim(wanted)
        self.fault = ""
        self.dropped = 0
        self._rate_hz = rate_hz
        self._diary = BackupDiary(
            file=self.path.name,
            device=device,
            rate_hz=rate_hz,
            channels=channels,
            latency_s=latency_s,
            clock=_boot_id(),
        )
        self._queue: queue.Queue[tuple[Block, int, float, float]] = queue.Queue(QUEUE_BLOCKS)
        self._lost = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)
        self._thread.start()

    @property
    def written_s(self) -> float:
        """Seconds of sound in the file, silence for gaps included."""
        return self._diary.frames / self._rate_hz

    def add(self, block: Block, lost: int, now: float) -> None:
        """Hand over a block that arrived at the monotonic time `now`, with `lost` samples lost before it.

        When the disk cannot follow, the block becomes a gap and is counted in `dropped`.
        """
        # The block may have waited: the wall clock is told of when it arrived, as the monotonic one is.
        utc = time.time() - (time.monotonic() - now)
        try:
            self._queue.put_nowait((block, self._lost + lost, now, utc))
            self._lost = 0
        except queue.Full:
            self.dropped += 1
            self._lost += lost + len(block)

    def close(self, timeout_s: float = 5.0) -> bool:
        """Write what waits and close the file; return whether that was done in time."""
        self._closing.set()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    # --- the writer's thread ------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            with self.path.open("r+b", buffering=0) as header:
                self._write(header)
        except Exception as error:  # a full disk, a pulled stick, a codec's refusal: all end this file
            reason = getattr(error, "strerror", None) or str(error)
            self.fault = not_written(self.path, reason)

    def _write(self, header: BinaryIO) -> None:
        import soundfile

        diary = self._diary
        self._tell()
        with soundfile.SoundFile(
            self.path, "w", diary.rate_hz, diary.channels, subtype="PCM_16", format="FLAC"
        ) as file:
            counted_at = flushed_at = marked_at = float("-inf")
            while True:
                try:
                    block, lost, arrived, utc = self._queue.get(timeout=COUNT_EVERY_S)
                except queue.Empty:
                    if self._closing.is_set():
                        break
                    continue
                if diary.started_monotonic_s is None:
                    heard_s = len(block) / diary.rate_hz
                    diary.started_monotonic_s, diary.started_utc_s = arrived - heard_s, utc - heard_s
                if lost:
                    self._fill(file, lost)
                file.write(block)
                diary.frames += len(block)
                if arrived - marked_at >= MARK_EVERY_S or lost:
                    marked_at = arrived
                    diary.mark(ClockMark(diary.frames, arrived, utc))
                    self._tell()
                if arrived - counted_at >= COUNT_EVERY_S:
                    counted_at = arrived
                    _put_count(header, diary.frames)
                if arrived - flushed_at >= FLUSH_EVERY_S:
                    flushed_at = arrived
                    os.fsync(header.fileno())
        os.fsync(header.fileno())
        diary.closed = True
        self._tell()

    def _fill(self, file: Any, lost: int) -> None:
        diary = self._diary
        diary.gap(FilledGap(diary.frames, lost, 2.0, "lost before it reached the file"))
        silence = np.zeros((self._rate_hz, diary.channels), np.float32)
        left = lost
        while left > 0:
            file.write(silence[: min(left, self._rate_hz)])
            left -= self._rate_hz
        diary.frames += lost

    def _tell(self) -> None:
        """Write the diary aside, flush it, and put it in its place."""
        path = diary_path(self.path)
        write_whole(path, json.dumps(self._diary.to_json(), indent=1).encode(), mode=None)


def _put_count(header: BinaryIO, frames: int) -> None:
    """Write into the header how many samples the file holds: whole frames only, less the one in work."""
    whole = max(0, frames - 1) // _FRAME * _FRAME
    if not whole:
        return  # nought means "unknown" there
    header.seek(_COUNT_AT)
    high = header.read(1)
    header.seek(_COUNT_AT)
    header.write(bytes([high[0] & 0xF0 | whole >> 32]) + (whole & 0xFFFFFFFF).to_bytes(4, "big"))


def _boot_id() -> str:
    path = Path("/proc/sys/kernel/random/boot_id")
    return path.read_text().strip() if path.exists() else ""
