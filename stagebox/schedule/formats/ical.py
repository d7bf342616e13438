"""iCalendar: one VEVENT a talk."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from stagebox.model.said import Said
from stagebox.schedule.document import Document
from stagebox.schedule.draft import (
    Defaults,
    ScheduleDraft,
    TalkDraft,
    people,
    place,
    tidy,
    zone_named,
    zone_of,
)
from stagebox.schedule.failure import refused
from stagebox.schedule.times import DAY_S, seconds_of

if TYPE_CHECKING:
    from icalendar import Component

NAME = "ical"
_SPEAKERS = re.compile(r"^\s*(?:speakers?|presenters?|by)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_AND = re.compile(r"\s*[,;]\s*|\s+(?:and|und|et|&)\s+")


def name(document: Document) -> str:
    """It begins with BEGIN:VCALENDAR."""
    text = document.text
    return NAME if text is not None and text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR" else ""


def read(document: Document, defaults: Defaults) -> ScheduleDraft:
    """Every event that can be read; each is read by itself, so a bad one costs one."""
    assert document.text is not None
    lines = _lines(document.text)
    head, events, whole = _blocks(lines)
    if not whole:
        reason = "END:VCALENDAR is missing"
        raise refused("schedule_unreadable", "schedule_again_help", source=document.source, reason=reason)
    draft = ScheduleDraft(
        zone=defaults.zone, lists_rooms=True, title=_head(head, "X-WR-CALNAME") or _head(head, "X-WR-CALDESC")
    )
    draft.zone = zone_of(_head(head, "X-WR-TIMEZONE"), defaults.zone, draft.problems)
    zones = _zones(head)
    for number, block in enumerate(events, 1):
        _add(draft, block, number, zones)
    return draft


def _lines(text: str) -> list[str]:
    """Unfolded lines. LF and CRLF end one; so does a CR alone in a file that has no LF."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    # A CR elsewhere is a part of a text, and no line may begin in it.
    unfolded = re.sub(r"(?<!\r)\r*\n[ \t]", "", text)
    return [re.sub(r"\r+", " ", line.rstrip("\r")) for line in unfolded.split("\n") if line.strip()]


def _blocks(lines: list[str]) -> tuple[list[str], list[list[str]], bool]:
    """What stands outside of events, the events, and whether the calendar has its end."""
    head: list[str] = []
    events: list[list[str]] = []
    inside: list[str] | None = None
    for line in lines:
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            if inside is not None:
                events.append(inside)  # without its end, so it is told that it cannot be read
            inside = [line]
        elif inside is not None:
            inside.append(line)
            if mark == "END:VEVENT":
                events.append(inside)
                inside = None
        else:
            head.append(line)
    ended = bool(head) and head[-1].strip().upper() == "END:VCALENDAR" and inside is None
    return head, events, ended


def _head(head: list[str], key: str) -> str:
    for line in head:
        before, _, value = line.partition(":")
        if before.partition(";")[0].strip().upper() == key:
            return tidy(value.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\"))
    return ""


def _zones(head: list[str]) -> dict[str, tzinfo]:
    """The zones that the file defines itself, of those whose names the world does not know."""
    from icalendar import Timezone

    found: dict[str, tzinfo] = {}
    for block in "\r\n".join(head).split("BEGIN:VTIMEZONE")[1:]:
        text = f"BEGIN:VTIMEZONE{block.partition('END:VTIMEZONE')[0]}END:VTIMEZONE\r\n"
        try:
            one = Timezone.from_ical(text)
            if isinstance(one, Timezone) and zone_named(str(one["TZID"])) is None:
                found[str(one["TZID"])] = one.to_tz()
        except Exception:  # a definition nobody can read is one that is not there
            continue
    return found


def _add(draft: ScheduleDraft, block: list[str], number: int, zones: dict[str, tzinfo]) -> None:
    from icalendar import Event

    try:
        event: Component = Event.from_ical("\r\n".join(block) + "\r\n")
        title, uid = tidy(_first(event, "SUMMARY")), tidy(_first(event, "UID"))
    except Exception:  # the library has many ways to say that it is none
        draft.problem(place(number, "", "").said, "schedule_no_event", left_out=True)
        return
    where = place(number, "", title).said
    if tidy(event.get("STATUS")).upper() == "CANCELLED":
        return
    start = _moment(event, "DTSTART", draft, zones, where)
    if start is None:
        draft.problem(where, "schedule_no_start", written=_written(block, "DTSTART"), left_out=True)
        return
    if "RRULE" in event or "RDATE" in event:
        draft.problem(where, "schedule_repeats")
    description = str(event.get("DESCRIPTION") or "")
    draft.talks.append(
        TalkDraft(
            where=where,
            title=title,
            start_utc=start,
            end_utc=_moment(event, "DTEND", draft, zones, where),
            length_s=_length_s(event),
            written_length=_written(block, "DTEND") or _written(block, "DURATION"),
            ids=(uid,),
            guid=uid,
            speakers=people((*_attendees(event), *_told(description))),
            room=tidy(_first(event, "LOCATION")),
            language=_language(event),
            url=tidy(event.get("URL")),
        )
    )


def _moment(
    event: "Component", key: str, draft: ScheduleDraft, zones: dict[str, tzinfo], where: Said
) -> float | None:
    """A time of an event, in seconds since 1970; a whole day begins at its midnight."""
    prop = event.get(key)
    when = _dt(prop)
    if isinstance(when, date) and not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day)
    if not isinstance(when, datetime):
        return None
    named = str(prop.params.get("TZID") or "") if prop is not None else ""
    if named in zones:
        when = when.replace(tzinfo=zones[named])
    elif when.tzinfo is None:
        zone = draft.zone
        if named:
            known = zone_named(named.strip().strip("/"))
            if known is None and key == "DTSTART":
                draft.problem(where, "schedule_zone_unknown", zone=named, taken=zone.name)
            zone = known or zone
        when = when.replace(tzinfo=zone.rules)
    return seconds_of(when)


def _dt(prop: Any) -> Any:
    """A property's value; None where it is missing or cannot be read."""
    try:
        return getattr(prop, "dt", None)
    except Exception:  # the library's own, of a property that it could not read
        return None


def _length_s(event: "Component") -> float | None:
    length = _dt(event.get("DURATION"))
    seconds = length.total_seconds() if isinstance(length, timedelta) else 0.0
    return seconds if 0 < seconds < 36_600 * DAY_S else None


def _written(block: list[str], key: str) -> str:
    """What stands behind a property's colon."""
    for line in block:
        before, _, value = line.partition(":")
        if before.partition(";")[0].strip().upper() == key:
            return value.strip()
    return ""


def _first(event: "Component", key: str) -> Any:
    """A property that may be there once in each language."""
    found: Any = event.get(key)
    return found[0] if isinstance(found, list) and found else found


def _attendees(event: "Component") -> Iterator[str]:
    found: Any = event.get("ATTENDEE") or []
    for one in found if isinstance(found, list) else [found]:
        params = getattr(one, "params", {})
        called = params.get("CN")
        if called and str(params.get("CUTYPE", "")).upper() not in ("ROOM", "RESOURCE"):
            yield str(called)


def _told(description: str) -> Iterator[str]:
    """Speakers that are named in the description alone, on a line of their own."""
    for line in _SPEAKERS.findall(description):
        yield from _AND.split(line)


def _language(event: "Component") -> str:
    params = getattr(_first(event, "SUMMARY"), "params", {})
    return tidy(params.get("LANGUAGE"))
