"""Set-up's page of the schedule says what is used, how old it is, and what could be used instead."""

from typing import Any

import pytest

from stagebox.views.asked import Asked
from stagebox.views.parsing import schedule_of
from stagebox.views.values import SchedulePage, View
from stagebox.views.view import view_of
from tests.views.schedules import TOLD_SCHEDULE, moments, with_files
from tests.views.seeing import seeing
from tests.views.snapshots import NOW, recording, well

MOMENTS = moments()


def view(snapshot: dict[str, Any], **changes: Any) -> View:
    return view_of(seeing(snapshot, **({"utc_s": NOW, "schedule": schedule_of(TOLD_SCHEDULE)} | changes)))


def page(snapshot: dict[str, Any], **changes: Any) -> SchedulePage:
    return view(snapshot, **changes).schedule


@pytest.mark.parametrize(
    ("moment", "shape", "words"),
    [
        (
            "no schedule",
            "off",
            "With one, talks get their names from it, and the screen offers each when it begins.",
        ),
        ("not this room", "warn", "It is not known which of its rooms this is."),
        ("nothing in this room", "warn", "It has no talk in this room."),
        ("before the first", "fine", "Talks in this room: 12. As it was at 16:11."),
        ("old", "warn", "The network is not there. As it was at 13:13."),
        ("never had", "bad", "There is no such file."),
    ],
)
def test_it_says_how_the_schedule_is(moment: str, shape: str, words: str) -> None:
    told = page(MOMENTS[moment])
    assert (told.shape, told.words) == (shape, words)


def test_a_network_that_was_just_lost_is_said_and_is_no_fault_yet() -> None:
    told = MOMENTS["due"]
    told = told | {"schedule": told["schedule"] | {"trouble": "No network."}}
    assert page(told).shape == "fine"
    assert page(told).words.startswith("No network.")


def test_the_rooms_are_those_of_the_schedule_in_use() -> None:
    rooms = page(MOMENTS["due"]).rooms
    assert [(one.name, one.chosen) for one in rooms[:2]] == [("Main hall", False), ("Hall B", True)]
    assert page(well()).rooms == (), "what was told of another schedule is not this one's"
    asked = (Asked(id="a", kind="use_schedule", target="Main hall"),)
    assert [one.asked for one in page(MOMENTS["due"], asked=asked).rooms] == [True, False, False]


def test_files_on_a_stick_are_offered_and_none_as_well() -> None:
    files = page(MOMENTS["due"] | with_files()).files
    assert [(one.name, one.note) for one in files] == [
        ("schedule.xml", "STICK"),
        ("an-export-with-a-long-name-2026.csv", "talks"),
        ("No schedule", ""),
    ]
    assert not any(one.chosen for one in files)
    assert page(well()).files[-1].chosen


def test_a_typed_line_without_a_time_is_no_talk_yet() -> None:
    told = page(well(), typed=("10:00 Opening\tAda", "9.30-10.15 Coffee", "2026-09-22", "Opening 10:00"))
    assert [bool(one.why) for one in told.typed] == [False, False, False, True]
    assert told.typed[0].words == "10:00 Opening · Ada"
    assert not told.typed_ready
    assert page(well(), typed=("10:00 Opening",)).typed_ready
    assert not page(well()).typed_ready


def test_a_schedule_without_this_room_asks_for_it_and_not_while_a_talk_is_recorded() -> None:
    hint = next(one for one in view(MOMENTS["not this room"]).hints if one.key == "room")
    assert hint.button.target == "setup/schedule/room"
    busy = recording(schedule=MOMENTS["not this room"]["schedule"])
    for calm in (busy, MOMENTS["never had"] | {"schedule": {}}, MOMENTS["due"], well()):
        assert not [one for one in view(calm).hints if one.key == "room"]
