"""Has a person's word on a processed talk kept, and shows it at once: in its report, and in the index."""

import contextlib
from pathlib import Path
from typing import Any

from stagebox.media import overview, pages, runner, talk_review
from stagebox.media.findings import table
from stagebox.media.index import writing
from stagebox.media.index.few_words import brief
from stagebox.media.index.rows import ReviewedReport
from stagebox.media.processed_talk import ProcessedTalk
from stagebox.media.talk_review import TalkFate, TalkReview
from stagebox.model.errors import RefusedError, StorageError
from stagebox.model.figures import clock
from stagebox.model.report import Code, Finding, Report

NOTE_LONGEST, NAME_LONGEST = 500, 100


def code_of(text: str) -> Code:
    """The code that a person typed.

    Raises:
        RefusedError: there is none of that name.
    """
    with contextlib.suppress(ValueError):
        return Code(text.strip().lower().replace("-", "_").replace(" ", "_"))
    raise RefusedError(
        f"No finding is called “{runner.shown(text)}”.", "The report names them, such as " + _some() + "."
    )


def _some() -> str:
    return ", ".join(list(table())[:3])


def meant(report: Report, code: Code, at_s: float | None) -> list[Finding]:
    """The findings that a person means.

    Raises:
        RefusedError: there is none of this code there.
    """
    found = talk_review.chosen(report, code, at_s)
    if found:
        return found
    where = "" if at_s is None else f" at {clock(at_s)}"
    raise RefusedError(f"There is no “{code}”{where} in this talk.", f"There is: {listed(report.findings)}.")


def listed(findings: tuple[Finding, ...]) -> str:
    """Findings as they are typed, each with its few words."""
    told = [f"{one.code}@{one.start_s:g} ({brief(one)})" for one in findings]
    return ", ".join(told) or "nothing that was found"


def note_of(text: str) -> str:
    """The note, on one line.

    Raises:
        RefusedError: it is empty, or too long.
    """
    note = " ".join(text.split())
    if not note:
        raise RefusedError("A word needs a note that says why.", "Add --note 'Why this is fine'.")
    if len(note) > NOTE_LONGEST:
        raise RefusedError(
            f"The note is {len(note)} letters long.", f"Say it in {NOTE_LONGEST} letters or less."
        )
    return note


def accept(known: ProcessedTalk, findings: list[Finding], note: str, who: str) -> ReviewedReport:
    """Accept these findings of the talk; returns the talk as people left it.

    Raises:
        RefusedError: the note says nothing, or there is no MP4 whose findings could be accepted.
        StorageError: the folder cannot be written.
    """
    if not known.entry.report.usable:
        raise RefusedError(
            "There is no MP4 of this recording, so nothing in it can be accepted.",
            "Say what became of the talk: --lost, or --other FILE for the file that has it.",
        )
    words = talk_review.words_for(findings, note_of(note), _name(who), talk_review.now())
    return _shown(known, talk_review.accept(known.hidden, known.key, known.entry.report, words))


def settle(known: ProcessedTalk, note: str, who: str, other: Path | None) -> ReviewedReport:
    """Say that the talk is lost, or, with `other`, that it is in this file; raises as `accept`."""
    kind: talk_review.Fated = "lost" if other is None else "elsewhere"
    file = "" if other is None else runner.exact(other.absolute())
    if other is not None and not other.is_file():
        raise RefusedError(f"There is no file {runner.shown(other)}.", "Name the file that has this talk.")
    if file in {one.path for one in known.entry.sources} | {known.entry.report.output}:
        raise RefusedError("That is this talk's own file.", "Name another file that has this talk.")
    fate = TalkFate(kind, note_of(note), _name(who), talk_review.now(), file)
    return _shown(known, talk_review.settle(known.hidden, known.key, known.entry.report, fate))


def undo(known: ProcessedTalk, findings: list[Finding] | None) -> ReviewedReport:
    """Take back what was said of these findings, with None everything that was said of the talk.

    Raises:
        StorageError: the folder cannot be written.
    """
    return _shown(known, talk_review.undo(known.hidden, known.key, known.entry.report, findings))


def _name(who: str) -> str:
    return " ".join(who.split())[:NAME_LONGEST] or "somebody"


def _shown(known: ProcessedTalk, said: TalkReview) -> ReviewedReport:
    """Make the talk's report and the index anew."""
    seen = overview.read_beside(pages.report_path(known.out, known.entry.stem))
    try:
        pages.write_said(known.out, known.entry, seen, known.hidden, known.key)
    except StorageError as error:
        raise StorageError(
            f"This is kept, but the talk's report does not show it yet. {error.what}",
            "When it can be written again, run `stagebox accept` for the same finding once more.",
        ) from None
    writing.renew(known.out)
    return talk_review.judge(known.entry.report, said)


def as_json(known: ProcessedTalk) -> dict[str, Any]:
    """The talk's report with what people said of it."""
    said = talk_review.load(known.hidden, known.key)
    return {**known.entry.report.to_json(), **talk_review.beside(known.entry.report, said)}
