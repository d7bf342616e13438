"""When a talk begins, and how long it takes, as schedules write it. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_S = 86_400.0
LONGEST_S = 7 * DAY_S
"""Nothing that is longer is meant as a talk; it is told."""

_PARTS = re.compile(r"(\d+):(\d{1,2})(?::(\d{1,2}))?")
_ISO = re.compile(
    r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
)
_HOURS = re.compile(
    r"(\d+)(?:[.,](\d))?\s*h(?:(?:ou)?rs?)?\.?\s*(?:(\d{1,2})\s*(?:m(?:in(?:ute)?s?)?)?\.?)?", re.IGNORECASE
)
_MINUTES = re.compile(r"(\d+)(?:[.,]0+)?\s*(?:m(?:in(?:ute)?s?)?|['′])?\.?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


def moment(text: str, zone: tzinfo) -> float | None:
    """Seconds since 1970 of a date and time as ISO 8601 has them; None: it is none.

    An offset in the text beats `zone`.
    """
    try:
        found = datetime.fromisoformat(text.strip().replace("z", "Z"))
    except ValueError:
        return None
    if not re.search(r"\d[T ]\d", text.strip()):
        return None  # a day alone
    return seconds_of(found if found.tzinfo is not None else found.replace(tzinfo=zone))


def day(text: str) -> date | None:
    """The day of a date, or of a date and time; None: neither. `2.4.2021` and `2021/04/02` are read too."""
    text = text.strip()
    for written in (text[:10], text):
        try:
            return date.fromisoformat(written)
        except ValueError:
            continue
    if found := re.fullmatch(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\.?", text):
        year, month, number = found.groups()
    elif found := re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text):
        number, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def clock(text: str) -> time | None:
    """The time of day of `9:00`, `09:00:00`, `9.30`, `9h30` or `2:30 pm`; None: it is none."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds, half = found.groups()
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    try:
        return time(hour, int(minutes), int(seconds or 0))
    except ValueError:
        return None


def at(when: date, clock_time: time, zone: tzinfo) -> float | None:
    """Seconds since 1970 of a time of day in a zone; None: no event was or will be then."""
    return seconds_of(datetime.combine(when, clock_time, zone))


def in_reach(seconds: float) -> bool:
    """Whether seconds since 1970 may be meant: an event is before the year 2200."""
    return 0 < seconds < 7_258_118_400


def seconds_of(when: datetime) -> float | None:
    """Seconds since 1970 of a moment that knows its zone; None: no event was or will be then."""
    try:
        seconds = when.astimezone(UTC).timestamp()
    except (OverflowError, ValueError):
        return None
    return seconds if in_reach(seconds) else None


def length_s(text: str) -> float | None:
    """How long a talk takes, in seconds; None: nobody can tell, or more than a hundred years.

    `00:45`, `1:00` and `12:00` are hours and minutes; `45`, `45 min`, `1h30` and `PT45M` are read. Three
    numbers are days, hours and minutes (pretalx, from a day on) or hours, minutes and seconds: no talk is
    planned to the second, so they are the latter when the last is 00 or the middle one no hour.
    """
    try:
        found = _length_s(text.strip())
    except (OverflowError, ValueError):
        return None  # more digits than a number may have
    return found if found is not None and found < 100 * 366 * DAY_S else None


def _length_s(text: str) -> float | None:
    if found := _PARTS.fullmatch(re.sub(r"(?<=\d)\s*h$", "", text) if ":" in text else text):
        first, second = int(found[1]), int(found[2])
        if found[3] is None:
            return first * 3600.0 + second * 60.0 if second < 60 else None
        third = int(found[3])
        if second >= 60 or third >= 60:
            return None
        if third == 0 or second >= 24:
            return first * 3600.0 + second * 60.0 + third
        return first * DAY_S + second * 3600.0 + third * 60.0
    if found := _HOURS.fullmatch(text):
        hours, tenths, minutes = (int(one or 0) for one in found.groups())
        return hours * 3600.0 + tenths * 360.0 + minutes * 60.0
    if found := _MINUTES.fullmatch(text):
        return int(found[1]) * 60.0
    if (found := _ISO.fullmatch(text.upper())) and any(found.groups()):
        weeks, days, hours, minutes, seconds = (int(one or 0) for one in found.groups())
        return timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
        ).total_seconds()
    return None


def next_day_if_past_midnight(when: date, start: time, change: time, first: time | None) -> date:
    """The day on which a talk of a schedule's day begins, where only its time of day is written.

    A start before the change of days belongs to the night, so to the next day; but a room's first talk begins
    its day, however early, and nothing comes before it.

    Args:
        first: when the room's first talk of this day begins; None: this is it.
    """
    if start >= change:
        return when
    night = start < (MORNING if first is None else first)
    return when + timedelta(days=1) if night and when < date.max else when


MORNING = time(5)
"""Nobody begins the day's programme earlier."""
