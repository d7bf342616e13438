"""The rows of the index: one a talk, the worst first, and what it all comes to. Pure.

A row's status and small print come from `row_of` alone. What a person accepted does not count in it any more:
that is what `ReviewedReport` is for.
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from stagebox.media.index.few_words import brief
from stagebox.media.index.talk_place import TalkPlace
from stagebox.media.verdict_changes import FindingChange, VerdictComparison
from stagebox.model.report import Finding, Report, Severity, Verdict
from stagebox.model.verdicts import NOT_DONE, SETTLED, WORDS, counted_words, verdict_words

State = Literal["failed", "flagged", "not_done", "settled", "ok"]
"""A verdict as JSON has it; `not_done`: nothing was said of this recording yet; `settled`: a person said what
became of it (lost, or in another file)."""

_STATES: tuple[str, ...] = ("failed", "flagged", "not_done", "settled", "ok")
OTHER_WORDS = {"not_done": NOT_DONE, "settled": "settled by a person"}


@dataclass(frozen=True, slots=True)
class ReviewedReport:
    """A report as a person left it.

    `counts` are the findings that still count, `accepted` those that a person accepted, each with the small
    print that says who, when and why. `verdict` follows from what counts, `said` is small print about the
    whole talk. `settled` says that a person told what became of the talk: then nothing counts.
    """

    verdict: Verdict
    counts: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, str], ...] = ()
    said: str = ""
    settled: Literal["", "lost", "elsewhere"] = ""

    @property
    def needs_person(self) -> bool:
        """Whether somebody still has to look."""
        return not self.settled and self.verdict is not Verdict.OK


def as_found(report: Report) -> ReviewedReport:
    """The report as it is, without any person's word."""
    return ReviewedReport(report.verdict, report.findings)


