"""Renders the rescue's sound: each piece from its source, its drift taken out, its edges faded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stagebox.media.rescue.sound_choice import SoundPiece
from stagebox.media.rescue.sound_files import CHANNELS, FULL_RATE_HZ, SoundFileReader, Stereo

BLOCK = 2 * FULL_RATE_HZ
FADE_S = 0.005
"""Between two pieces: too short to be heard, long enough not to click."""

_TAPS = 8
_PHASES = 512


@dataclass(frozen=True, slots=True)
class MixTrack:
    """A file's sound on the session's time: time = start_s + stretch * the file's time."""

    path: Path
    options: Mapping[str, str]
    start_s: float
    stretch: float = 1.0
    gain: float = 1.0


def render(pieces: Sequence[SoundPiece], tracks: Mapping[tuple[str, int], MixTrack]) -> Iterator[bytes]:
    """The pieces' sound as interleaved 32-bit floats at FULL_RATE_HZ.

    Args:
        tracks: the source of each piece, by its `source` and `number`.
    """
    with ExitStack() as opened:
        readers: dict[tuple[str, int], SoundFileReader] = {}
        for index, piece in enumerate(pieces):
            first, last = round(piece.start_s * FULL_RATE_HZ), round(piece.end_s * FULL_RATE_HZ)
            track = tracks.get((piece.source, piece.number))
            take: Callable[[int, int], Stereo] | None = None
            if track is not None:
                key = (piece.source, piece.number)
                if key not in readers:
                    readers[key] = opened.enter_context(SoundFileReader(track.path, track.options))
                take = readers[key].take
            for at in range(first, last, BLOCK):
                count = min(BLOCK, last - at)
                block = np.zeros((count, CHANNELS), np.float32)
                if take is not None and track is not None:
                    block = resampled(take, at, count, track.start_s, track.stretch) * np.float32(track.gain)
                _fade(block, at - first, last - first, start=index > 0, end=index < len(pieces) - 1)
                yield np.clip(block, -1.0, 1.0).astype("<f4").tobytes()


def resampled(
    take: Callable[[int, int], Stereo], first: int, count: int, start_s: float, stretch: float
) -> Stereo:
    """Samples `first` to `first + count` of the session, from a source whose clock is another.

    A windowed sinc of eight samples; without drift, the nearest sample (10 µs at most beside).
    """
    rate = 1.0 / stretch
    begin = (first - start_s * FULL_RATE_HZ) * rate
    if stretch == 1.0:
        return take(round(begin), count)
    position = begin + np.arange(count) * rate
    whole = np.floor(position).astype(np.int64)
    low = int(whole[0]) - _TAPS // 2 + 1
    source = take(low, int(whole[-1]) - low + _TAPS // 2 + 1)
    phase = np.rint((position - whole) * _PHASES).astype(np.int64)
    taps = _sinc_table()[phase]
    found: Stereo = np.zeros((count, CHANNELS), np.float32)
    for tap in range(_TAPS):
        found += source[whole - low - _TAPS // 2 + 1 + tap] * taps[:, tap, None]
    return found


@cache
def _sinc_table() -> npt.NDArray[np.float32]:
    """The taps for each fraction of a sample, each row's sum 1."""
    fraction = np.arange(_PHASES + 1)[:, None] / _PHASES
    at = np.arange(_TAPS)[None, :] - (_TAPS // 2 - 1) - fraction
    table = np.sinc(at) * np.cos(np.pi * at / (_TAPS + 1)) ** 2
    normal: npt.NDArray[np.float32] = (table / table.sum(1, keepdims=True)).astype(np.float32)
    return normal


def _fade(block: Stereo, at: int, length: int, *, start: bool, end: bool) -> None:
    """Fade the piece's first and last samples; `at` is the block's place in the piece."""
    fade = FADE_S * FULL_RATE_HZ
    place = at + np.arange(len(block))
    factor = np.ones(len(block), np.float32)
    if start:
        factor = np.minimum(factor, (place + 1) / fade)
    if end:
        factor = np.minimum(factor, (length - place) / fade)
    block *= np.minimum(factor, 1.0).astype(np.float32)[:, None]
