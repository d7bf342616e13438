"""Looks at the growing recording: its size each second, and every few seconds its end, decoded.

The decoding is done by a child process with a deadline: a damaged file must not harm the engine.
"""

import itertools
import logging
import re
import subprocess
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from stagebox.flv.tail import FlvTail, cut_tail, is_begun_tag, setup_tags, tags_in_the_middle
from stagebox.messages.code_catalogue import say, worded
from stagebox.model.facts.proof import ProofReading, TailFacts
from stagebox.model.report import Code
from stagebox.model.said import Fact

SIZE_EVERY_S = 1.0
HEAD_BYTES = 65_536
FIRST_READ_BYTES = 1 << 20
MOST_READ_BYTES = 32 << 20
PICTURES = 4
SOUND_S = 2.0
SILENCE_DBFS = -120.0
PICTURE = (
    "scale=160:90,format=yuv420p,signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG,"
    "metadata=mode=print:key=lavfi.signalstats.YMAX,scale=32:18"
)
"""Small enough to cost nothing, large enough that a line of text in a dark terminal is a bright spot."""
DARKEST, BRIGHTEST = 16.0, 235.0
"""Luma of black and white in a recording of OBS."""
FLV = ".flv"

_FRAME = re.compile(r"^\d+,\s*-?\d+,\s*(-?\d+),")
_LEVEL = re.compile(r"lavfi\.signalstats\.(YAVG|YMAX)=([\d.]+)")
_PEAK = re.compile(r"max_volume: (-?(?:[\d.]+|inf)) dB")
_log = logging.getLogger(__name__)

Post = Callable[[ProofReading], None]


class TornError(Exception):
    """The end of the file is no FLV."""


class RecordProof:
    """A thread that posts a ProofReading each second while a path is set, with a decoded tail now and then.

    Args:
        post: takes the observations; it must only enqueue.
        every_s: how often the tail is decoded.
        timeout_s: how long decoding may take.
        ffmpeg: the program.
    """

    def __init__(self, post: Post, *, every_s: float, timeout_s: float, ffmpeg: str = "ffmpeg") -> None:
        self._post = post
        self._every_s = every_s
        self._timeout_s = timeout_s
        self._ffmpeg = ffmpeg
        self._changed = threading.Condition()
        self._path: Path | None = None
        self._active = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="record-proof", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def watch(self, path: Path | None, *, recording: bool) -> None:
        """Say which file grows now (None: not known), and whether anything is recorded at all."""
        with self._changed:
            if (path, recording) != (self._path, self._active):
                self._path, self._active = path, recording
                self._changed.notify_all()

    def close(self) -> bool:
        """End the thread; return whether it ended in time."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(self._timeout_s + 2.0)
        return not self._thread.is_alive()

    def _run(self) -> None:
        proven: Path | None = None
        next_proof = 0.0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._active)
                if self._closing:
                    return
                path = self._path
            if path != proven:
                # A fresh file needs a moment until it holds a keyframe.
                proven, next_proof = path, time.monotonic() + min(2.0, self._every_s)
            due = time.monotonic() >= next_proof
            if due:
                next_proof = time.monotonic() + self._every_s
            try:
                # The size first: decoding may take long on a busy computer, and the file grows meanwhile.
                seen = self.look(path, decode=False)
                self._post(seen)
                if due and seen.file_bytes:
                    self._post(self.look(path, decode=True))
            except Exception:
                _log.exception("The growing recording could not be looked at")
            with self._changed:
                self._changed.wait_for(partial(self._news, path), SIZE_EVERY_S)

    def _news(self, path: Path | None) -> bool:
        return self._closing or self._path != path

    def look(self, path: Path | None, *, decode: bool) -> ProofReading:
        """Look once, in the caller's thread; with `decode`, also at the tail (of a file that has begun)."""
        if path is None:
            return ProofReading(path="", file_bytes=None)
        size, tail = _size(path), None
        # Another container's end cannot be decoded while it grows: that is no proof, and no fault.
        if decode and size and path.suffix.lower() == FLV:
            tail = prove_tail(path, self._timeout_s, self._ffmpeg)
            size = _size(path)  # As it is when this is told: what was seen before the decoding may be old.
        return ProofReading(path=str(path), file_bytes=size, tail=tail)


