"""Reads a recording back, without knowing how it was made: counters, scenes, audio clock, speech."""

import io
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
from PIL import Image

from stagebox.model.errors import MediaError
from stagebox.rehearsal.audio_clock import HOP, RATE_HZ, WINDOW, AudioClockReading, hear
from stagebox.rehearsal.children import require
from stagebox.rehearsal.continuity import (
    PictureContinuity,
    ReadFrame,
    SceneSpan,
    SoundContinuity,
    frame_interval_s,
    picture_continuity,
    scene_of,
    sound_continuity,
    timeline,
)
from stagebox.rehearsal.counter import CodeBox, CounterSource, decode, locate
from stagebox.rehearsal.lateness import NOTHING, LateTicks

WIDTH, HEIGHT = 1280, 720
TIMEOUT_S = 600.0
PICTURE, BLACK = "picture", "black"
"""What a frame shows that carries no counter: some picture that we have no name for, or nothing."""

Plane = npt.NDArray[np.uint8]

_THUMB = (64, 36)
_SAME_PICTURE = 0.8
_SAME_CARD = 2.0
"""Mean difference in luma: JPEG costs less than 1, other words on a card more than 3."""
_CHUNK = 60 * RATE_HZ


@dataclass(frozen=True, slots=True)
class Readback:
    """All that was read back from one recording. `duration_s` is that of the picture."""

    path: Path
    duration_s: float
    frames: tuple[ReadFrame, ...]
    scenes: tuple[SceneSpan, ...]
    picture: PictureContinuity
    sound: SoundContinuity


def read_back(
    path: Path,
    *,
    pictures: Mapping[str, Path] | None = None,
    late: LateTicks = NOTHING,
    session: tuple[int, int] | None = None,
    timeout_s: float = TIMEOUT_S,
) -> Readback:
    """Read a recording back.

    Args:
        path: an MP4, FLV or whatever ffmpeg reads.
        pictures: scene names and their still pictures, to tell those scenes apart.
        late, session: see `picture_continuity`.
        timeout_s: how long ffmpeg may take, for each of picture and sound.

    Raises MediaError when ffmpeg is absent, fails or takes too long.
    """
    require("ffmpeg")
    frames = tuple(read_frames(path, pictures or {}, timeout_s))
    end_s = frames[-1].at_s + frame_interval_s([frame.at_s for frame in frames]) if frames else 0.0
    scenes = timeline(frames)
    hearing = read_sound(path, timeout_s)
    excused = [span for span in scenes if span.scene not in ("screen", "speaker", "combo")]
    return Readback(
        path,
        end_s,
        frames,
        scenes,
        picture_continuity(frames, late, session),
        sound_continuity(hearing, end_s, excused),
    )


@contextmanager
def _ffmpeg(
    path: Path, arguments: list[str], timeout_s: float
) -> Iterator[tuple[IO[bytes], IO[bytes] | None]]:
    """ffmpeg's standard output and error; it is killed after `timeout_s` and when the reader leaves."""
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-i", str(path), *arguments, "-"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        process.kill()

    timer = threading.Timer(timeout_s, expire)
    timer.start()
    try:
        assert process.stdout is not None
        yield process.stdout, process.stderr
    finally:
        timer.cancel()
        process.kill()
        process.wait(10.0)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
    if expired.is_set():
        raise MediaError(f"Reading {path} back took longer than {timeout_s:.0f} s.")


