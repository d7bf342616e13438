"""A table (.csv) whose first line names its columns, or a list as people type it: time, title, speaker."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from stagebox.messages.code_catalogue import say
from stagebox.model.schedule import Consent, TalkConsent
from stagebox.schedule.document import KINDS, Document
from stagebox.schedule.draft import UNKNOWN, Defaults, ScheduleDraft, TalkDraft, consent, people, tidy
from stagebox.schedule.failure import refused
from stagebox.schedule.times import at, clock, day, length_s, moment

NAME = "csv"
LINE_MOST = 100_000
"""Of a longer line only so many letters are looked at."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "day", "datum", "den", "jour"),
    "start": (
        "start",
        "time",
        "begin",
        "begins",
        "from",
        "start time",
        "starts",
        "čas",
        "začátek",
        "zeit",
        "beginn",
    ),
    "end": ("end", "until", "to", "ends", "end time", "konec", "ende"),
    "duration": ("duration", "length", "minutes", "délka", "dauer"),
    "title": (
        "title",
        "talk",
        "name",
        "session",
        "session title",
        "proposal title",
        "název",
        "titel",
        "titre",
    ),
    "subtitle": ("subtitle",),
    "speakers": (
        *("speaker", "speakers", "speaker names", "person", "persons", "presenter", "presenters"),
        *("author", "authors", "řečník", "přednášející", "sprecher", "vortragende"),
    ),
    "room": ("room", "location", "hall", "místnost", "sál", "raum", "saal", "salle"),
    "language": ("language", "locale", "lang"),
    "guid": ("guid", "uid", "uuid"),
    "code": ("code", "id"),
    "url": ("url", "link"),
    "record": ("record", "recording"),
    "stream": ("stream", "streaming"),
    "publish": ("publish", "publication"),
    "optout": ("optout", "opt-out", "do_not_record", "do not record"),
}
_BY_NAME = {name: column for column, names in _COLUMNS.items() for name in names}
# “10:00 AMD today” and “10:00 Am I late?” begin with a word, and no half of a day.
_TIME = r"\d{1,2}[:.hH]\d{2}(?::\d{2}(?!\d))?(?:\s*(?:[ap]\.?m\.?|[AP]\.?M\.?)(?!\w))?"
_LINE = re.compile(rf"\s*({_TIME})(?:\s*(?:-|–|—|to)\s*({_TIME}))?\s*[,;:|\t–—-]?\s*(.*)")
_DATED = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\.\s*\d{1,2}\.\s*\d{4})(?!\d)\.?[\sT,;:|–—-]*(.*)"
)
_PARTS = re.compile(r"\s+(?:-|–|—|\|)\s+")
_SEVERAL = re.compile(r"\s*[;,/]\s*|\s+&\s+|\s+(?:and|und|et)\s+")


def name(document: Document) -> str:
    """A text with a line that begins with a time, or whose first line names a start and a title."""
    if document.text is None:
        return ""
    lines = _filled(document.text)
    if not lines:
        return ""
    header = _header(lines)
    return NAME if header is not None or any(_LINE.match(_dated(line)[1]) for _, line in lines[:50]) else ""


def read(document: Document, defaults: Defaults) -> ScheduleDraft:
    """Every line that can be read."""
    assert document.text is not None
    draft = ScheduleDraft(zone=defaults.zone, lists_rooms=True)
    lines = _filled(document.text)
    header = _header(lines)
    rows = _table(document.text, header) if header is not None else _typed(lines)
    today = _Day(defaults.today)
    for number, row in rows:
        _add(draft, row, number, today)
    if not draft.talks and not draft.problems:
        raise refused("schedule_other", KINDS, source=document.source)
    return draft


@dataclass(slots=True)
class _Day:
    """The day that the last line was of, and when the last talk of each room began on it, by the clock."""

    date: date
    latest: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Header:
    delimiter: str
    columns: tuple[str, ...]
    line: int


