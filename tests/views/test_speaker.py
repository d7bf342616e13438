"""The speaker's own screen follows from what is recorded, and from the clock."""

from typing import Any

import pytest

from stagebox.views.values import SpeakerScreen
from stagebox.views.view import view_of
from tests.views.schedules import moments
from tests.views.seeing import seeing
from tests.views.snapshots import NOW, recording

MOMENTS = moments()


def shown(snapshot: dict[str, Any], **changes: Any) -> SpeakerScreen:
    return view_of(seeing(snapshot, **({"utc_s": NOW} | changes))).speaker


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("recording", ("13:20", "time left", "", "Profiling", "16:13")),
        ("ends soon", ("3:20", "time left", "amber", "Profiling", "16:13")),
        ("over-run", ("4:00", "over time", "red", "Profiling", "16:13")),
        ("before the first", ("16:13", "in 50 min", "", "Keynote", "")),
        ("no consent", ("16:13", "", "", "Private matters", "")),
        ("over", ("16:13", "", "", "", "")),
    ],
)
def test_it_tells_the_time_that_is_left(moment: str, told: tuple[str, ...]) -> None:
    screen = shown(MOMENTS[moment])
    assert (screen.time, screen.words, screen.level, screen.title, screen.clock) == told


def test_a_talk_without_a_plan_has_the_time_of_day() -> None:
    screen = shown(recording())
    assert (screen.words, screen.level, screen.title) == ("", "", "Pattern matching, compiled")


def test_the_time_goes_on_while_nothing_is_heard_of_the_box() -> None:
    late = shown(MOMENTS["recording"], utc_s=NOW + 60, age_s=60.0, connected=False)
    assert late.time == "12:20"


def test_the_crews_words_are_shown() -> None:
    assert shown(MOMENTS["recording"] | {"message": "Repeat the questions"}).message == "Repeat the questions"
