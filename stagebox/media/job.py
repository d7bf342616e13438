"""What is asked for: one talk's recording, where its output goes, and what is known of the talk."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from stagebox.model.pauses import EndedPause
from stagebox.model.program import OnProgram, SceneLayout
from stagebox.model.ranges import FileRange
from stagebox.model.said import Sentence, from_json
from stagebox.model.schedule import TalkConsent
from stagebox.model.settings import Settings

HashKind = Literal["murmur3", "md5", "sha256"]
"""murmur3 (128 bit) finds accidental changes as surely as the others, in a fifth of the time."""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What is known of the talk; empty texts are left out of the MP4 and of the report."""

    title: str = ""
    speaker: str = ""
    room: str = ""
    event: str = ""
    started_at: str = ""

    def metadata(self) -> dict[str, str]:
        """MP4 metadata: title, artist (the speaker), album (the event), date, comment (the room)."""
        named = {
            "title": self.title,
            "artist": self.speaker,
            "album": self.event,
            "date": self.started_at,
            "comment": self.room,
        }
        return {key: value for key, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class LiveAlarm:
    """An alarm that was raised while the talk was recorded; seconds from the start of the recording.

    `lacks_s` are seconds of the talk that the recording lacks there without a gap in its own time; `said` is
    what the text is made of, in JSON; `role` is the part that it was about.
    """

    code: str
    level: str
    start_s: float
    end_s: float
    text: str = ""
    lacks_s: float = 0.0
    said: Mapping[str, Any] | None = None
    role: str = ""

    @property
    def sentence(self) -> Sentence:
        """The text, with what it is made of."""
        return Sentence(from_json(self.said, self.text))


@dataclass(frozen=True, slots=True)
class Job:
    """One talk to process.

    Args:
        sources: the segments of the session, in order; usually one.
        out: the folder for the output and its reports.
        name: the output's stem; None takes the first source's.
        expected_s: how long the session was by its own clock, in seconds.
        starts_s: when each segment began by the session's clock, in seconds; empty when unknown.
        splits: positions in `sources`, from 0, of segments that go on where the one before ended.
        pauses: OBS's own pauses; they are no part of `expected_s` and `starts_s`.
        started_utc: when the first segment began by the wall clock, in UTC seconds; 0 when unknown.
        facts: what is known of the talk.
        alarms: what was raised while it was recorded, to be drawn on the report's timeline.
        hash: which hash of the packets the report tells: murmur3, md5 or sha256.
        layouts: the scenes of the pack, whose boxes are judged.
        program: which of them was on program when, by the session's clock; empty when that is not known.
        top: the folder whose index shows this talk, which the one who asks writes; None: that of `out`.
        consent: what the talk's speaker allows; None where no schedule has the talk.
        gaps_s: set where a person asked that the sources be joined: all of them, proven, or nothing. What is
            missing between each and the next, in seconds; less than 0: both have it; None: not known.
        ranges: which part of each source is this talk's, where it shares them with others; empty: all.
    """

    sources: tuple[Path, ...]
    out: Path
    name: str | None = None
    expected_s: float | None = None
    starts_s: tuple[float, ...] = ()
    splits: tuple[int, ...] = ()
    pauses: tuple[EndedPause, ...] = ()
    started_utc: float = 0.0
    facts: SessionFacts = field(default_factory=SessionFacts)
    alarms: tuple[LiveAlarm, ...] = ()
    hash: HashKind = "murmur3"
    layouts: tuple[SceneLayout, ...] = ()
    program: tuple[OnProgram, ...] = ()
    top: Path | None = None
    gaps_s: tuple[float | None, ...] | None = None
    ranges: tuple[FileRange, ...] = ()
    consent: TalkConsent | None = None


def safe_stem(name: str) -> str:
    """`name` as a file name's stem that every file system takes; never empty, a folder or hidden."""
    kept = "".join("_" if letter in '/\\:*?"<>|' or not letter.isprintable() else letter for letter in name)
    return kept.strip(" .") or "talk"


def request(
    job: Job, settings: Settings, *, verify: bool = False, gentle: bool = False, more: bool = False
) -> str:
    """The line to write to a worker's standard input.

    Args:
        verify: only look; nothing is written.
        gentle: yield processor and disk to everything else, because a recording is running.
        more: the worker may be asked for another job after this one, where it can.
    """
    # Paths may hold bytes that are no UTF-8; JSON's escapes carry them.
    return json.dumps(
        {
            "job": {
                **asdict(job),
                "sources": [os.fspath(source.absolute()) for source in job.sources],
                "out": os.fspath(job.out.absolute()),
                "top": None if job.top is None else os.fspath(job.top.absolute()),
            },
            "settings": settings.model_dump(mode="json"),
            "verify": verify,
            "gentle": gentle,
            "more": more,
        }
    )
