"""A room's part of a schedule, and what changed in it, as people would say it."""

from dataclasses import replace

import pytest

from stagebox.model.schedule import RoomSchedule, Schedule, ScheduledRoom, ScheduledTalk
from stagebox.schedule.identity import room_found
from stagebox.schedule.room import TOLD_MOST, changes, is_half_empty, matched, room_schedule

T0 = 1_795_946_400.0
"""2026-11-29 10:00 UTC."""


def talk(key: str, hour: float, *, room: str = "Hall", **more: object) -> ScheduledTalk:
    fields: dict[str, object] = {"guid": key, "title": f"Talk {key}", "room": room, "rooms": (room,), **more}
    start = T0 + hour * 3600
    return ScheduledTalk(key=key, start_utc=start, end_utc=start + 1800, **fields)  # type: ignore[arg-type]


def schedule(*talks: ScheduledTalk, rooms: tuple[str, ...] = ("Hall", "Garden")) -> Schedule:
    return Schedule(
        format="frab-xml",
        time_zone="Europe/Prague",
        rooms=tuple(ScheduledRoom(name=name, guid=f"guid-{name}") for name in rooms),
        talks=talks,
    )


def here(whole: Schedule, wanted: str = "Hall", otherwise: str = "Main room") -> RoomSchedule:
    return room_schedule(whole, "talks.xml", T0, wanted=wanted, otherwise=otherwise, aliases={})


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Hall", "Hall"),
        ("  hALL ", "Hall"),
        ("guid-Garden", "Garden"),
        ("Big one", "Garden"),
        ("Rolin", "H.1308 (Rolin)"),
        ("h.1308", "H.1308 (Rolin)"),
        ("Nowhere", None),
        ("", None),
    ],
)
def test_a_room_is_known_by_guid_name_alias_or_half_of_its_name(wanted: str, found: str | None) -> None:
    rooms = schedule(rooms=("Hall", "Garden", "H.1308 (Rolin)")).rooms
    room = room_found(wanted, rooms, {"big ONE": "garden"})
    assert (room.name if room is not None else None) == found


def test_the_room_is_the_chosen_one_else_the_one_of_this_boxs_name_else_the_only_one() -> None:
    both = schedule(talk("a", 1), talk("b", 1, room="Garden"), talk("c", 2, rooms=("Garden", "Hall")))
    assert [one.key for one in here(both).talks] == ["a", "c"]
    assert [one.key for one in here(both, wanted="", otherwise="garden").talks] == ["b", "c"]
    assert (here(both, wanted="").room, here(both, wanted="").talks) == ("", ())
    assert here(both, wanted="Nowhere").room == ""
    assert here(schedule(talk("a", 1), rooms=("Hall",)), wanted="").room == "Hall"
    assert here(both, wanted="").rooms == ("Hall", "Garden")


def said(before: Schedule, after: Schedule, utc: float = T0) -> list[str]:
    return [str(one) for one in changes(here(before).talks, after, here(after), utc)]


def test_changes_are_told_as_a_person_would() -> None:
    before = schedule(talk("a", 5), talk("b", 6), talk("c", 7), talk("d", 8), talk("e", 9))
    after = schedule(
        talk("a", 5.5),
        talk("c", 7, room="Garden"),
        talk("d", 8, title="New name", speakers=("Ann", "Ben")),
        talk("e", 33),
        talk("f", 10),
    )
    assert said(before, after) == [
        "“Talk a” is moved from 16:00 to 16:30.",
        "“Talk b” is cancelled.",
        "“Talk c” is now in another room: Garden.",
        "“Talk d” is now called “New name”.",
        "“New name” has other speakers: Ann, Ben.",
        "“Talk e” is moved from 2026-11-29 20:00 to 2026-11-30 20:00.",
        "One more thing has changed in the schedule.",
    ]


def test_of_what_is_over_nothing_is_told() -> None:
    before = schedule(talk("a", -2), talk("b", 1))
    assert said(before, schedule(talk("b", 1), talk("c", -3))) == []


def test_many_changes_are_counted() -> None:
    before = schedule(*(talk(str(n), n) for n in range(1, 20)))
    told = said(before, schedule(*(talk(str(n), n + 0.5) for n in range(1, 20))))
    assert len(told) == TOLD_MOST + 1
    assert told[-1] == f"{19 - TOLD_MOST} more things have changed in the schedule."


def test_a_schedule_that_lost_this_whole_room_is_half_empty() -> None:
    full = here(schedule(talk("a", 1), talk("b", 1, room="Garden")))
    assert is_half_empty(full, here(schedule(talk("b", 1, room="Garden"))), T0)
    assert is_half_empty(full, here(schedule(rooms=())), T0)
    assert is_half_empty(full, here(schedule(talk("a", -5))), T0)
    assert not is_half_empty(full, full, T0)
    assert not is_half_empty(full, here(schedule()), T0 + 7200), "the day is over anyway"
    assert not is_half_empty(replace(full, source="another"), here(schedule()), T0)
    assert not is_half_empty(RoomSchedule(), full, T0)


def test_a_talk_keeps_its_key_when_its_guid_comes_to_repeat() -> None:
    before = schedule(talk("g", 1))
    after = schedule(replace(talk("g", 1.5), key="g@1"), replace(talk("g", 30), key="g@2"), talk("other", 2))
    assert [one.key for one in matched(before.talks, after).talks] == ["g", "g@2", "other"]
    assert matched(before.talks, before) is before


def test_no_talk_gets_the_key_of_another_whose_guid_was_its_own() -> None:
    first = replace(talk("g", 1), key="g@1", title="First")
    second = replace(talk("g", 2), key="g@2", title="Second")
    mended = schedule(replace(talk("h", 1), title="First"), replace(talk("g", 2), title="Second"))
    assert [one.key for one in matched((first, second), mended).talks] == ["g@1", "g@2"]
    moved = schedule(replace(talk("g", 1.1), title="Second"))
    assert [one.key for one in matched((first, second), moved).talks] == ["g@2"]
    renamed = schedule(replace(talk("g", 1.9), title="Third"))
    assert [one.key for one in matched((first, second), renamed).talks] == ["g@2"]


def test_a_talk_keeps_its_key_when_only_its_guid_is_another() -> None:
    before = schedule(talk("old", 1, title="One"), talk("b", 2, title="Two"))
    after = schedule(talk("new", 1, title="One"), talk("c", 3, title="Two"))
    assert [one.key for one in matched(before.talks, after).talks] == ["old", "c"]


def test_a_list_that_names_no_room_is_this_rooms() -> None:
    talks = tuple(replace(one, room="", rooms=()) for one in (talk("a", 1), talk("b", 2)))
    told = room_schedule(
        Schedule(format="csv", time_zone="UTC", talks=talks),
        "talks.csv",
        T0,
        wanted="",
        otherwise="Hall B",
        aliases={},
    )
    assert (told.room, told.talks) == ("Hall B", talks)
