"""The book of alarms: when a check becomes an alarm, and when it stops being one."""

import pytest

from stagebox.health.book import Book, Patience
from stagebox.health.check import Check, Outcome
from stagebox.model.report import Code, Severity

PATIENCE = {Code.BLACK: Patience(raise_after_s=2.0, clear_after_s=1.0)}


def check(outcome: Outcome, code: Code = Code.BLACK, level: Severity = Severity.WARNING) -> Check:
    return Check(code=code, role="slides", outcome=outcome, level=level)


def book_after(*told: tuple[float, Outcome]) -> Book:
    book = Book()
    for now, outcome in told:
        book = book.note([check(outcome)], now, PATIENCE)
    return book


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
    book = Book()
    book = book.note([check("bad", Code.QUIET, Severity.WARNING)], 0.0, {})
    book = book.note([check("bad", Code.MISSING, Severity.CRITICAL)], 1.0, {})
    book = book.note([check("bad", Code.CLIPPING, Severity.WARNING)], 2.0, {})
    assert [entry.check.code for entry in book.raised] == [Code.MISSING, Code.QUIET, Code.CLIPPING]
