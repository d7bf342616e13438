"""What the formats that are made of days share: one event, and on which day it begins. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from stagebox.schedule.draft import (
    Defaults,
    ScheduleDraft,
    TalkDraft,
    consent,
    place,
    tidy,
    zone_of,
)
from stagebox.schedule.times import at, clock, day, length_s, moment, next_day_if_past_midnight

_OPT_OUT = ("optout", "do_not_record", "opt_out")
_CODE = re.compile(r"/talk/([A-Z0-9]{4,10})/?$")


@dataclass(slots=True)
class Day:
    """A day of a schedule in one room.

    Args:
        date: None where it has none that can be read; `written` is what stands there.
        change: when the schedule's next day begins, by the clock; None: at midnight.
        first: when the room's first talk that begins on this very date does.
    """

    date: date | None
    written: str
    change: time | None = None
    first: time | None = None


def draft_of_days(defaults: Defaults, *, title: Any, version: Any, zone_name: Any) -> ScheduleDraft:
    """A draft without talks, in the zone that the file names, else in the one of the defaults."""
    draft = ScheduleDraft(title=tidy(title), version=tidy(version), zone=defaults.zone)
    draft.zone = zone_of(tidy(zone_name), defaults.zone, draft.problems)
    return draft


def event_of(draft: ScheduleDraft, told: Mapping[str, Any], today: Day, room: str, number: int) -> None:
    """Add the talk of an event to the draft, or say why it is left out."""
    talk_id, title = tidy(told.get("id")), tidy(told.get("title"))
    where = place(number, talk_id or tidy(told.get("code")), title)
    start = _start(draft, told, today, where.said)
    if start is None:
        return
    url = tidy(told.get("url"))
    # pretalx's XML has a talk's code in its address alone.
    in_address = _CODE.search(url)
    code = tidy(told.get("code")) or (in_address[1] if in_address else "")
    end = tidy(told.get("end"))
    written = tidy(told.get("duration"))
    draft.talks.append(
        TalkDraft(
            where=where.said,
            title=title,
            start_utc=start,
            end_utc=moment(end, draft.zone.rules) if end else None,
            length_s=length_s(written),
            written_length=written,
            ids=(tidy(told.get("guid")), code, talk_id),
            guid=tidy(told.get("guid")),
            code=code or talk_id,
            subtitle=tidy(told.get("subtitle")),
            speakers=tuple(told.get("persons") or ()),
            room=tidy(told.get("room")) or room,
            language=tidy(told.get("language")),
            consent=consent(
                tuple(told[name] for name in _OPT_OUT if name in told), told.get("do_not_stream")
            ),
            url=url,
        )
    )


def _start(draft: ScheduleDraft, told: Mapping[str, Any], today: Day, where: Any) -> float | None:
    """When an event begins: by its own date, which beats all else, or by its day and time of day."""
    dated = tidy(told.get("date"))
    written = tidy(told.get("start"))
    starts = clock(written)
    if dated:
        start = moment(dated, draft.zone.rules)
        alone = day(dated) if start is None and starts is not None else None
        if alone is not None and starts is not None:
            start = at(alone, starts, draft.zone.rules)
        if start is not None:
            return start
        draft.problem(where, "schedule_no_start", written=dated, left_out=True)
        return None
    if starts is None:
        whole = moment(written, draft.zone.rules)
        if whole is None:
            draft.problem(where, "schedule_no_start", written=written, left_out=True)
        return whole
    if today.date is None:
        draft.problem(where, "schedule_no_day", written=today.written, left_out=True)
        return None
    begins = today.date
    if today.change is not None:
        begins = next_day_if_past_midnight(today.date, starts, today.change, today.first)
    if begins == today.date and (today.first is None or starts < today.first):
        today.first = starts
    return at(begins, starts, draft.zone.rules)
