"""`python -m stagebox.media.decode_comparison_process`: decodes a recording and its copy around some places,
and compares.

The questions (`decode_comparison.py`) come in on standard input; for each, a line "same" or "other" goes
out. A damaged file may crash a decoder, so this is a process of its own.
"""

import hashlib
import itertools
import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import av

from stagebox.flv.tags import HEAD_BYTES, PICTURE
from stagebox.media import codec_config
from stagebox.media.analysis.frames import BAD_DATA
from stagebox.media.decode_comparison import (
    FRAMES,
    BeginningCheck,
    CodecChangeCheck,
    EndCheck,
    PlaceCheck,
    Span,
)
from stagebox.media.packets import SAME_TIME_S

BEFORE_S, AFTER_S = 2.0, 3.0
"""So much around a place is decoded."""

SETTLE_FRAMES = 3
"""A sound decoder needs the packets before; what it makes of the first ones depends on where it began."""

HELD_BACK = 16
"""The last pictures may wait for ones that are not decoded here."""

_OPTIONS = {"protocol_whitelist": "file", "fflags": "+discardcorrupt"}
Frame = tuple[float, bytes]


def place_differs(recording: Path, copy: Path, place: PlaceCheck) -> bool:
    """Whether the copy shows anything else than the recording around this place."""
    one, other = (
        _around(path, number, place.at_s) or _around(path, number, place.at_s, from_start=True)
        for path, number in ((recording, place.recorded), (copy, place.copy))
    )
    if not one and not other:
        return False  # neither can be decoded: no player shows anything else than another
    if not one or not other:
        return True
    start_s = max(one[0][0], other[0][0]) - SAME_TIME_S
    left = [digest for at_s, digest in one if at_s >= start_s]
    right = [digest for at_s, digest in other if at_s >= start_s]
    count = min(len(left), len(right))
    return count == 0 or abs(len(left) - len(right)) > SETTLE_FRAMES or left[:count] != right[:count]


def _around(path: Path, number: int, at_s: float, *, from_start: bool = False) -> list[Frame]:
    """The frames near a place: seconds from the start, and a hash of what is shown; maybe none."""
    found: list[Frame] = []
    sound = False
    try:
        with av.open(f"file:{path}", options=_OPTIONS) as opened:
            stream = opened.streams[number]
            if stream.type not in ("video", "audio") or stream.time_base is None:
                return []
            sound = stream.type == "audio"
            origin_s = (opened.start_time or 0) / 1_000_000
            begin_s = max(at_s - BEFORE_S, 0.0)
            if begin_s > 0 and not from_start:
                opened.seek(round((origin_s + begin_s) / stream.time_base), stream=stream)
            for frame in opened.decode(stream):
                if frame.pts is None:
                    continue
                shown_s = float(frame.pts * stream.time_base) - origin_s
                if shown_s > at_s + AFTER_S:
                    break
                if shown_s < begin_s - 2 * BEFORE_S:
                    continue
                found.append((shown_s, _hash(frame)))
    except (*BAD_DATA, OSError, IndexError):
        pass  # what was decoded up to here is compared
    settled = SETTLE_FRAMES if sound and found and found[0][0] > SAME_TIME_S else 0
    return found[settled:]


def is_torn(copy: Path, end: EndCheck) -> bool:
    """Whether the last pictures of the copy cannot be decoded without a fault."""
    try:
        with av.open(f"file:{copy}", options=_OPTIONS) as opened:
            stream = opened.streams[end.copy]
            opened.seek((opened.start_time or 0) + (opened.duration or 0))
            return any(getattr(frame, "is_corrupt", False) for frame in opened.decode(stream))
    except (*BAD_DATA, OSError, IndexError):
        return True


def beginning_differs(recording: Path, copy: Path, begin: BeginningCheck) -> bool:
    """Whether the first pictures of the copy are other ones than the recording's, but for broken ones."""
    one, other = _first(recording, begin.recorded), _first(copy, begin.copy)
    count = min(len(one), len(other))
    return one[:count] != other[:count] or bool(one) != bool(other)


