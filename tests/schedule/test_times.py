"""Lengths, times of day and days as schedules write them."""

from datetime import UTC, date, time
from zoneinfo import ZoneInfo

import pytest

from stagebox.schedule.times import clock, day, length_s, moment, next_day_if_past_midnight


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("00:45", 45),
        ("1:00", 60),
        ("01:00", 60),
        ("12:00", 720),
        ("45", 45),
        ("45 min", 45),
        ("90 minutes", 90),
        ("45m", 45),
        ("1h", 60),
        ("1h30", 90),
        ("1 h 05 min", 65),
        ("1.5 hours", 90),
        ("1:30 h", 90),
        ("PT45M", 45),
        ("PT1H30M", 90),
        ("P1DT1H", 1500),
        ("0:45:00", 45),
        ("01:30:00", 90),
        ("2:00:00", 120),
        ("1:02:30", 24 * 60 + 150),
        ("0:30:15", 30.25),
        ("6944:11:40", 6944 * 1440 + 11 * 60 + 40),
        ("30.0", 30),
    ],
)
def test_a_length_is_read(written: str, minutes: float) -> None:
    assert length_s(written) == minutes * 60


@pytest.mark.parametrize(
    "written",
    [
        *("", "long", "1:75", "10:99:00", "-5", "P", "PT", "1h?", "::"),
        *("9" * 400, "9" * 5000, "9" * 400 + ":00", "P" + "9" * 20 + "W"),
    ],
)
def test_what_is_no_length_is_told_as_unknown(written: str) -> None:
    assert length_s(written) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("9:00", time(9)),
        ("09:00:30", time(9, 0, 30)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("2:30 pm", time(14, 30)),
        ("12:15 AM", time(0, 15)),
        ("24:00", None),
        ("13:00 pm", None),
        ("soon", None),
        ("9", None),
    ],
)
def test_a_time_of_day_is_read(written: str, expected: time | None) -> None:
    assert clock(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-29", date(2026, 11, 29)),
        ("2026-11-29T04:00:00+02:00", date(2026, 11, 29)),
        ("29.11.2026", date(2026, 11, 29)),
        ("29. 11. 2026", date(2026, 11, 29)),
        ("2026/11/29", date(2026, 11, 29)),
        ("31.11.2026", None),
        ("Sunday", None),
    ],
)
def test_a_day_is_read(written: str, expected: date | None) -> None:
    assert day(written) == expected


def test_an_offset_beats_the_zone() -> None:
    prague = ZoneInfo("Europe/Prague")
    assert moment("2026-11-29T10:00:00+00:00", prague) == moment("2026-11-29T11:00:00", prague)
    assert moment("2026-11-29T10:00:00Z", prague) == moment("2026-11-29 10:00", UTC)
    assert moment("2026-11-29", prague) is None, "a day is no moment"
    assert moment("rubbish", prague) is None


@pytest.mark.parametrize(
    ("start", "change", "first", "day_of_month"),
    [
        (time(9), time(9), None, 1),  # at the change is not before it
        (time(0, 30), time(4), time(10), 2),
        (time(8, 30), time(9), None, 1),  # the room's first talk begins its day, however early
        (time(8, 45), time(9), time(8, 30), 1),
        (time(1), time(9), time(8, 30), 2),
        (time(0, 30), time(4), None, 2),  # a room that is used at night alone
        (time(23), time(4), time(10), 1),
    ],
)
def test_the_night_is_of_the_next_day(
    start: time, change: time, first: time | None, day_of_month: int
) -> None:
    found = next_day_if_past_midnight(date(2026, 12, 1), start, change, first)
    assert found == date(2026, 12, day_of_month)
