"""Findings before and now are held against each other by code and place; each change has its kind."""

import pytest

from stagebox.media.verdict_changes import between, counted, settings_between
from stagebox.model.report import Code, Finding, Severity


def silent(start_s: float, end_s: float, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(Code.SILENT, severity, start_s, end_s, "There is no sound.", "")


def gap(gap_s: float) -> Finding:
    return Finding(Code.GAP, Severity.WARNING, 30.0, 30.0, "A gap.", "", {"gap_s": gap_s})


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ([], [], []),
        ([silent(70, 80)], [silent(70, 80)], []),
        ([silent(70, 80)], [silent(72, 79)], []),  # other thresholds move edges
        ([], [silent(70, 80)], ["new: silent, 10 s at 1:10"]),
        ([silent(70, 80)], [], ["gone: silent, 10 s at 1:10"]),
        ([silent(70, 80)], [silent(90, 100)], ["new: silent, 10 s at 1:30", "gone: silent, 10 s at 1:10"]),
        (
            [silent(70, 80)],
            [silent(70, 80, Severity.CRITICAL)],
            ["graver: silent, 10 s at 1:10 (was a warning)"],
        ),
        ([silent(70, 80)], [silent(70, 80, Severity.NOTE)], ["milder: silent, 10 s at 1:10 (was a warning)"]),
        ([silent(70, 80)], [silent(70, 100)], ["longer: silent, 30 s at 1:10"]),
        ([silent(70, 100)], [silent(80, 90)], ["shorter: silent, 10 s at 1:20"]),
        ([silent(10, 60), silent(62, 120)], [silent(10, 120)], []),  # neighbours became one
        ([silent(10, 120)], [silent(10, 60), silent(62, 120)], []),  # and one became neighbours
        ([gap(10)], [gap(60)], ["longer: a gap, 1 min at 0:30"]),
        (
            [Finding(Code.UNREADABLE, Severity.CRITICAL, 0, 0, "")],
            [silent(0, 5)],
            ["new: silent, 5 s at 0:00", "gone: cannot be read"],
        ),
    ],
)
def test_a_change_is_told_by_its_kind(before: list[Finding], now: list[Finding], told: list[str]) -> None:
    assert [one.text for one in between(before, now)] == told
    assert len(between(now, before)) == len(told)


def test_what_is_accepted_or_a_note_is_not_worse() -> None:
    bad, note = silent(70, 80), silent(100, 103, Severity.NOTE)
    assert [one.is_worse for one in between([], [bad, note])] == [True, False]
    assert [one.is_worse for one in between([], [bad], [bad])] == [False]
    assert [one.is_worse for one in between([bad], [])] == [False]
    assert counted(between([silent(1, 9)], [bad, note])) == "2 new, 1 gone"


def test_settings_are_told_by_name_and_value() -> None:
    before = {"thresholds": {"a_s": 10.0, "on": False, "cards": [], "was": 1}, "talk": {"expected_s": None}}
    now = {"thresholds": {"a_s": 2.5, "on": True, "cards": ["x.png"], "is": 2}, "talk": {"expected_s": 60.0}}
    assert [one.text for one in settings_between(before, now)] == [
        *("a_s 10 → 2.5", "on false → true", "cards none → x.png", "is – → 2", "was 1 → –"),
        "expected_s not known → 60",
    ]
    assert settings_between(before, before) == ()
    assert settings_between({}, now) == ()  # an older version did not keep them
