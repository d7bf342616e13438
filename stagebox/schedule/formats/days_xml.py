"""schedule.xml of frab, pretalx and old Pentabarf: days, in them rooms, in them events."""

from collections.abc import Iterator
from datetime import time
from xml.etree.ElementTree import Element

from stagebox.model.schedule import ScheduledRoom
from stagebox.schedule.days import Day, draft_of_days, event_of
from stagebox.schedule.document import KINDS, Document
from stagebox.schedule.draft import Defaults, ScheduleDraft, people, tidy
from stagebox.schedule.failure import refused
from stagebox.schedule.times import clock, day

FRAB, PENTABARF = "frab-xml", "pentabarf"


def name(document: Document) -> str:
    """frab's XML, which pretalx writes too, or Pentabarf's: its events have neither guid nor date."""
    root = document.xml
    if root is None:
        return ""
    known = any(event.get("guid") or event.find("date") is not None for event in root.iter("event"))
    return FRAB if known or next(root.iter("event"), None) is None else PENTABARF


def read(document: Document, defaults: Defaults) -> ScheduleDraft:
    """Every event that can be read."""
    root = document.xml
    assert root is not None
    if root.tag != "schedule":
        raise refused("schedule_other_xml", KINDS, source=document.source, tag=root.tag)
    draft = draft_of_days(
        defaults,
        title=root.findtext("conference/title"),
        version=root.findtext("version"),
        zone_name=root.findtext("conference/time_zone_name"),
    )
    draft.rooms = [
        ScheduledRoom(name=tidy(room.get("name")), guid=room.get("guid") or "")
        for parent in ("conference/rooms", "rooms")
        for room in root.findall(f"{parent}/room")
    ]
    change = clock(root.findtext("conference/day_change") or "")
    number = 0
    for found in root.findall("day"):
        draft.rooms += [
            ScheduledRoom(name=tidy(room.get("name")), guid=room.get("guid") or "")
            for room in found.findall("room")
        ]
        when = day(found.get("date") or found.get("start") or "")
        for room in found.findall("room"):
            today = Day(when, found.get("date") or "", _change(found, change))
            for event in room.findall("event"):
                number += 1
                event_of(draft, _fields(event), today, tidy(room.get("name")), number)
    return draft


def _change(found: Element, change: time | None) -> time | None:
    """When the schedule's day changes: as it says, else when this day begins."""
    if change is not None:
        return change
    begins = found.get("start") or ""
    return clock(begins[11:16]) if len(begins) >= 16 else None


def _fields(event: Element) -> dict[str, object]:
    """The fields of an event under the names that JSON has for them."""
    told: dict[str, object] = {child.tag: "".join(child.itertext()) for child in event}
    told |= {key: value for key, value in event.attrib.items() if key in ("id", "guid", "code")}
    recording = event.find("recording")
    if recording is not None:
        told |= {child.tag: child.text for child in recording if child.tag in ("optout", "do_not_stream")}
    told["persons"] = list(people(_names(event)))
    return told


def _names(event: Element) -> Iterator[str]:
    for person in event.iterfind("persons/person"):
        yield person.text or person.get("name") or ""
