"""The JSON of pretalx's broadcast-tools: rooms, and one list of talks with times in seconds since 1970."""

import re
from typing import Any

from stagebox.model.schedule import ScheduledRoom
from stagebox.schedule.document import Document, other_json
from stagebox.schedule.draft import Defaults, ScheduleDraft, TalkDraft, consent, people, place, tidy
from stagebox.schedule.times import in_reach, moment

NAME = "broadcast"


def name(document: Document) -> str:
    """It has talks and rooms side by side at the top."""
    there = document.json
    return NAME if isinstance(there, dict) and "talks" in there and "schedule" not in there else ""


def read(document: Document, defaults: Defaults) -> ScheduleDraft:
    """Every talk that can be read. It names neither the event nor its zone; its times have offsets."""
    talks, rooms = document.json["talks"], document.json.get("rooms")
    if not isinstance(talks, list):
        raise other_json(document, "“talks” is no list")
    draft = ScheduleDraft(zone=defaults.zone)
    draft.rooms = [ScheduledRoom(name=tidy(room)) for room in (rooms if isinstance(rooms, list) else ())]
    for number, talk in enumerate(talks, 1):
        if isinstance(talk, dict):
            _add(draft, talk, number)
        else:
            draft.problem(place(number, "", "").said, "schedule_no_event", left_out=True)
    return draft


def _add(draft: ScheduleDraft, talk: dict[str, Any], number: int) -> None:
    talk_id, title = tidy(talk.get("id")), tidy(talk.get("title"))
    where = place(number, talk_id, title).said
    start = _time(talk, "start", draft)
    if start is None:
        draft.problem(where, "schedule_no_start", written=tidy(talk.get("start")), left_out=True)
        return
    urls = talk.get("urls")
    persons = talk.get("persons")
    draft.talks.append(
        TalkDraft(
            where=where,
            title=title,
            start_utc=start,
            end_utc=_time(talk, "end", draft),
            written_length=tidy(talk.get("end")),
            ids=(tidy(talk.get("guid")), tidy(talk.get("code")), talk_id),
            guid=tidy(talk.get("guid")),
            code=tidy(talk.get("code")) or talk_id,
            speakers=people(persons if isinstance(persons, list) else ()),
            room=tidy(talk.get("room")),
            language=tidy(talk.get("locale")),
            consent=consent(talk.get("do_not_record"), talk.get("do_not_stream")),
            url=tidy(urls.get("public")) if isinstance(urls, dict) else "",
        )
    )


def _time(talk: dict[str, Any], which: str, draft: ScheduleDraft) -> float | None:
    """A time of a talk: old versions wrote only the time of day beside the seconds."""
    seconds = talk.get(f"{which}_ts")
    if isinstance(seconds, str) and re.fullmatch(r"\d{1,12}", seconds):
        seconds = int(seconds)
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and in_reach(seconds):
        return float(int(seconds))
    return moment(tidy(talk.get(which)), draft.zone.rules)
