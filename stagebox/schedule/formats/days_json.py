"""schedule.json of frab and pretalx: the same days, rooms and events as their XML."""

from typing import Any

from stagebox.model.schedule import ScheduledRoom
from stagebox.schedule.days import Day, draft_of_days, event_of
from stagebox.schedule.document import Document, other_json
from stagebox.schedule.draft import Defaults, ScheduleDraft, people, place, tidy
from stagebox.schedule.times import clock, day

FRAB_JSON = "frab-json"


def name(document: Document) -> str:
    """Any JSON that no other format takes: what is none of frab's is told by `read`."""
    return FRAB_JSON if document.json is not None else ""


def read(document: Document, defaults: Defaults) -> ScheduleDraft:
    """Every event that can be read."""
    schedule = _object(document, document.json, "schedule")
    conference = _object(document, schedule, "conference")
    days = conference.get("days")
    if not isinstance(days, list):
        raise other_json(document, "schedule.conference.days is no list")
    draft = draft_of_days(
        defaults,
        title=conference.get("title"),
        version=schedule.get("version"),
        zone_name=conference.get("time_zone_name"),
    )
    listed = conference.get("rooms")
    for room in listed if isinstance(listed, list) else ():
        if isinstance(room, dict):
            draft.rooms.append(ScheduledRoom(name=tidy(room.get("name")), guid=tidy(room.get("guid"))))
    number = 0
    for found in days:
        rooms = found.get("rooms") if isinstance(found, dict) else None
        if not rooms:
            continue
        if not isinstance(rooms, dict):
            raise other_json(document, "the “rooms” of a day are no object")
        date, begins = tidy(found.get("date")), tidy(found.get("day_start"))
        for room_name, events in rooms.items():
            draft.rooms.append(ScheduledRoom(name=tidy(room_name)))
            today = Day(day(date or begins), date, clock(begins[11:16]))
            for event in events if isinstance(events, list) else ():
                number += 1
                if isinstance(event, dict):
                    told = {**event, "persons": list(people(map(_person, _list(event.get("persons")))))}
                    event_of(draft, told, today, tidy(room_name), number)
                else:
                    draft.problem(place(number, "", "").said, "schedule_no_event", left_out=True)
    return draft


def _object(document: Document, parent: Any, key: str) -> dict[str, Any]:
    found = parent.get(key) if isinstance(parent, dict) else None
    if not isinstance(found, dict):
        raise other_json(document, f"it has no “{key}”")
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _person(person: Any) -> Any:
    """The name of a person: frab and pretalx have several fields for it, and some files plain names."""
    if not isinstance(person, dict):
        return person
    return next(
        (
            person[key]
            for key in ("public_name", "full_public_name", "name", "display_name")
            if person.get(key)
        ),
        "",
    )