@dataclass(frozen=True, slots=True)
class RowFinding:
    """A finding in a row: its place in seconds and its few words; `accepted` is a person's small print."""

    code: str
    severity: str
    start_s: float
    end_s: float
    words: str
    message: str
    remedy: str
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class ApartStretch:
    """A stretch of a talk that could not stand in one MP4 with the rest, in an MP4 of its own.

    `words` say what it came to; `wrong` what is wrong with it, empty where nothing is.
    """

    name: str
    output: str
    words: str
    wrong: str
    length_s: float
    video: str
    report: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One talk.

    Args:
        key: the talk's key in its output folder; empty for what was not done.
        talk: title, or the recording's name without its ending.
        state: the verdict as JSON has it, or `not_done`; `word` is what people call it.
        severity: of the worst finding that counts: critical, warning, note or empty.
        code: of that finding; `wrong` is the same in few words, `where_s` its place in seconds, None without.
        more: how many further findings count and are above a note.
        size_bytes: of the MP4, or where there is none, of the recording.
        source, output: paths as text; `video`, `report` and `picture` are addresses as seen from the page.
        parts: paths of the recordings that are joined in its MP4, in their order; empty for one alone.
        apart: stretches of it that are in MP4s of their own.
        small: small print, such as a person's word.
        changed: what is another since the last verdict that was made with something else, in few words; empty
            where nothing is, or where there was none. `changes` are all of them, `since` is the place, in the
            index's `since`, of what both were made with, `state_before` the verdict then.
    """

    key: str
    talk: str
    speaker: str
    day: str
    room: str
    time: str
    state: State
    word: str
    severity: str
    code: str
    wrong: str
    where_s: float | None
    more: int
    length_s: float
    size_bytes: int
    source: str
    output: str
    video: str
    report: str
    picture: str
    spots: tuple[RowFinding, ...] = ()
    parts: tuple[str, ...] = ()
    apart: tuple[ApartStretch, ...] = ()
    small: str = ""
    changed: str = ""
    changes: tuple[FindingChange, ...] = ()
    since: int | None = None
    state_before: str = ""

    def to_json(self) -> dict[str, Any]:
        """The row as a JSON object; without the picture, which the report has."""
        value = {name: getattr(self, name) for name in _TOLD}
        return {
            **value,
            "spots": [{name: getattr(one, name) for name in _SPOT} for one in self.spots],
            "apart": [asdict(one) for one in self.apart],
            "changes": [asdict(one) for one in self.changes],
        }


_TOLD = tuple(
    one.name for one in fields(IndexRow) if one.name not in ("picture", "spots", "apart", "changes")
)
_SPOT = tuple(one.name for one in fields(RowFinding))


@dataclass(frozen=True, slots=True)
class RowLinks:
    """Addresses of a talk's files as seen from the page; empty where there is none."""

    video: str = ""
    report: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class IndexedTalk:
    """What is known of a talk that was worked on. `name` is what it is called where no title is known.

    `compared` is its verdict beside the last one, `since` the place of what they were made with in the index.
    `parts` are the recordings that are joined in it; `changed` says that one is not as it was then.
    """

    key: str
    name: str
    report: Report
    place: TalkPlace
    title: str = ""
    speaker: str = ""
    size_bytes: int = 0
    links: RowLinks = RowLinks()
    compared: VerdictComparison | None = None
    since: int | None = None
    parts: tuple[str, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class UndoneRecording:
    """A recording that was not worked on, through no fault of its own; `words` say why."""

    source: str
    name: str
    place: TalkPlace
    code: str
    words: str
    remedy: str = ""
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is passed over: `why` is growing, part or no_recording."""

    source: str
    why: Literal["growing", "part", "no_recording"]
    words: str


@dataclass(frozen=True, slots=True)
class IndexTotals:
    """What it all comes to; `states` counts rows by state."""

    talks: int
    length_s: float
    recordings_bytes: int
    outputs_bytes: int
    states: Mapping[str, int] = field(default_factory=dict)


def row_of(talk: IndexedTalk, judged: ReviewedReport | None = None) -> IndexRow:
    """The row of a talk that was worked on.

    Args:
        judged: the report with the words that people left on it; None: nobody did.
    """
    report = talk.report
    judged = judged if judged is not None else as_found(report)
    ordered = sorted(judged.counts, key=lambda one: (-one.severity.rank, one.start_s))
    bad = [one for one in ordered if one.severity is not Severity.NOTE]
    worst = ordered[0] if ordered else None
    told = talk.compared
    joined = f"{len(talk.parts)} recordings joined" if talk.parts else ""
    if talk.parts and talk.changed:
        joined += "; one was changed or is gone since"
    small = [judged.said, joined, *(f"{brief(one)}: {words}" for one, words in judged.accepted if words)]
    return IndexRow(
        key=talk.key,
        talk=talk.title or talk.name,
        speaker=talk.speaker,
        day=talk.place.day,
        room=talk.place.room,
        time=talk.place.time,
        state="settled" if judged.settled else judged.verdict.value,
        word=SETTLED.get(judged.settled) or verdict_words(judged.verdict),
        severity=str(worst.severity) if worst is not None else "",
        code=str(worst.code) if worst is not None else "",
        wrong=brief(bad[0]) if bad else "",
        where_s=_where(bad[0], report) if bad else None,
        more=max(len(bad) - 1, 0),
        length_s=round(report.duration_s, 3),
        size_bytes=talk.size_bytes,
        source=report.source,
        output=report.output or "",
        video=talk.links.video,
        report=talk.links.report,
        picture=talk.links.picture,
        spots=(
            *(_spot(one) for one in ordered),
            *(_spot(one, words or "accepted") for one, words in judged.accepted),
        ),
        parts=talk.parts,
        small=" · ".join(text for text in small if text),
        changed="" if told is None or told.state == "same" else told.text,
        changes=() if told is None else told.changes,
        since=talk.since,
        state_before="" if told is None else told.verdict_before,
    )


def as_likely_part(row: IndexRow, recordings: Sequence[str]) -> IndexRow:
    """The row of one of these recordings, which look like parts of one talk, in their order."""
    told = f"Looks like part {recordings.index(row.source) + 1} of {len(recordings)} of one talk"
    return replace(row, small=" · ".join(text for text in (row.small, told) if text))


def with_apart(row: IndexRow, stretches: Sequence[tuple[IndexedTalk, ReviewedReport]]) -> IndexRow:
    """The row of a talk with the stretches that are in MP4s of their own: it is as good as the worst."""
    if not stretches:
        return row
    made = [(row_of(talk, judged), judged) for talk, judged in stretches]
    apart = tuple(
        ApartStretch(one.talk, one.output, one.word, one.wrong, one.length_s, one.video, one.report)
        for one, _ in made
    )
    words = ", ".join(f"{one.name} ({one.wrong or one.words})" for one in apart)
    told = replace(
        row,
        apart=apart,
        length_s=round(row.length_s + sum(one.length_s for one in apart), 3),
        size_bytes=row.size_bytes + sum(one.size_bytes for one, _ in made),
        small=" · ".join(text for text in (row.small, f"In an MP4 of its own: {words}") if text),
    )
    bad = [one for one, judged in made if judged.needs_person]
    if row.state == "ok" and bad:
        worst = max(bad, key=lambda one: one.severity == Severity.CRITICAL)
        wrong = f"{worst.wrong or worst.word} in {worst.talk}"
        told = replace(told, state="flagged", word=verdict_words(Verdict.FLAGGED), severity=worst.severity)
        told = replace(told, code=worst.code, wrong=wrong, where_s=None)
    return told


def row_of_not_done(one: UndoneRecording) -> IndexRow:
    """The row of a recording of which nothing can be said yet."""
    spot = RowFinding(one.code, str(Severity.WARNING), 0.0, 0.0, one.words, one.words, one.remedy)
    return IndexRow(
        key="",
        talk=one.name,
        speaker="",
        day=one.place.day,
        room=one.place.room,
        time=one.place.time,
        state="not_done",
        word=NOT_DONE,
        severity="",
        code=one.code,
        wrong=one.words,
        where_s=None,
        more=0,
        length_s=0.0,
        size_bytes=one.size_bytes,
        source=one.source,
        output="",
        video="",
        report="",
        picture="",
        spots=(spot,),
    )


def in_order(rows: Iterable[IndexRow]) -> list[IndexRow]:
    """Failed, critical, warnings, what is not done, the good; each by day, room and time."""
    return sorted(rows, key=_rank)


def totals(rows: Sequence[IndexRow], recordings_bytes: int, outputs_bytes: int) -> IndexTotals:
    """How many talks, hours and bytes; how many of each state."""
    states = {state: sum(row.state == state for row in rows) for state in _STATES}
    return IndexTotals(len(rows), sum(row.length_s for row in rows), recordings_bytes, outputs_bytes, states)


def counted(states: Mapping[str, int]) -> str:
    """The states in words: "2 failed, 3 need a look, 40 good"; those of which there are none are left out."""
    told = []
    for state in _STATES:
        number = states.get(state, 0)
        word = OTHER_WORDS.get(state) or WORDS[state]
        if number:
            told.append(f"{number} {counted_words(word, number)}")
    return ", ".join(told) or "nothing"


@functools.lru_cache(65_536)
def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts "day 2" before "day 10", and what is empty last."""
    if not text:
        return ((2, 0, ""),)
    parts = re.findall(r"\d+|\D+", text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _rank(row: IndexRow) -> tuple[Any, ...]:
    weight = _STATES.index(row.state) * 2 + (row.state == "flagged" and row.severity != "critical")
    return (weight, *(natural(text) for text in (row.day, row.room, row.time, row.talk)), row.source)


def _where(finding: Finding, report: Report) -> float | None:
    """Where in the MP4 the finding is, None when it has no place or there is nothing to look at."""
    placed = report.usable and finding.end_s > 0
    return round(min(finding.start_s, max(report.duration_s, 0.0)), 3) if placed else None


def _spot(finding: Finding, accepted: str = "") -> RowFinding:
    return RowFinding(
        str(finding.code),
        str(finding.severity),
        round(finding.start_s, 3),
        round(finding.end_s, 3),
        brief(finding),
        finding.message,
        finding.remedy,
        accepted,
    )