def _filled(text: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _header(lines: Sequence[tuple[int, str]]) -> _Header | None:
    if not lines:
        return None
    # Excel's own first line may name the delimiter.
    number, first = lines[1] if len(lines) > 1 and lines[0][1].lower().startswith("sep=") else lines[0]
    for delimiter in ("\t", ";", ",", "|"):
        row = next(csv.reader([first[:LINE_MOST]], delimiter=delimiter))
        columns = _columns(row)
        if "title" in columns and "start" in columns:
            return _Header(delimiter, columns, number)
    return None


def _columns(row: Iterable[str]) -> tuple[str, ...]:
    """What each column is; empty: nothing known. Of title and name the first counts."""
    found: list[str] = []
    for one in row:
        column = _BY_NAME.get(" ".join(one.strip().lower().split()), "")
        found.append(column if column not in found else "")
    return tuple(found)


def _table(text: str, header: _Header) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by its columns; a row is told by the line on which it ends.

    A quote that is never closed, or stands amid a field, is a letter of its line: it costs no other row.
    """
    lines = list(io.StringIO(text, newline=""))
    done = 0
    while done < len(lines):
        rest = map(lines.__getitem__, range(done, len(lines)))
        reader = csv.reader(rest, delimiter=header.delimiter, strict=True)
        try:
            row = next(reader)
            done += reader.line_num
        except csv.Error:
            row = lines[done].split(header.delimiter)
            done += 1
        if done <= header.line or not any(one.strip() for one in row):
            continue
        yield (
            done,
            {column: one.strip() for column, one in zip(header.columns, row, strict=False) if column},
        )


def _typed(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line of a typed list by its parts; a day is of its own line's talk and of all that follow."""
    for number, line in lines:
        of_day, rest = _dated(line)
        found = _LINE.fullmatch(rest)
        dated = {"day": of_day.isoformat()} if of_day is not None else {}
        if found:
            parts = _title_and_speakers(found[3])
            yield number, {**dated, "start": found[1], "end": found[2] or "", **parts}
        else:
            yield number, dated or {"start": line.strip()}


def _dated(text: str) -> tuple[date | None, str]:
    """The day that a text begins with, and what follows it; None, and all of it, where there is none."""
    found = _DATED.fullmatch(text.strip())
    told = day(found[1]) if found else None
    return (told, found[2]) if found and told is not None else (None, text)


def _title_and_speakers(rest: str) -> dict[str, str]:
    for delimiter in ("\t", ";", "|", ","):
        if delimiter in rest:
            title, *others = next(csv.reader([rest[:LINE_MOST]], delimiter=delimiter, skipinitialspace=True))
            return {"title": title.strip(), "speakers": "; ".join(one.strip() for one in others)}
    title, *others = _PARTS.split(rest)
    return {"title": title.strip(), "speakers": "; ".join(others)}


def _add(draft: ScheduleDraft, row: dict[str, str], number: int, today: _Day) -> None:
    where = say("schedule_line", n=number)
    if row.get("day"):
        told = day(row["day"])
        if told is None:
            draft.problem(where.said, "schedule_no_day", written=row["day"], left_out=True)
            return
        if told != today.date or set(row) == {"day"}:
            today.date, today.latest = told, {}
        if set(row) == {"day"}:
            return
    title, room = tidy(row.get("title")), tidy(row.get("room"))
    start = _moment(row.get("start", ""), draft, today, room, bool(row.get("day")))
    if start is None:
        draft.problem(where.said, "schedule_no_start", written=tidy(row.get("start")), left_out=True)
        return
    draft.talks.append(
        TalkDraft(
            where=where.said,
            title=title,
            start_utc=start,
            end_utc=_end(row.get("end", ""), start, draft, today),
            length_s=length_s(row.get("duration", "")),
            written_length=row.get("duration") or row.get("end") or "",
            ends_with_next=not row.get("duration") and not row.get("end"),
            ids=(tidy(row.get("guid")), tidy(row.get("code"))),
            guid=tidy(row.get("guid")),
            code=tidy(row.get("code")),
            subtitle=tidy(row.get("subtitle")),
            speakers=people(_SEVERAL.split(row.get("speakers", ""))),
            room=room,
            language=tidy(row.get("language")),
            consent=_consent(row),
            url=tidy(row.get("url")),
        )
    )


def _moment(text: str, draft: ScheduleDraft, today: _Day, room: str, dated: bool) -> float | None:
    """A whole date and time, or a time of the day that the list is at.

    In a list without days of its own, a time earlier than the one before it in its room is of the next day.
    """
    whole = _whole(text, draft)
    if whole is not None:
        return whole
    starts = clock(text)
    if starts is None:
        return None
    if dated:
        today.latest.pop(room, None)
    latest = today.latest.get(room, (0, 0))
    nights, seconds = latest
    of_day = starts.hour * 3600 + starts.minute * 60 + starts.second
    if of_day < seconds:
        nights += 1
    today.latest[room] = (nights, of_day)
    return at(_later(today.date, nights), starts, draft.zone.rules)


def _whole(text: str, draft: ScheduleDraft) -> float | None:
    """A date and time, as ISO 8601 or a spreadsheet writes it: `29.11.2026 10:00`."""
    of_day, rest = _dated(text)
    starts = clock(rest) if of_day is not None else None
    if of_day is not None and starts is not None:
        return at(of_day, starts, draft.zone.rules)
    return moment(text, draft.zone.rules)


def _later(day_then: date, days: int) -> date:
    """So many days later, or earlier; the last day of all stays it."""
    try:
        return day_then + timedelta(days=days)
    except OverflowError:
        return day_then


def _end(text: str, start: float, draft: ScheduleDraft, today: _Day) -> float | None:
    """A whole date and time, or the first such time of day after the start."""
    whole = _whole(text, draft)
    ends = clock(text)
    if whole is not None or ends is None:
        return whole
    for days in range(-1, 4):
        for fold in (0, 1):  # the hour that comes twice when summer time ends
            end = at(_later(today.date, days), ends.replace(fold=fold), draft.zone.rules)
            if end is not None and end > start:
                return end
    return None


def _consent(row: Mapping[str, str]) -> TalkConsent:
    """What columns of their own say, over what the opt-out says of all three."""
    # Who opts out with “ja” is heard, too.
    said = _answer(row.get("optout", ""))
    general = UNKNOWN if said in (None, Consent.UNKNOWN) else consent(said is Consent.YES)
    return TalkConsent(
        record=_answer(row.get("record", "")) or general.record,
        stream=_answer(row.get("stream", "")) or general.stream,
        publish=_answer(row.get("publish", "")) or general.publish,
    )


def _answer(text: str) -> Consent | None:
    word = text.strip().lower()
    if word in ("yes", "true", "1", "y", "ano", "ja", "oui"):
        return Consent.YES
    if word in ("no", "false", "0", "n", "ne", "nein", "non"):
        return Consent.NO
    return Consent.UNKNOWN if word else None
