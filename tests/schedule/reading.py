"""Small schedules for tests, and what is read of them."""

from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

from stagebox.model.schedule import Schedule, ScheduledTalk
from stagebox.schedule.draft import Defaults, zone_named
from stagebox.schedule.parsing import parsed

TODAY = date(2026, 11, 29)


def read(data: bytes | str, zone: str = "Europe/Prague", today: date = TODAY) -> Schedule:
    """The schedule of a text, for a computer in this zone."""
    known = zone_named(zone)
    assert known is not None
    return parsed(data if isinstance(data, bytes) else data.encode(), "talks", Defaults(known, today))


def event(title: str = "Talk", **fields: str) -> str:
    """An <event>; its attributes are those of `id`, `guid` and `code` that are given."""
    attributes = "".join(
        f' {name}="{escape(fields.pop(name))}"' for name in ("id", "guid", "code") if name in fields
    )
    recording = fields.pop("recording", "")
    named = fields.pop("persons", "").split("|")
    persons = "".join(f"<person>{escape(one)}</person>" for one in named if one)
    inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
    told = f"<title>{escape(title)}</title>{inside}{recording}<persons>{persons}</persons>"
    return f"<event{attributes}>{told}</event>"


def xml(*days: tuple[str, dict[str, list[str]]], head: str = "") -> str:
    """A schedule.xml of days: the attributes of each, and its rooms with their events."""
    inside = "".join(
        f"<day {attributes}>"
        + "".join(f'<room name="{escape(name)}">{"".join(events)}</room>' for name, events in rooms.items())
        + "</day>"
        for attributes, rooms in days
    )
    conference = f"<conference><title>Event</title>{head}</conference>"
    return f'<?xml version="1.0"?><schedule>{conference}{inside}</schedule>'


def one_day(*events: str, head: str = "", day: str = 'index="1" date="2026-11-29"') -> str:
    """A schedule.xml with one day and one room, Hall."""
    return xml((day, {"Hall": list(events)}), head=head)


def times(talk: ScheduledTalk) -> tuple[str, str]:
    """When it begins and ends, in UTC."""
    start, end = (datetime.fromtimestamp(one, UTC) for one in (talk.start_utc, talk.end_utc))
    return f"{start:%m-%d %H:%M}", f"{end:%m-%d %H:%M}"
