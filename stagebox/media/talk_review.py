"""What people said of talks: findings that they accept, a talk that is lost, or that is in another file.

One small file a talk, `.stagebox/words/KEY.json`, apart from what the machine found: a new run makes the
report anew, and the words are held against it then. `judge` is pure; decision 1602 says what matches.
"""

import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from stagebox.media import storage
from stagebox.media.findings import settings_of
from stagebox.media.index.few_words import amount_s, brief
from stagebox.media.index.rows import ReviewedReport, as_found
from stagebox.media.manifest import ManifestEntry
from stagebox.media.runner import shown
from stagebox.media.verdict_changes import SLACK_S
from stagebox.messages.code_catalogue import entry
from stagebox.model.errors import StorageError
from stagebox.model.report import Code, Finding, Report, Severity, verdict_of
from stagebox.system.files import write_whole

SCHEMA = "stagebox.words/1"
FOLDER = "words"
WORSE_SHARE = 0.25
"""By this share a finding may be longer, or its figures larger, than what was accepted."""

SAME_LENGTH_S = 2.0
"""A recording whose length differs by more is another recording of that name."""

_LOCK_S = 30.0

Fated = Literal["lost", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that a person accepted, as it was then; `at` is a UTC time such as 2026-11-28T21:03:00Z.

    `amount_s` are the seconds that its figures tell where its place does not: what a gap lacks.
    """

    code: str
    severity: str
    start_s: float
    end_s: float
    amount_s: float
    note: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class TalkFate:
    """What became of a whole talk: `lost`, or `elsewhere`, which is in `file`."""

    kind: Fated
    note: str
    who: str
    at: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class TalkReview:
    """All that people said of one talk, and how long its recording was then."""

    duration_s: float
    words: tuple[Acceptance, ...] = ()
    fate: TalkFate | None = None

    def is_about(self, report: Report) -> bool:
        """Whether the report is on the recording that was meant; another one may have its name by now."""
        return abs(report.duration_s - self.duration_s) <= SAME_LENGTH_S


def now() -> str:
    """This moment, as a word tells it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def words_for(findings: Sequence[Finding], note: str, who: str, at: str) -> tuple[Acceptance, ...]:
    """The words that accept these findings."""
    return tuple(
        Acceptance(
            str(one.code),
            str(one.severity),
            round(one.start_s, 3),
            round(one.end_s, 3),
            round(amount_s(one), 3),
            note,
            who,
            at,
        )
        for one in findings
    )


def chosen(report: Report, code: Code, at_s: float | None) -> list[Finding]:
    """The findings of this code: all, or the nearest to `at_s`, in seconds; empty when there is none."""
    of_code = [one for one in report.findings if one.code is code]
    if at_s is None:
        return of_code
    near = [one for one in of_code if _beside(one, at_s) <= SLACK_S]
    return sorted(near, key=lambda one: (_beside(one, at_s), abs(one.start_s - at_s)))[:1]


def _beside(finding: Finding, at_s: float) -> float:
    return max(finding.start_s - at_s, at_s - finding.end_s, 0.0)


def word_for(finding: Finding, words: Sequence[Acceptance]) -> Acceptance | None:
    """The word that accepts this finding, None when nobody did, or when it got much worse since."""
    same = [word for word in words if word.code == finding.code]
    near = [word for word in same if _apart(word, finding) <= SLACK_S]
    if not near:
        return None
    nearest = min(near, key=lambda word: (_apart(word, finding), abs(word.start_s - finding.start_s)))
    allowed_s = SLACK_S + WORSE_SHARE * sum(word.end_s - word.start_s for word in near)
    told_s = max(word.amount_s for word in near)
    outside_s = _uncovered_s(finding, near)
    longer = outside_s > allowed_s or amount_s(finding) > told_s * (1 + WORSE_SHARE) + SLACK_S
    return None if longer or _graver(finding, near) else nearest


def _graver(finding: Finding, words: Sequence[Acceptance]) -> bool:
    """Whether it weighs more than it did, where no threshold decides what it weighs."""
    known = entry(finding.code)
    by_threshold = known is not None and known.after is not None and bool(settings_of(known.after))
    return not by_threshold and all(finding.severity.rank > Severity(word.severity).rank for word in words)


def _apart(word: Acceptance, finding: Finding) -> float:
    return max(word.start_s - finding.end_s, finding.start_s - word.end_s, 0.0)


def _uncovered_s(finding: Finding, words: Sequence[Acceptance]) -> float:
    """Seconds of the finding that no word covers."""
    left_s, at_s = 0.0, finding.start_s
    for word in sorted(words, key=lambda word: word.start_s):
        left_s += max(min(word.start_s, finding.end_s) - at_s, 0.0)
        at_s = max(at_s, word.end_s)
    return left_s + max(finding.end_s - at_s, 0.0)


def judge(report: Report, said: TalkReview | None) -> ReviewedReport:
    """The report as people left it: what still counts, what they accepted, what became of the talk."""
    if said is None or (not said.words and said.fate is None):
        return as_found(report)
    if not said.is_about(report):
        return replace(as_found(report), said="What was accepted was said of another recording of this name")
    if said.fate is not None:
        told = said.fate
        what = "Lost" if told.kind == "lost" else f"The talk is in {shown(told.file)}"
        small = tuple((one, "") for one in report.findings)
        return ReviewedReport(report.verdict, (), small, f"{what}: {small_print(told)}", told.kind)
    pairs = [(one, word_for(one, said.words)) for one in report.findings]
    counts = tuple(one for one, word in pairs if word is None)
    accepted = tuple((one, f"accepted: {small_print(word)}") for one, word in pairs if word is not None)
    return ReviewedReport(verdict_of(counts, usable=report.usable), counts, accepted)


def small_print(word: Acceptance | TalkFate) -> str:
    """The note, and who said it when."""
    return f"“{shown(word.note)}” ({shown(word.who)}, {word.at[:16].replace('T', ' ')} UTC)"


def beside(report: Report, said: TalkReview | None) -> dict[str, Any]:
    """What stands beside the findings in a report's JSON: empty when nobody said anything."""
    judged = judge(report, said)
    if said is None or judged == as_found(report):
        return {}
    accepted: list[dict[str, Any]] = []
    for one, _ in judged.accepted:
        if (word := word_for(one, said.words)) is not None:
            at = {"start_s": round(one.start_s, 3), "end_s": round(one.end_s, 3)}
            accepted.append({"code": str(one.code), **at, **{key: getattr(word, key) for key in _TOLD}})
    fate = None if said.fate is None or not judged.settled else asdict(said.fate)
    after = {"verdict": str(judged.verdict), "needs_person": judged.needs_person, "fate": fate}
    return {"accepted": accepted, "after_acceptance": after}


_TOLD = ("severity", "note", "who", "at")


def path_of(hidden: Path, key: str) -> Path:
    """Where the words on the talk of this key are."""
    return hidden / FOLDER / f"{key}.json"


def load(hidden: Path, key: str) -> TalkReview | None:
    """What was said of this talk; None when nothing was, or when it cannot be read: then all counts."""
    try:
        return _read(path_of(hidden, key))
    except StorageError:
        return None


def of_entry(hidden: Path, key: str, entry: ManifestEntry) -> ReviewedReport:
    """An entry's report as people left it."""
    return judge(entry.report, load(hidden, key))


def _read(path: Path) -> TalkReview | None:
    try:
        value = json.loads(path.read_bytes())
        fate = {SCHEMA: value["fate"]}[value["schema"]]
        said = TalkReview(
            float(value["duration_s"]),
            tuple(Acceptance(**one) for one in value["words"]),
            None if fate is None else TalkFate(**fate),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise StorageError(
            f"What people said of this talk cannot be read: {shown(path)}.",
            "Put this file aside, then say it again. Until then every finding counts.",
        ) from None
    return said


def accept(hidden: Path, key: str, report: Report, words: Sequence[Acceptance]) -> TalkReview:
    """Keep these words; one on the same finding is replaced.

    Raises:
        StorageError: the folder cannot be written, or what was said before cannot be read.
    """
    met = [(word.code, word.start_s, word.end_s) for word in words]

    def add(said: TalkReview) -> TalkReview:
        kept = [one for one in said.words if (one.code, one.start_s, one.end_s) not in met]
        return replace(said, words=(*kept, *words))

    return _change(hidden, key, report, add)


def undo(hidden: Path, key: str, report: Report, findings: Sequence[Finding] | None) -> TalkReview:
    """Take back the words on these findings; with None all of them, and what became of the talk."""

    def remove(said: TalkReview) -> TalkReview:
        if findings is None:
            return TalkReview(report.duration_s)
        near = {
            word
            for word in said.words
            if any(word.code == one.code and _apart(word, one) <= SLACK_S for one in findings)
        }
        return replace(said, words=tuple(word for word in said.words if word not in near))

    return _change(hidden, key, report, remove)


def settle(hidden: Path, key: str, report: Report, fate: TalkFate) -> TalkReview:
    """Keep what became of the talk; raises as `accept`."""
    return _change(hidden, key, report, lambda said: replace(said, fate=fate))


def _change(hidden: Path, key: str, report: Report, change: Callable[[TalkReview], TalkReview]) -> TalkReview:
    try:
        with storage.exclusive(hidden, FOLDER, deadline_s=_LOCK_S):
            path = path_of(hidden, key)
            said = _read(path) or TalkReview(report.duration_s)
            if not said.is_about(report):
                said = TalkReview(report.duration_s)
            changed = change(said)
            path.parent.mkdir(exist_ok=True)
            value: Mapping[str, Any] = {"schema": SCHEMA, **asdict(changed)}
            content = (json.dumps(value, ensure_ascii=True, indent=1) + "\n").encode()
            write_whole(path, content, mode=None, aside=hidden / f"{FOLDER}.{key}.part")
    except OSError as error:
        raise StorageError(
            f"This was not kept: {storage.folder_error(hidden.parent, error).what}",
            "Give this user the right to write there, or copy the folder to a disk that can be written. "
            "Then say it again. Nothing was changed.",
        ) from None
    return changed


def follow(hidden: Path, old: str, new: str) -> None:
    """Have the words on a talk follow it to another key: its recording was renamed.

    Raises:
        OSError: the folder cannot be written.
    """
    if not path_of(hidden, new).exists():
        with contextlib.suppress(FileNotFoundError):
            path_of(hidden, old).replace(path_of(hidden, new))


def in_words(judged: ReviewedReport) -> str:
    """What the talk comes to now, in one sentence."""
    if judged.settled:
        return judged.said + "."
    bad = [one for one in judged.counts if one.severity is not Severity.NOTE]
    if bad:
        worst = max(bad, key=lambda one: one.severity.rank)
        more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
        return f"Still needs a look: {brief(worst)}{more}."
    return "The talk is good." if not judged.needs_person else "There is no MP4 of this talk."
