"""Set-up's page of the schedule: which one is used, how old it is, and what could be used instead. Pure."""

import re
from pathlib import PurePath

from stagebox.model.observations import DevicesReading
from stagebox.model.set_up import ActiveSettings
from stagebox.views.asked import is_asked
from stagebox.views.now_and_next import age_words, day_and_time
from stagebox.views.said import sentence
from stagebox.views.seen import Seen, Translate
from stagebox.views.values import Choice, SchedulePage, Shape, TypedTalk

TYPED = "typed-schedule.csv"
_TIMED = re.compile(r"\d{1,2}[:.h]\d{2}\b.*\w", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def schedule_page_of(seen: Seen, translate: Translate) -> SchedulePage:
    """The page."""
    told = seen.snapshot.set_up
    in_force = told.in_force or ActiveSettings()
    schedule = seen.snapshot.schedule
    shape, words = _state(seen, translate)
    typed = tuple(_typed(line, translate) for line in seen.typed)
    asked = any(one.kind in ("use_schedule", "UseSchedule") for one in told.asked) or any(
        one.kind == "use_schedule" for one in seen.asked
    )
    return SchedulePage(
        ready=seen.fresh and told.in_force is not None,
        used=bool(schedule.source),
        shape="busy" if asked else shape,
        title=schedule.title if schedule.source else translate("No schedule is used"),
        words=words,
        source=source_words(schedule.source, translate),
        room=schedule.room,
        asked=asked,
        auto_start=in_force.auto_start,
        rooms=tuple(_room(seen, name, schedule.room) for name in _rooms(seen)),
        files=_files(seen, schedule.source, translate),
        typed=typed,
        typed_ready=bool(typed) and not any(one.why for one in typed),
    )


def source_words(source: str, translate: Translate) -> str:
    """A schedule's place as people know it: an address, or a file's name."""
    if PurePath(source).name == TYPED:
        return translate("The list that was typed here")
    return source if "://" in source else PurePath(source).name


def _rooms(seen: Seen) -> tuple[str, ...]:
    return seen.schedule.rooms if seen.schedule.source == seen.snapshot.schedule.source else ()


def _room(seen: Seen, name: str, chosen: str) -> Choice:
    asked = is_asked(seen.asked, "use_schedule", name)
    return Choice(kind="room", target=name, name=name, note="", chosen=name == chosen, asked=asked)


def _files(seen: Seen, chosen: str, translate: Translate) -> tuple[Choice, ...]:
    """What is on plugged-in disks, and none."""
    found = (seen.snapshot.set_up.devices or DevicesReading()).schedules
    files = tuple(
        Choice(
            kind="file",
            target=path,
            name=PurePath(path).name,
            note=PurePath(path).parent.name,
            chosen=path == chosen,
            asked=False,
        )
        for path in found
    )
    none = Choice(
        kind="none", target="", name=translate("No schedule"), note="", chosen=not chosen, asked=False
    )
    return (*files, none)


def _state(seen: Seen, translate: Translate) -> tuple[Shape, str]:
    """How the schedule is, in a sentence or two."""
    schedule = seen.snapshot.schedule
    if not seen.fresh:
        return "unknown", translate("not known")
    if not schedule.source:
        words = translate(
            "With one, talks get their names from it, and the screen offers each when it begins."
        )
        return "off", words
    trouble = sentence(seen, schedule.trouble)
    if schedule.trouble and not trouble:
        trouble = translate("The newest schedule cannot be fetched.")
    if not schedule.fetched_utc:
        return ("bad", trouble) if trouble else ("busy", translate("The schedule is being read."))
    known = translate("As it was at {time}.").format(time=day_and_time(schedule.fetched_utc, seen))
    if trouble:
        return ("warn" if age_words(seen, translate) else "fine"), f"{trouble} {known}"
    if not schedule.room:
        return "warn", translate("It is not known which of its rooms this is.")
    if not schedule.talks:
        return "warn", translate("It has no talk in this room.")
    counted = translate("Talks in this room: {n}.").format(n=schedule.talks)
    return "fine", f"{counted} {known}"


def _typed(line: str, translate: Translate) -> TypedTalk:
    talk, _, speaker = line.partition("\t")
    timed = _TIMED.match(talk) or _DAY.fullmatch(talk)
    why = "" if timed else translate("It must begin with a time, such as 10:00")
    return TypedTalk(words=" · ".join(part for part in (talk, speaker) if part), why=why)
