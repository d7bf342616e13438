"""Recordings stay for every reason there is, and go when there is none."""

from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.media.index.rows import ReviewedReport
from stagebox.media.release.keep_reasons import CHECKS, ReleaseFacts, kept
from stagebox.media.release.moved_paths import places
from stagebox.model.report import Code, Finding, Severity, Verdict

BLACK = Finding(Code.BLACK, Severity.WARNING, 10.0, 20.0, "The picture is black.")
GOOD = ReleaseFacts(ReviewedReport(Verdict.OK, ()))

REASONS = {
    "busy": replace(GOOD, busy=True),
    "growing": replace(GOOD, growing=True),
    "linked": replace(GOOD, linked=True),
    "part_gone": replace(GOOD, sources_there=False),
    "source_changed": replace(GOOD, sources_same=False),
    "no_output": replace(GOOD, output_made=False),
    "output_gone": replace(GOOD, output_there=False),
    "output_changed": replace(GOOD, output_same=False),
    "rescue_gone": replace(GOOD, rescue_there=False),
    "old_report": replace(GOOD, version="0.2.0"),
    "lost": replace(GOOD, judged=ReviewedReport(Verdict.FAILED, (), (), "Lost: “x”", "lost")),
    "elsewhere": replace(
        GOOD, judged=ReviewedReport(Verdict.FLAGGED, (), (), "The talk is in b", "elsewhere")
    ),
    "needs_person": replace(GOOD, judged=ReviewedReport(Verdict.FLAGGED, (BLACK,))),
    "not_lossless": replace(GOOD, lossless=False),
    "differs": replace(GOOD, compared="differs"),
    "unreadable": replace(GOOD, compared="unreadable"),
}


@pytest.mark.parametrize("code", REASONS)
def test_recordings_stay_for_this_reason_alone(code: str) -> None:
    told = kept(REASONS[code])
    assert told is not None
    assert told.code == code
    assert told.why.endswith(".")
    assert told.remedy.endswith(".")


@pytest.mark.parametrize(
    "facts",
    [
        GOOD,
        replace(GOOD, rescue_there=True),
        replace(GOOD, judged=ReviewedReport(Verdict.OK, (), ((BLACK, "accepted: “x” (anna)"),))),
    ],
)
def test_recordings_go_when_nothing_speaks_against_it(facts: ReleaseFacts) -> None:
    assert kept(facts) is None


def test_every_check_has_a_reason_that_only_it_gives() -> None:
    for check in CHECKS:
        assert any(check(facts) is not None for facts in REASONS.values()), check.__name__
        assert check(GOOD) is None


def test_recordings_keep_their_folders_where_they_go() -> None:
    one, two, far = Path("/rec/1/a.flv"), Path("/rec/2/a.flv"), Path("/card/DCIM/b.mp4")
    assert places([one, two, far], Path("/rec")) == {
        one: Path("1/a.flv"),
        two: Path("2/a.flv"),
        far: Path("b.mp4"),
    }
    assert places([one, two], Path("/talks")) == {one: Path("1/a.flv"), two: Path("2/a.flv")}
