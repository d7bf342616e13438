"""Day, room and time of a talk, from the folders and the name of its recording, as far as they tell. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DATE = re.compile(r"(?<!\d)(20\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")
_CLOCK = re.compile(r"(?<!\d)([0-2]\d)[-_:.h ]([0-5]\d)(?:[-_:. ][0-5]\d)?(?!\d)")
_WEEKDAYS = frozenset(
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so")
)
_LONG_DAYS = frozenset(
    (
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag"),
    )
)
_NUMBERED = re.compile(r"(?:day|tag|d|jour|dia|día|dag)[ _.-]?\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TalkPlace:
    """Where and when a talk was; what is not known is empty. `day` as the folder says it, `time` as HH:MM."""

    day: str = ""
    room: str = ""
    time: str = ""


def is_day(name: str) -> bool:
    """Whether a folder of this name is a day: a date, "Day 1", "Saturday"."""
    word = name.strip().casefold()
    return (
        bool(_DATE.search(word))
        or bool(_NUMBERED.fullmatch(word))
        or word.split(" ")[0].strip(",._-") in _WEEKDAYS | _LONG_DAYS
    )


def place_of(folders: Sequence[str], stem: str, above: str = "") -> TalkPlace:
    """What the folders between the folder that was named and the recording, and the name of it, tell.

    Args:
        folders: outermost first.
        above: the name of the folder that was named; it counts only if it is a day.
    """
    days = [name for name in folders if is_day(name)]
    rooms = [name for name in folders if name not in days]
    date, time = _stamped(stem)
    day = days[-1] if days else above if is_day(above) else date
    return TalkPlace(day, rooms[-1] if rooms else "", time)


def _stamped(stem: str) -> tuple[str, str]:
    """Date and time that a recorder wrote into the name: `2024-12-27 10-00-00`."""
    date = _DATE.search(stem)
    if date is None:
        return "", ""
    year, month, day = date.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return "", ""
    clock = _CLOCK.match(stem[date.end() :].lstrip(" _-T")) if date.end() < len(stem) else None
    hours = clock is not None and int(clock[1]) < 24
    return f"{year}-{month}-{day}", f"{clock[1]}:{clock[2]}" if clock is not None and hours else ""
