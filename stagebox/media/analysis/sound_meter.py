"""Measures samples: levels, peaks, clipped runs, gaps, loudness and signs of speech. Pure, vectorised.

Memory grows by about 1 kB a second of recording, whatever the number of channels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from stagebox.hearing.peaks import decoded_clipped_runs
from stagebox.hearing.shape import STEADY_DB, flat_tops, swing_db
from stagebox.hearing.speech import sounds_like_speech
from stagebox.hearing.voice import piece_of
from stagebox.media.analysis.loudness import k_powers
from stagebox.media.thresholds import GAP_DBFS, LONGEST_GAP_S

Floats = NDArray[np.float32]
Kind = TypeVar("Kind", np.float32, np.int32)

PART_S = 2.0
"""The length that is judged at once, in seconds."""
FINE_PER_S = 400
FINE_PER_WINDOW = 4
WINDOWS_PER_S = FINE_PER_S // FINE_PER_WINDOW
MOST_CHANNELS = 8
SAME_RUN_S = 0.005
"""Container clocks are rounded to milliseconds: frames this close to each other touch."""
SILENT_PART_SHARE = 0.8
GAP_SIDES_DBFS = -45.0
LEAST_SWING_WINDOWS = 50
"""Half a second: less does not tell how much its level swings."""


@dataclass(frozen=True, slots=True)
class SoundSamples:
    """Decoded sound that starts at `time_s`: `data` is (channels, samples), full scale is ±1."""

    time_s: float
    rate_hz: int
    data: Floats


@dataclass(frozen=True, slots=True)
class SoundOddities:
    """What was odd in a piece of sound: of so many windows how many were silent; clipped runs; gaps."""

    windows: int = 0
    silent: int = 0
    clipped: int = 0
    gaps: int = 0

    def __add__(self, other: "SoundOddities") -> "SoundOddities":
        return SoundOddities(
            self.windows + other.windows,
            self.silent + other.silent,
            self.clipped + other.clipped,
            self.gaps + other.gaps,
        )

    @property
    def suspicious(self) -> bool:
        """The surroundings matter."""
        return self.silent > SILENT_PART_SHARE * self.windows or self.clipped > 1 or self.gaps > 1

    @property
    def doubtful(self) -> bool:
        """With as much again, it may turn out suspicious."""
        silent = self.silent > (2 * SILENT_PART_SHARE - 1.05) * self.windows
        return silent or self.clipped > 0 or self.gaps > 0


@dataclass(frozen=True, slots=True)
class SoundPart:
    """What was heard of about two seconds, for which it stands with its surroundings.

    `likely`: by the cheap measure somebody speaks. `swing_db`: of its levels of 10 ms. `silent`: hardly
    anything is above the level of silence. `flat`: its loud moments are cut off at the top. `piece` is its
    loudest second, to be asked for a voice (`hearing.voice`); None for digital silence.
    """

    time_s: float
    length_s: float
    likely: bool
    swing_db: float
    silent: bool
    flat: bool
    k_power: Floats
    piece: NDArray[np.uint8] | None

    @property
    def steady(self) -> bool:
        """Hiss, hum or nothing, by its levels alone."""
        return self.swing_db < STEADY_DB


@dataclass(frozen=True, slots=True)
class AudioTrackFacts:
    """What one sound track was measured to be.

    `levels_dbfs`: RMS of the loudest channel in windows of `window_s` from the recording's start; NaN where
    nothing was decoded. `channel_dbfs`: (seconds, channels) RMS in each second, NaN where not decoded.
    `clipped`: clipped runs that start in each second; `heard`: the share of each second that was decoded.
    `swings_db`: (seconds, channels) between the quiet and the loud tenth of its 10 ms, 0 where not decoded.
    `energy` and `product`: of the first two channels in each second, the sum of their squares and that of
    their products. `gaps_s`: when a gap inside sound began. `parts`: what was judged, in order.
    `waveform`: (seconds, 2) smallest and largest sample.
    """

    length_s: float
    window_s: float
    levels_dbfs: Floats
    channel_dbfs: Floats
    clipped: NDArray[np.int32]
    heard: Floats
    swings_db: Floats
    energy: Floats
    product: Floats
    gaps_s: tuple[float, ...]
    parts: tuple[SoundPart, ...]
    waveform: Floats

    @property
    def k_power(self) -> tuple[Floats, ...]:
        """K-weighted power of segments of 0.1 s, four in a row to a block, of each part that has sound."""
        return tuple(part.k_power for part in self.parts if not part.silent)

    @property
    def faint_k_power(self) -> tuple[Floats, ...]:
        """The same of every part, also of those below the level of silence."""
        return tuple(part.k_power for part in self.parts)


class SoundMeter:
    """Takes decoded samples in any order of time and collects `AudioTrackFacts`.

    `silence_dbfs` is the level below which a part counts as silent. `brief` measures the loudness by the
    first second of each part: enough where parts are hundreds.
    """

    def __init__(self, silence_dbfs: float, *, brief: bool = False) -> None:
        self._silence_dbfs = silence_dbfs
        self._brief = brief
        self._rate_hz = 0
        self._length_s = 0.0
        self._levels = np.full(60 * WINDOWS_PER_S, np.nan, np.float32)
        self._channels = np.full((60, 1), np.nan, np.float32)
        self._clipped = np.zeros(60, np.int32)
        self._heard = np.zeros(60, np.float32)
        self._swings = np.zeros((60, 1), np.float32)
        self._energy = np.zeros(60, np.float32)
        self._product = np.zeros(60, np.float32)
        self._waveform = np.full((60, 2), np.nan, np.float32)
        self._gaps_s: list[float] = []
        self._parts: list[SoundPart] = []
        self._carry: SoundSamples | None = None

    def reach(self, end_s: float) -> None:
        """Say that the track reaches to `end_s`, whether or not its samples are decoded."""
        self._length_s = max(self._length_s, end_s)

    def take(self, samples: Sequence[SoundSamples], *, is_part: bool) -> SoundOddities:
        """Measure samples; returns what was odd in them.

        `is_part`: these samples stand for their surroundings: judge loudness and speech by them.
        """
        heard = SoundOddities()
        for run in _runs([*([self._carry] if self._carry else []), *samples]):
            heard += self._measure(run, is_part=is_part)
        return heard

    def facts(self) -> AudioTrackFacts:
        """Return what has been measured."""
        seconds = int(np.ceil(self._length_s))
        windows = int(self._length_s * WINDOWS_PER_S)
        self._reserve(seconds + 1, self._channels.shape[1])
        per_window = self._window_samples() / self._rate_hz if self._rate_hz else 1 / WINDOWS_PER_S
        with np.errstate(divide="ignore"):
            channel_dbfs = 10 * np.log10(np.maximum(self._channels[:seconds], 1e-12))
        return AudioTrackFacts(
            length_s=self._length_s,
            window_s=per_window,
            levels_dbfs=self._levels[:windows],
            channel_dbfs=channel_dbfs,
            clipped=self._clipped[:seconds],
            heard=self._heard[:seconds],
            swings_db=self._swings[:seconds],
            energy=self._energy[:seconds],
            product=self._product[:seconds],
            gaps_s=tuple(sorted(set(self._gaps_s))),
            parts=tuple(sorted(self._parts, key=lambda part: part.time_s)),
            waveform=self._waveform[:seconds],
        )

    def _window_samples(self) -> int:
        return FINE_PER_WINDOW * max(1, self._rate_hz // FINE_PER_S)

    def _measure(self, run: SoundSamples, *, is_part: bool) -> SoundOddities:
        if self._rate_hz == 0:
            self._rate_hz = run.rate_hz
        if run.rate_hz != self._rate_hz:
            return SoundOddities()  # a track that changes its rate in mid-file is heard up to there
        size = self._window_samples()
        at = round(run.time_s * run.rate_hz)
        first = max(0, -(-at // size))
        skip = first * size - at
        count = (run.data.shape[1] - skip) // size
        if count < 1:
            self._carry = run
            return SoundOddities()
        data = run.data[:MOST_CHANNELS, skip : skip + count * size]
        rest_at = skip + count * size
        self._carry = SoundSamples(run.time_s + rest_at / run.rate_hz, run.rate_hz, run.data[:, rest_at:])

        channels = data.shape[0]
        fine = data.reshape(channels, count * FINE_PER_WINDOW, size // FINE_PER_WINDOW)
        power = np.einsum("cws,cws->cw", fine, fine) / fine.shape[2]
        window_power = power.reshape(channels, count, FINE_PER_WINDOW).mean(axis=2)
        levels = _dbfs(window_power.max(axis=0))
        time_s = first * size / run.rate_hz
        seconds = np.minimum((time_s + np.arange(count) * size / run.rate_hz).astype(np.int64), 1 << 20)
        self._reserve(int(seconds[-1]) + 2, channels)
        self._levels[first : first + count] = levels
        product = np.zeros(count, np.float32)
        if channels > 1:
            left, right = data[0].reshape(count, size), data[1].reshape(count, size)
            product = np.einsum("ws,ws->w", left, right) / size
        self._fill_seconds(seconds, window_power, product, data.reshape(channels, count, size))

        clipped = decoded_clipped_runs(data, run.rate_hz)
        for index in clipped:
            self._clipped[min(int(time_s + index / run.rate_hz), len(self._clipped) - 1)] += 1
        gaps = gaps_in(_dbfs(power.max(axis=0)))
        fine_s = size / FINE_PER_WINDOW / run.rate_hz
        self._gaps_s += [round(time_s + index * fine_s, 2) for index in gaps]
        silent = int(np.count_nonzero(levels < self._silence_dbfs))
        if is_part or silent > SILENT_PART_SHARE * count:
            self._judge_part(data, levels, run.rate_hz, time_s)
        return SoundOddities(count, silent, len(clipped), len(gaps))

    def _judge_part(self, data: Floats, levels: Floats, rate_hz: int, time_s: float) -> None:
        """Keep what a part tells: of whatever is silent, its first two seconds are one."""
        most = int(PART_S * rate_hz)
        data, levels = data[:, :most], levels[: int(PART_S * WINDOWS_PER_S)]
        if data.shape[1] < rate_hz:
            return
        silent = float((levels < self._silence_dbfs).mean()) > SILENT_PART_SHARE
        loudest = data[int(np.argmax(np.einsum("cs,cs->c", data, data)))]
        weighed = data[:, :rate_hz] if self._brief else data
        self._parts.append(
            SoundPart(
                time_s=time_s,
                length_s=data.shape[1] / rate_hz,
                likely=not silent and sounds_like_speech(loudest, rate_hz, levels),
                swing_db=swing_db(levels),
                silent=silent,
                flat=not silent and flat_tops(loudest, rate_hz),
                k_power=k_powers(weighed, rate_hz),
                piece=piece_of(loudest, rate_hz),
            )
        )

    def _fill_seconds(self, seconds: NDArray[np.int64], power: Floats, product: Floats, data: Floats) -> None:
        lowest = data.min(axis=(0, 2))
        highest = data.max(axis=(0, 2))
        starts = np.flatnonzero(np.diff(seconds, prepend=-1))
        ends = np.append(starts[1:], seconds.size)
        for start, end in zip(starts, ends, strict=True):
            second = int(seconds[start])
            self._channels[second, : power.shape[0]] = power[:, start:end].mean(axis=1)
            if power.shape[0] > 1:
                self._energy[second] += power[:2, start:end].sum()
                self._product[second] += product[start:end].sum()
                if end - start >= LEAST_SWING_WINDOWS:
                    levels = np.sort(power[:, start:end], axis=1)
                    low, high = levels[:, (end - start) // 10], levels[:, (end - start) * 9 // 10]
                    self._swings[second, : power.shape[0]] = _dbfs(high) - _dbfs(low)
            old_low, old_high = self._waveform[second]
            self._waveform[second] = (
                np.fmin(old_low, lowest[start:end].min()),
                np.fmax(old_high, highest[start:end].max()),
            )
            self._heard[second] = min(1.0, self._heard[second] + (end - start) / WINDOWS_PER_S)

    def _reserve(self, seconds: int, channels: int) -> None:
        if channels > self._channels.shape[1]:
            wider = np.full((self._channels.shape[0], channels), np.nan, np.float32)
            wider[:, : self._channels.shape[1]] = self._channels
            self._channels = wider
            swings = np.zeros((self._swings.shape[0], channels), np.float32)
            swings[:, : self._swings.shape[1]] = self._swings
            self._swings = swings
        if seconds <= self._heard.size:
            return
        size = max(seconds, 2 * self._heard.size)
        extra = size - self._heard.size
        self._levels = _longer(self._levels, size * WINDOWS_PER_S * 101 // 100 - self._levels.size, np.nan)
        self._channels = _longer(self._channels, extra, np.nan)
        self._clipped = _longer(self._clipped, extra, 0)
        self._waveform = _longer(self._waveform, extra, np.nan)
        self._heard = _longer(self._heard, extra, 0)
        self._swings = _longer(self._swings, extra, 0)
        self._energy = _longer(self._energy, extra, 0)
        self._product = _longer(self._product, extra, 0)


def as_float(frame: AudioFrame) -> Floats:
    """Return a frame's samples as (channels, samples), full scale ±1."""
    if frame.format.name == "fltp":
        # What AAC and Opus give, 47,000 frames an hour: `to_ndarray` takes eight times as long.
        planes = (np.frombuffer(memoryview(plane), np.float32, frame.samples) for plane in frame.planes)
        return np.array([*planes])
    data: NDArray[Any] = frame.to_ndarray()
    if not frame.format.is_planar:
        data = data.reshape(-1, len(frame.layout.channels)).T
    if data.dtype == np.uint8:
        return np.asarray((data.astype(np.float32) - 128) / 128, dtype=np.float32)
    if np.issubdtype(data.dtype, np.integer):
        return np.asarray(data / -float(np.iinfo(data.dtype).min), dtype=np.float32)
    return np.asarray(data, dtype=np.float32)


