"""Whether the copy shows what the recording shows around a place, asked of a decoder in a process of its own.

Packets can be equal, byte by byte, and show something else all the same, when the decoder was told
otherwise. So where its set-up may have changed, both files are decoded and what comes out is compared
(`decode_comparison_process.py`).
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from stagebox.flv.tags import PICTURE
from stagebox.media import mend, runner
from stagebox.system.processes import GROUP

DEADLINE_S = 120.0
FRAMES = 90
"""So many pictures after a change are compared."""


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """Compare around `at_s` (seconds from the start) this stream of the copy with that of the recording."""

    copy: int
    recorded: int
    at_s: float


Span = tuple[int, int]
"""Where a packet lies in the recording, and its length, in bytes."""


@dataclass(frozen=True, slots=True)
class CodecChangeCheck:
    """Compare around `at_s` the picture of the copy with what the recording's own packets show.

    Those `first` are decoded with the set-up `before`, those `then` with `after`; the first is shown at
    `start_s`.
    """

    copy: int
    at_s: float
    start_s: float
    first: tuple[Span, ...]
    before: bytes
    then: tuple[Span, ...]
    after: bytes


@dataclass(frozen=True, slots=True)
class EndCheck:
    """Decode this stream of the copy from its last keyframe to its end: is anything torn there?"""

    copy: int
    at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class BeginningCheck:
    """Compare the first pictures of this stream of the copy with those of the recording, whenever shown."""

    copy: int
    recorded: int
    at_s: float = 0.0


Question = PlaceCheck | CodecChangeCheck | EndCheck | BeginningCheck


def turn(
    part: mend.MendedPart, changes: Sequence[mend.CodecChange], change: mend.CodecChange, copy: int
) -> CodecChangeCheck | None:
    """What to compare around a change of the picture's set-up; None when it lies elsewhere, or in no FLV."""
    pictures = [one for one in part.pieces if one.kind == PICTURE and not one.set_up]
    if not pictures or change.kind != PICTURE or not part.first_ms <= change.at_ms <= part.end_ms:
        return None
    at = change.number
    first = max((n for n in range(at) if pictures[n].needs), default=at)
    later = [one.number for one in changes if one.kind == PICTURE and one.number > at]
    spans = [(one.at, one.size) for one in pictures[first : min([at + FRAMES, *later])]]
    if not spans:
        return None
    return CodecChangeCheck(
        copy,
        (change.at_ms - part.first_ms) / 1000,
        (pictures[first].time_ms - part.first_ms) / 1000,
        tuple(spans[: at - first]),
        change.before,
        tuple(spans[at - first :]),
        change.after,
    )


def start() -> runner.ProcessHandle:
    """Start a process that compares, and waits for questions on standard input. Raises OSError."""
    return subprocess.Popen(
        [sys.executable, "-m", "stagebox.media.decode_comparison_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **GROUP,
    )


def differing(
    recording: Path, copy: Path, questions: Sequence[Question], *, cancel: runner.Cancel | None = None
) -> list[Question]:
    """The questions to which the answer is not that both show the same. One that has no answer is among them.

    Raises:
        MediaError: it was cancelled, or the process cannot be started.
    """
    if not questions:
        return []

    def feed(stream: IO[bytes]) -> None:
        pickle.dump((os.fspath(recording), os.fspath(copy), list(questions)), stream)

    found = []
    done = runner.finish(start(), "The comparison", deadline_s=DEADLINE_S, cancel=cancel, feed=feed)
    said = done.stdout.decode("ascii", "replace").split()
    for number, one in enumerate(questions):
        if done.exit_code != 0 or number >= len(said) or said[number] != "same":
            found.append(one)
    return found