def _size(path: Path) -> int | None:
    """The file's size in bytes; None when it cannot be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def prove_tail(path: Path, timeout_s: float, ffmpeg: str = "ffmpeg") -> TailFacts:
    """Decode the end of an FLV file; what is wrong is in `fault`. Never raises for what the file holds."""
    try:
        tail = read_tail(path)
    except TornError:
        return _no_proof(_why("torn"))
    except OSError as error:
        return _no_proof(_why("unreadable", error))
    if tail is None:
        return _no_proof(_why("no_picture"))
    return decode_tail(tail, timeout_s, ffmpeg)


def read_tail(path: Path) -> FlvTail | None:
    """The end of an FLV from its last keyframe on; None when none is found in the last 32 MB.

    Raises OSError, and TornError when what follows the last whole tag is no recording.
    """
    with path.open("rb") as file:
        setup = setup_tags(file.read(HEAD_BYTES))
        size = file.seek(0, 2)
        length = FIRST_READ_BYTES
        while True:
            file.seek(max(0, size - length))
            tags, rest = tags_in_the_middle(file.read())
            if tags and not is_begun_tag(rest):
                raise TornError
            tail = cut_tail(setup, tags, pictures=PICTURES, sound_s=SOUND_S)
            if tail is not None or length >= min(size, MOST_READ_BYTES):
                return tail
            length *= 4  # Keyframes may be ten seconds apart.


def decode_tail(tail: FlvTail, timeout_s: float, ffmpeg: str) -> TailFacts:
    """Decode a tail in a child process and return what came out."""
    command = [ffmpeg, "-hide_banner", "-nostdin", "-nostats", "-threads", "1", "-xerror"]
    command += ["-err_detect", "explode", "-f", "flv", "-i", "pipe:0"]
    command += ["-map", "0:v:0", "-vf", PICTURE, "-f", "framecrc", "pipe:1"]
    if tail.audio:
        command += ["-map", "0:a:0", "-af", "volumedetect", "-f", "null", "-"]
    try:
        done = subprocess.run(command, input=tail.flv, capture_output=True, timeout=timeout_s, check=False)
    except subprocess.TimeoutExpired:
        return _no_proof(_why("slow", limit_s=timeout_s), tail.end_s)
    except OSError as error:
        return _no_proof(_why("no_ffmpeg", error), tail.end_s)
    said = done.stderr.decode("utf-8", "replace")
    times = [int(m[1]) for line in done.stdout.decode().splitlines() if (m := _FRAME.match(line))]
    peak = _PEAK.search(said)
    fault = ""
    if not times:
        fault = _why("picture_damaged")
    elif tail.audio and peak is None:
        fault = _why("sound_damaged")
    elif done.returncode != 0:
        fault = _why("damaged")
    return TailFacts(
        end_s=tail.end_s,
        frames=len(times),
        moving=len(times) == 1 or all(a < b for a, b in itertools.pairwise(times)),
        sound_packets=tail.audio,
        peak_dbfs=None if peak is None else max(SILENCE_DBFS, float(peak[1])),
        fault=fault,
        mean_level=_level(said, "YAVG"),
        peak_level=_level(said, "YMAX"),
    )


def _level(said: str, key: str) -> float | None:
    """The highest of the pictures' levels, full range, 0 to 255; None when ffmpeg told none."""
    told = [float(value) for name, value in _LEVEL.findall(said) if name == key]
    if not told:
        return None
    share = (max(told) - DARKEST) / (BRIGHTEST - DARKEST)
    return round(255.0 * min(1.0, max(0.0, share)), 1)


def _no_proof(fault: str, end_s: float = 0.0) -> TailFacts:
    return TailFacts(end_s=end_s, frames=0, moving=False, sound_packets=0, peak_dbfs=None, fault=fault)


def _why(key: str, error: OSError | None = None, **facts: Fact) -> str:
    """Why the end of the recording does not play; in English with what the system says of it."""
    code = f"{Code.NOT_RECORDING}.{key}"
    words = say(code, **facts)
    return words if error is None else worded(code, f"{words.removesuffix('.')} ({error.strerror}).")