def gaps_in(fine_dbfs: Floats) -> list[int]:
    """Return where gaps begin in levels of windows of 2.5 ms: digital silence between sounds."""
    if fine_dbfs.size < 16 or float(fine_dbfs.min()) >= GAP_DBFS:
        return []
    edges = np.diff((fine_dbfs < GAP_DBFS).astype(np.int8))
    falls = np.flatnonzero(edges == 1) + 1
    rises = np.flatnonzero(edges == -1) + 1
    found = []
    for fall, at in zip(falls, np.searchsorted(rises, falls, side="right"), strict=True):
        if at >= rises.size:
            break
        rise = int(rises[at])
        if not 2 <= rise - fall <= LONGEST_GAP_S * FINE_PER_S:
            continue
        before = fine_dbfs[max(0, fall - 6) : fall].max(initial=GAP_DBFS)
        after = fine_dbfs[rise : rise + 5].max(initial=GAP_DBFS)
        if min(before, after) > GAP_SIDES_DBFS:
            found.append(int(fall))
    return found


def _runs(samples: Sequence[SoundSamples]) -> list[SoundSamples]:
    """Join samples that touch; container times only say where a run begins."""
    runs: list[SoundSamples] = []
    joined: list[Floats] = []
    end_s = start_s = 0.0
    rate_hz = channels = 0
    for piece in samples:
        touches = joined and abs(piece.time_s - end_s) < SAME_RUN_S
        if not touches or piece.rate_hz != rate_hz or piece.data.shape[0] != channels:
            if joined:
                runs.append(SoundSamples(start_s, rate_hz, np.concatenate(joined, axis=1)))
            joined = []
            start_s = end_s = piece.time_s
            rate_hz, channels = piece.rate_hz, piece.data.shape[0]
        joined.append(piece.data)
        end_s += piece.data.shape[1] / piece.rate_hz
    if joined:
        runs.append(SoundSamples(start_s, rate_hz, np.concatenate(joined, axis=1)))
    return runs


def _dbfs(power: Floats) -> Floats:
    return np.asarray(10 * np.log10(np.maximum(power, 1e-12)), dtype=np.float32)


def _longer(array: NDArray[Kind], extra: int, value: float) -> NDArray[Kind]:
    filler = np.full((max(0, extra), *array.shape[1:]), value, array.dtype)
    return np.concatenate((array, filler))