class _FrameTimes:
    """The frames' times, which ffmpeg's showinfo filter writes to standard error as it goes."""

    def __init__(self, words: IO[bytes]) -> None:
        self._times: list[float] = []
        self._changed = threading.Condition()
        self._ended = False
        self.last_words = ""
        self._thread = threading.Thread(target=self._read, args=(words,), name="frame-times", daemon=True)
        self._thread.start()

    def _read(self, words: IO[bytes]) -> None:
        try:
            for line in words:
                text = line.decode(errors="replace")
                _, found, rest = text.partition("pts_time:")
                with self._changed:
                    if found and "showinfo" in text:
                        self._times.append(float(rest.split()[0]))
                        self._changed.notify()
                    elif text.strip():
                        self.last_words = text.strip()
        except ValueError:
            pass  # the reader left and closed the pipe
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify()

    def of(self, index: int) -> float | None:
        """The time of a frame; None when ffmpeg never told."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._times) > index or self._ended, 10.0)
            return self._times[index] if len(self._times) > index else None


def read_frames(path: Path, pictures: Mapping[str, Path], timeout_s: float) -> Iterator[ReadFrame]:
    """Every frame with its time, counter and scene. Raises MediaError when there is no picture to read."""
    reader = FrameReader(pictures)
    size = WIDTH * HEIGHT * 3 // 2
    fit = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease,pad={WIDTH}:{HEIGHT}:-1:-1"
    arguments = ["-map", "0:v:0", "-vf", f"{fit},format=yuv420p,showinfo=checksum=0",
                 "-fps_mode", "passthrough", "-f", "rawvideo"]  # fmt: skip
    index = 0
    with _ffmpeg(path, arguments, timeout_s) as (out, words):
        assert words is not None
        times = _FrameTimes(words)
        while len(raw := out.read(size)) == size:
            at_s = times.of(index)
            if at_s is None:
                break
            yield reader.read(at_s, np.frombuffer(raw, np.uint8))
            index += 1
    if index == 0:
        raise MediaError(f"{path} has no picture that ffmpeg can read: {times.last_words}")


class FrameReader:
    """Finds the counters in frames, remembering where they were; names what shows none."""

    def __init__(self, pictures: Mapping[str, Path]) -> None:
        self._boxes: dict[CounterSource, list[CodeBox]] = {shown: [] for shown in CounterSource}
        self._known = {name: _thumb_of_file(file) for name, file in pictures.items()}

    def read(self, at_s: float, raw: Plane) -> ReadFrame:
        """One frame from its raw yuv420p bytes."""
        luma = raw[: WIDTH * HEIGHT].reshape(HEIGHT, WIDTH)
        chroma = raw[WIDTH * HEIGHT :].reshape(2, HEIGHT // 2, WIDTH // 2)
        ticks = {shown: self._tick(luma, chroma, shown) for shown in CounterSource}
        read = {shown: tick for shown, tick in ticks.items() if tick is not None}
        scene = scene_of(frozenset(read)) or self._name(luma)
        # Of two counters the later is true: the other source may stand still.
        return ReadFrame(at_s, max(read.values(), default=None), scene)

    def _tick(self, luma: Plane, chroma: Plane, shown: CounterSource) -> int | None:
        boxes = self._boxes[shown]
        for box in boxes:
            if (said := decode(luma, box)) is not None and said[1] is shown:
                return said[0]
        found = locate(chroma[0], chroma[1], shown)
        if found is None:
            return None
        for box in _around(found):
            if (said := decode(luma, box)) is not None and said[1] is shown:
                boxes.insert(0, box)
                del boxes[4:]
                return said[0]
        return None

    def _name(self, luma: Plane) -> str:
        if luma.mean() < 24 and luma.std() < 4:
            return BLACK
        seen = _normal(_shrink(luma))
        alike = {name: float((seen * known).mean()) for name, known in self._known.items()}
        best = max(alike, key=lambda name: alike[name], default=None)
        return best if best is not None and alike[best] >= _SAME_PICTURE else PICTURE


def _around(box: CodeBox) -> Iterator[CodeBox]:
    """The box, and boxes a little larger and smaller: a ring's edge is blurred by a pixel or two."""
    for grow in (0.0, 1.0, -1.0, 2.0):
        yield CodeBox(box.left - grow, box.top - grow, box.right + grow, box.bottom + grow)


def _shrink(luma: Plane) -> npt.NDArray[np.float64]:
    width, height = _THUMB
    shrunk: npt.NDArray[np.float64] = luma.reshape(height, HEIGHT // height, width, WIDTH // width).mean(
        (1, 3)
    )
    return shrunk


def _normal(thumb: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    spread = float(thumb.std())
    normal: npt.NDArray[np.float64] = (thumb - thumb.mean()) / (spread if spread > 0 else 1.0)
    return normal


def _thumb_of_file(path: Path) -> npt.NDArray[np.float64]:
    with Image.open(path) as picture:
        return _normal(_shrink(np.asarray(picture.convert("L").resize((WIDTH, HEIGHT)))))


def looks_alike(jpeg: bytes, still: Path) -> bool:
    """Whether a JPEG shows the picture in `still`, to the letter: cards differ only in their words."""
    with Image.open(io.BytesIO(jpeg)) as first, Image.open(still) as second:
        size = (WIDTH // 2, HEIGHT // 2)
        seen, wanted = (np.asarray(one.convert("L").resize(size), dtype=np.int16) for one in (first, second))
    return float(np.abs(seen - wanted).mean()) < _SAME_CARD


def read_sound(path: Path, timeout_s: float) -> AudioClockReading:
    """What is heard in the first audio stream; empty when there is none."""
    # async=1 puts silence where timestamps jump, so that the samples' count is the file's time.
    arguments = ["-map", "0:a:0?", "-vn", "-af", "aresample=async=1:min_hard_comp=0.01:first_pts=0",
                 "-ac", "1", "-ar", str(RATE_HZ), "-f", "f32le"]  # fmt: skip
    pieces: list[AudioClockReading] = []
    rest = np.zeros(0, np.float32)
    done = 0
    with _ffmpeg(path, ["-v", "quiet", *arguments], timeout_s) as (out, _):
        while raw := out.read(_CHUNK * 4):
            fresh = np.frombuffer(raw[: len(raw) // 4 * 4], np.float32)
            rest = np.concatenate([rest, fresh])
            heard = hear(rest, done / RATE_HZ)
            pieces.append(heard)
            used = len(heard.at_s) * HOP
            rest, done = rest[used:], done + used
    if not pieces:
        return hear(np.zeros(0, np.float32))
    assert len(rest) < WINDOW
    return AudioClockReading(
        np.concatenate([piece.at_s for piece in pieces]),
        np.concatenate([piece.slot for piece in pieces]),
        np.concatenate([piece.clock_level for piece in pieces]),
        np.concatenate([piece.speech_dbfs for piece in pieces]),
    )
