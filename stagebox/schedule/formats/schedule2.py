"""The second schedule JSON of the chaos events: one list of events, rooms by their guid."""

from typing import Any

from stagebox.model.schedule import ScheduledRoom
from stagebox.schedule.days import Day, draft_of_days, event_of
from stagebox.schedule.document import Document, other_json
from stagebox.schedule.draft import Defaults, ScheduleDraft, people, place, tidy

NAME = "schedule2"


def name(document: Document) -> str:
    """It has its events in one list, outside of any day."""
    schedule = document.json.get("schedule") if isinstance(document.json, dict) else None
    return NAME if isinstance(schedule, dict) and "events" in schedule else ""


def read(document: Document, defaults: Defaults) -> ScheduleDraft:
    """Every event that can be read; breaks are no talks."""
    schedule = document.json["schedule"]
    events = schedule["events"]
    if isinstance(events, dict):
        events = list(events.values())
    if not isinstance(events, list):
        raise other_json(document, "schedule.events is no list")
    told = schedule.get("conference")
    conference: dict[str, Any] = told if isinstance(told, dict) else {}
    draft = draft_of_days(
        defaults,
        title=conference.get("title"),
        version=schedule.get("version"),
        zone_name=conference.get("time_zone_name"),
    )
    listed = conference.get("rooms")
    listed = list(listed.values()) if isinstance(listed, dict) else listed
    rooms = [room for room in (listed if isinstance(listed, list) else ()) if isinstance(room, dict)]
    draft.rooms = [ScheduledRoom(name=tidy(room.get("name")), guid=tidy(room.get("guid"))) for room in rooms]
    by_guid = {tidy(room.get("guid")): room for room in rooms if room.get("guid")}
    for number, event in enumerate(events, 1):
        if not isinstance(event, dict):
            draft.problem(place(number, "", "").said, "schedule_no_event", left_out=True)
            continue
        if event.get("type") in ("break", "meta"):
            continue
        _add(draft, event, by_guid, number)
    return draft


def _add(
    draft: ScheduleDraft, event: dict[str, Any], by_guid: dict[str, dict[str, Any]], number: int
) -> None:
    room = event.get("room")
    reference = room if isinstance(room, dict) else {"name": room, "guid": room}
    known = by_guid.get(tidy(reference.get("guid")), {})
    participants = event.get("participants") or event.get("persons") or ()
    names = [
        person.get("name") or person.get("public_name") if isinstance(person, dict) else person
        for person in (participants if isinstance(participants, list) else ())
    ]
    called = tidy(known.get("name")) or tidy(reference.get("name"))
    told = {**event, "persons": list(people(names)), "room": called}
    features = known.get("features")
    if isinstance(features, dict) and features.get("recording") == "recording_forbidden":
        told["do_not_record"] = True
    event_of(draft, told, Day(None, ""), "", number)