def _first(path: Path, number: int) -> list[bytes]:
    found: list[bytes] = []
    try:
        with av.open(f"file:{path}", options=_OPTIONS) as opened:
            frames = itertools.islice(opened.decode(opened.streams[number]), FRAMES)
            found += (_hash(frame) for frame in frames if not getattr(frame, "is_corrupt", False))
    except (*BAD_DATA, OSError, IndexError):
        pass  # what was decoded up to here is compared
    return found


def _hash(frame: object) -> bytes:
    """What a person sees or hears of a frame, with its size or its rate and channels."""
    digest = hashlib.blake2b(digest_size=16)
    if isinstance(frame, av.VideoFrame):
        digest.update(f"{frame.width} {frame.height} {frame.format.name}".encode())
    elif isinstance(frame, av.AudioFrame):
        digest.update(f"{frame.sample_rate} {frame.layout.name} {frame.format.name}".encode())
    else:
        return b""
    digest.update(frame.to_ndarray().tobytes())
    return digest.digest()


def turn_differs(recording: Path, copy: Path, turn: CodecChangeCheck) -> bool:
    """Whether the copy shows anything else than the recording's packets, each with its set-up."""
    wanted = [
        *_decoded(recording, turn.first, turn.before),
        *_decoded(recording, turn.then, turn.after),
    ]
    wanted = wanted[: max(len(wanted) - HELD_BACK, 1)]
    try:
        with av.open(f"file:{copy}", options=_OPTIONS) as opened:
            stream = opened.streams[turn.copy]
            if stream.time_base is None:
                return True
            origin_s = (opened.start_time or 0) / 1_000_000
            opened.seek(round((origin_s + max(turn.start_s, 0.0)) / stream.time_base), stream=stream)
            frames = itertools.islice(opened.decode(stream), 4 * len(wanted) + FRAMES)
            shown = [_hash(frame) for frame in frames]
    except (*BAD_DATA, OSError, IndexError):
        return True
    return bool(wanted) and not _contains(shown, wanted)


def _contains(shown: Sequence[bytes], wanted: Sequence[bytes]) -> bool:
    """Whether `wanted` is shown in one piece."""
    begins = (n for n, one in enumerate(shown) if one == wanted[0])
    return any(list(shown[n : n + len(wanted)]) == list(wanted) for n in begins)


def _decoded(recording: Path, spans: Sequence[Span], told: bytes) -> Iterator[bytes]:
    """What these packets of an FLV show, in order, to a decoder that was told this."""
    if not spans or codec_config.avc(told) is None:
        return
    context = av.CodecContext.create("h264", "r")
    context.extradata = told
    with recording.open("rb", buffering=0) as file:
        for at, size in spans:
            file.seek(at + HEAD_BYTES[PICTURE])
            for frame in context.decode(av.Packet(file.read(size - HEAD_BYTES[PICTURE]) or b"")):
                yield _hash(frame)
    for frame in context.decode(None):
        yield _hash(frame)


def main() -> int:
    """Answer the questions on standard input."""
    return answer(sys.stdin.buffer, sys.stdout.buffer)


def answer(source: IO[bytes], sink: IO[bytes]) -> int:
    """Answer the questions that come from `source` to `sink`, and return the exit code."""
    recording, copy, questions = pickle.load(source)
    for one in questions:
        match one:
            case PlaceCheck():
                other = place_differs(Path(recording), Path(copy), one)
            case CodecChangeCheck():
                other = turn_differs(Path(recording), Path(copy), one)
            case BeginningCheck():
                other = beginning_differs(Path(recording), Path(copy), one)
            case EndCheck():
                other = is_torn(Path(copy), one)
        sink.write(b"other\n" if other else b"same\n")
        sink.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
