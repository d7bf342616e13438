"""Several talks back to back in a rehearsal: what each became, and what lacks between two. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from stagebox.rehearsal.continuity import frame_interval_s
from stagebox.rehearsal.painter import TICK_HZ
from stagebox.rehearsal.readback import Readback

SCENE = "combo"
"""What is on program while several talks are recorded: both counters, and the sound."""
NOTHING_SHOWN_S = 1e6
"""Told as what lacks beside an output that shows no counter."""


@dataclass(frozen=True, slots=True)
class RehearsedTalk:
    """One talk of a rehearsal of several.

    `first_counter` and `last_counter` are the first and last figure of the slides' counter that its output
    shows, None where it shows none; `frame_s` is how long a frame of it lasts.
    """

    title: str
    output: Path | None
    verdict: str
    gap_s: float
    audio_gap_s: float
    first_counter: int | None
    last_counter: int | None
    frame_s: float
    summary: str = ""

    def to_json(self) -> dict[str, Any]:
        """The object in `rehearse --json`."""
        return {
            "title": self.title,
            "output": None if self.output is None else str(self.output),
            "verdict": self.verdict,
            "gap_s": round(self.gap_s, 3),
            "first_counter": self.first_counter,
            "last_counter": self.last_counter,
        }


def talk_of(
    title: str, finished: Mapping[str, Any], read: Readback | None, output: Path | None
) -> RehearsedTalk:
    """What a talk became, by its session as it ended and by what its output shows."""
    elapsed_s = float(finished["elapsed_s"])
    return RehearsedTalk(
        title=title,
        output=output,
        verdict=str(finished["verdict"]),
        gap_s=read.picture.gap_s if read is not None else elapsed_s,
        audio_gap_s=read.sound.gap_s if read is not None else elapsed_s,
        first_counter=read.picture.first_tick if read is not None else None,
        last_counter=read.picture.last_tick if read is not None else None,
        frame_s=frame_interval_s([frame.at_s for frame in read.frames]) if read is not None else 0.0,
        summary=str(finished.get("summary") or ""),
    )


def between_s(talks: Sequence[RehearsedTalk]) -> float:
    """The most seconds that lack between two neighbouring outputs; 0 or less: they meet or overlap."""
    lacks = []
    for one, other in pairwise(talks):
        if one.last_counter is None or other.first_counter is None:
            return NOTHING_SHOWN_S
        lacks.append((other.first_counter - one.last_counter) / TICK_HZ - one.frame_s)
    return max(lacks, default=0.0)


def problems(talks: Sequence[RehearsedTalk]) -> list[str]:
    """What keeps these talks from being good, each as a sentence."""
    found = []
    for one in talks:
        if one.verdict != "ok":
            found.append(f"The verdict on “{one.title}” is {one.verdict}. {one.summary}".strip())
        if one.gap_s > 0:
            found.append(f"The picture of “{one.title}” lacks {one.gap_s:.2f} s.")
        if one.audio_gap_s > 0:
            found.append(f"The sound of “{one.title}” lacks {one.audio_gap_s:.2f} s.")
    return found
