"""What came of a recording in a batch, and what that means for the command. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stagebox.media import earlier_verdict, runner, talk_review
from stagebox.media.findings import told
from stagebox.media.index.few_words import brief
from stagebox.media.index.rows import ReviewedReport
from stagebox.media.parts.offer_words import OfferedJoin
from stagebox.media.storage import ROOM_RESERVE_BYTES, amount
from stagebox.media.talk_review import TalkReview
from stagebox.media.verdict_changes import VerdictComparison
from stagebox.model.errors import ExitCode, StageboxError
from stagebox.model.report import Code, Finding, Report, Severity

LATER = frozenset({Code.DISK_FULL, Code.FOLDER_GONE, Code.NOT_DONE})
"""What is no fault of the recording: it is not done yet, and nothing is said of it."""


@dataclass(frozen=True, slots=True)
class JoinedPart:
    """Which part of a joined MP4 a recording is, from 1; `parts` are the paths of all of them."""

    output: str
    number: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of one recording.

    `foreign` says that input or set-up was unusable, not the recording bad; `again` that it took too long,
    which it may not another time. `later` says in few words why it is not done yet. `said` is what people
    said of this talk, None when nothing was. `compared` is the verdict beside the last one that was made with
    other settings or by another version, None when there was none. `joined`: the recording is a part of a
    joined MP4, and the report is that of it. `offer`: it looks like a part of one.
    """

    report: Report
    page_path: Path | None = None
    skipped: bool = False
    foreign: bool = False
    again: bool = False
    later: str = ""
    said: TalkReview | None = None
    compared: VerdictComparison | None = None
    joined: JoinedPart | None = None
    offer: OfferedJoin | None = None

    @property
    def judged(self) -> ReviewedReport:
        """The report as people left it."""
        return talk_review.judge(self.report, self.said)

    def to_json(self) -> dict[str, Any]:
        """The report as JSON, with what people said, what changed, and whether it is a part."""
        return {
            **self.report.to_json(),
            **talk_review.beside(self.report, self.said),
            **earlier_verdict.beside(self.compared),
            **({} if self.joined is None else {"joined": asdict(self.joined)}),
            **({} if self.offer is None else {"offer": self.offer.to_json()}),
        }


@dataclass(frozen=True, slots=True)
class BatchFault:
    """Why recordings are not done yet, once for all of them: a sentence, and what to do."""

    what: str
    remedy: str


def exit_code(done: Sequence[BatchResult]) -> ExitCode:
    """What a command that ends with these says."""
    if any(one.foreign for one in done):
        return ExitCode.UNUSABLE
    if any(one.judged.needs_person for one in done):
        return ExitCode.NEEDS_PERSON
    return ExitCode.GOOD


def later(path: Path, error: StageboxError, code: Code) -> BatchResult:
    """A recording that was left for later because of the disk, the output folder, or a place out of reach."""
    found = Finding(code, Severity.WARNING, 0.0, 0.0, error.what, error.remedy)
    report = Report(runner.exact(path.absolute()), None, None, 0.0, findings=(found,))
    return BatchResult(report, foreign=True, later=brief(found))


def out_of_reach(path: Path, folder: Path) -> BatchResult:
    """A recording whose whole folder is not there any more: a disk pulled out, a share that is gone."""
    facts = {"folder": runner.shown(folder), "name": runner.shown(path.name)}
    return later(path, StageboxError(*told(Code.NOT_DONE, "out_of_reach", **facts)), Code.NOT_DONE)


def how_many_done(results: Iterable[BatchResult]) -> int:
    """How many recordings are done: not those that were left for later."""
    return sum(not one.later for one in results)


def stopped(path: Path) -> BatchResult:
    """A recording whose turn did not come before the run was stopped."""
    return later(path, StageboxError(*told(Code.NOT_DONE, "stopped")), Code.NOT_DONE)


def faults(done: Sequence[BatchResult], sizes: Sequence[int], free_bytes: int | None) -> list[BatchFault]:
    """One sentence for each reason why recordings are not done yet.

    Args:
        sizes: of the recordings, in bytes.
        free_bytes: what is free where the outputs go, None where that is not known.
    """
    faulty = []
    for code in (Code.DISK_FULL, Code.FOLDER_GONE, Code.NOT_DONE):
        here = [at for at, one in enumerate(done) if one.later and one.report.findings[0].code is code]
        if not here:
            continue
        first = done[here[0]].report.findings[0]
        many = f"{len(here)} recordings are" if len(here) > 1 else "1 recording is"
        what = f"{many} not done yet. {first.message}"
        if code is Code.DISK_FULL and len(here) > 1:
            needed = int(sum(sizes[at] for at in here) * 1.05) + ROOM_RESERVE_BYTES
            free = "" if free_bytes is None else f", {amount(free_bytes)} are free"
            what = f"{many} not done yet: the disk is full. They need {amount(needed)}{free}. {WHY_ROOM}"
        faulty.append(BatchFault(what, first.remedy))
    return faulty


WHY_ROOM = (
    "An MP4 is as large as its recording, and "
    f"{amount(ROOM_RESERVE_BYTES)} beside it are kept free, so that nothing else on that disk stops."
)
