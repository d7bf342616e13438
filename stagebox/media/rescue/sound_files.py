"""Sound out of files: once coarsely, to compare and to judge, and once in full, to be mixed."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import ffmpeg
import numpy as np
import numpy.typing as npt

from stagebox.media import runner
from stagebox.media.rescue.align import RATE_HZ, Sound
from stagebox.media.rescue.sound_choice import HOP_S, Levels
from stagebox.system.processes import GROUP, end_group

FULL_RATE_HZ = 48_000
CHANNELS = 2
_HOP = round(RATE_HZ * HOP_S)
_FULL_SCALE = 32768.0
_BLOCK_BYTES = 60 * RATE_HZ * CHANNELS * 2
_FILL = "aresample=async=1:min_hard_comp=0.01:first_pts=0"
"""Puts silence where timestamps jump and before a late start, so that samples count the file's time."""

BACKUP_OPTIONS = {**runner.INPUT_OPTIONS, "format_whitelist": "flac"}
"""A backup is read from end to end: its header's count may be older than its sound."""

Stereo = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DecodedSound:
    """A whole sound: `mono` at RATE_HZ in sixteen bits, `levels` in dBFS by hop and channel."""

    mono: npt.NDArray[np.int16]
    levels: Levels

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return len(self.mono) / RATE_HZ

    def sound(self) -> Sound:
        """The samples, full scale 1."""
        samples: Sound = self.mono.astype(np.float32) / np.float32(_FULL_SCALE)
        return samples


NOTHING = DecodedSound(np.zeros(0, np.int16), np.zeros((0, CHANNELS), np.float32))


def listen(
    path: Path, options: Mapping[str, str], *, deadline_s: float, cancel: runner.Cancel | None = None
) -> DecodedSound:
    """The first sound track of a file; NOTHING when it has none, or cannot be read.

    Raises:
        MediaError: ffmpeg is absent, does not end, or was cancelled.
    """
    taken = _SoundCollector()
    with runner.ExtraPipes() as pipes:
        # Named in whole: ffmpeg-python would write the stream's number after a question mark.
        argv = [
            *_input(path, options), "-map", "0:a:0?", "-af", _FILL, "-ac", str(CHANNELS),
            "-ar", str(RATE_HZ), "-f", "s16le", pipes.open(taken.consume),
        ]  # fmt: skip
        runner.run(
            [runner.tool("ffmpeg"), *runner.FFMPEG_OPTIONS, "-y", *argv],
            deadline_s=deadline_s,
            cancel=cancel,
            pipes=pipes,
        )
        pipes.join()
    return taken.heard()


def _input(path: Path, options: Mapping[str, str]) -> list[str]:
    built: list[str] = ffmpeg.input(runner.file_url(path), **options).output("-", format="null").get_args()
    return built[: built.index("-i") + 2]


class _SoundCollector:
    """Collects samples and levels as they come."""

    def __init__(self) -> None:
        self._mono: list[npt.NDArray[np.int16]] = []
        self._levels: list[Levels] = []

    def consume(self, stream: IO[bytes]) -> None:
        """Read interleaved sixteen-bit samples to their end."""
        while raw := stream.read(_BLOCK_BYTES):
            both = np.frombuffer(raw[: len(raw) // (2 * CHANNELS) * 2 * CHANNELS], "<i2")
            both = both.reshape(-1, CHANNELS)
            self._mono.append(both.mean(1).astype(np.int16))
            whole = both[: len(both) // _HOP * _HOP].astype(np.float32) / np.float32(_FULL_SCALE)
            power = np.square(whole).reshape(-1, _HOP, CHANNELS).mean(1)
            self._levels.append((10 * np.log10(np.maximum(power, 1e-12))).astype(np.float32))

    def heard(self) -> DecodedSound:
        """What was collected."""
        if not self._mono:
            return NOTHING
        return DecodedSound(np.concatenate(self._mono), np.concatenate(self._levels))


class SoundFileReader:
    """The sound of a file at FULL_RATE_HZ, two channels, read forwards; as a context manager.

    `take(first, count)` never goes back further than what was taken last.
    """

    def __init__(self, path: Path, options: Mapping[str, str]) -> None:
        argv = [
            runner.tool("ffmpeg"), *runner.FFMPEG_OPTIONS, *_input(path, options), "-map", "0:a:0",
            "-af", _FILL, "-ac", str(CHANNELS), "-ar", str(FULL_RATE_HZ), "-f", "f32le", "pipe:1",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            [runner.argument(text) for text in argv],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **GROUP,
        )
        self._kept: Stereo = np.zeros((0, CHANNELS), np.float32)
        self._at = 0

    def take(self, first: int, count: int) -> Stereo:
        """Samples `first` to `first + count`; silence before the beginning and after the end."""
        found: Stereo = np.zeros((count, CHANNELS), np.float32)
        self._skip_to(max(first, 0))
        missing = first + count - self._at - len(self._kept)
        if missing > 0:
            self._kept = np.concatenate([self._kept, self._read(missing)])
        start = max(self._at, first)
        part = self._kept[start - self._at : first + count - self._at]
        found[start - first : start - first + len(part)] = part
        return found

    def _skip_to(self, first: int) -> None:
        drop = min(max(first - self._at, 0), len(self._kept))
        self._kept = self._kept[drop:]
        self._at += drop
        while self._at < first and not len(self._kept):
            passed = self._read(min(first - self._at, FULL_RATE_HZ * 10))
            if not len(passed):
                return
            self._at += len(passed)

    def _read(self, count: int) -> Stereo:
        assert self._process.stdout is not None
        raw = self._process.stdout.read(count * CHANNELS * 4)
        samples = np.frombuffer(raw[: len(raw) // (4 * CHANNELS) * 4 * CHANNELS], "<f4")
        return samples.reshape(-1, CHANNELS)

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """End ffmpeg."""
        end_group(self._process.pid)
        self._process.wait(10.0)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
