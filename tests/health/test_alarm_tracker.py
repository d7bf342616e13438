"""The tracker of alarms: when a check becomes an alarm, and when it stops being one."""

import pytest

from stagebox.health.alarm_tracker import AlarmPatience, AlarmTracker
from stagebox.health.check import Check, Outcome
from stagebox.model.report import Code, Severity

PATIENCE = AlarmPatience(raise_after_s=2.0, clear_after_s=1.0)


def check(outcome: Outcome, code: Code = Code.BLACK, level: Severity = Severity.WARNING) -> Check:
    return Check(code=code, role="slides", outcome=outcome, level=level)


def usual(checks: list[Check]) -> list[tuple[Check, AlarmPatience]]:
    return [(check, AlarmPatience()) for check in checks]


def book_after(*told: tuple[float, Outcome]) -> AlarmTracker:
    tracker = AlarmTracker()
    for now, outcome in told:
        tracker = tracker.note([(check(outcome), PATIENCE)], now)
    return tracker


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ([(0.0, "bad")], False),
        ([(0.0, "bad"), (1.9, "bad")], False),
        ([(0.0, "bad"), (2.0, "bad")], True),
        ([(0.0, "bad"), (1.0, "fine"), (2.5, "bad")], False),
        ([(0.0, "bad"), (2.0, "bad"), (2.5, "fine"), (3.4, "fine")], True),
        ([(0.0, "bad"), (2.0, "bad"), (2.5, "fine"), (3.5, "fine")], False),
        ([(0.0, "bad"), (2.0, "bad"), (2.5, "fine"), (3.0, "bad"), (3.9, "fine")], True),
        ([(0.0, "bad"), (2.0, "bad"), (9.0, "unknown")], True),
        ([(0.0, "bad"), (1.0, "unknown"), (2.0, "bad")], True),
        ([(0.0, "unknown"), (9.0, "unknown")], False),
    ],
)
def test_alarms_are_raised_and_cleared_with_patience(told: list[tuple[float, Outcome]], raised: bool) -> None:
    assert bool(book_after(*told).raised) is raised


def test_what_loses_most_comes_first_and_of_equals_the_older() -> None:
    tracker, checks = AlarmTracker(), [check("bad", Code.CLOCK_UNSYNCED, Severity.WARNING)]
    tracker = tracker.note(usual(checks), 0.0)
    checks.append(check("bad", Code.MISSING, Severity.CRITICAL))
    tracker = tracker.note(usual(checks), 1.0)
    checks.append(check("bad", Code.BUTTON_BOX_GONE, Severity.WARNING))
    checks.append(check("bad", Code.CLIPPING, Severity.WARNING))
    tracker = tracker.note(usual(checks), 2.0)
    assert [entry.check.code for entry in tracker.raised] == [
        Code.MISSING,
        Code.CLIPPING,
        Code.CLOCK_UNSYNCED,
        Code.BUTTON_BOX_GONE,
    ]


def test_an_alarm_whose_rule_goes_quiet_is_over_after_the_time_that_any_alarm_takes() -> None:
    tracker = book_after((0.0, "bad"), (2.0, "bad"))
    assert tracker.raised
    tracker = tracker.note([], 3.0)
    assert tracker.raised, "a rule that is quiet for a moment clears nothing"
    tracker = tracker.note([], 4.0)
    assert not tracker.raised
    assert not tracker.entries


def test_a_rule_that_was_quiet_for_a_moment_keeps_its_alarm() -> None:
    tracker = book_after((0.0, "bad"), (2.0, "bad")).note([], 2.5)
    (before,) = tracker.raised
    (after,) = tracker.note([(check("bad"), PATIENCE)], 3.2).raised
    assert after.raised_at == before.raised_at


def test_what_was_bad_before_its_rule_went_quiet_does_not_count_afterwards() -> None:
    tracker = book_after((0.0, "bad")).note([], 1.0)
    assert not tracker.note([(check("bad"), PATIENCE)], 2.0).raised
