"""What a person may have forgotten: only notes, and never on facts that are missing or old."""

from dataclasses import replace

import pytest

from stagebox.health.card_on_program import card_on_program
from stagebox.health.check import Check, Rule
from stagebox.health.folds.pictures import fold_pictures
from stagebox.health.health_state import with_state
from stagebox.health.room_left import room_left
from stagebox.health.speaking_unrecorded import speaking_unrecorded
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.report import Severity
from stagebox.model.state import ObsFacts, State
from tests.health.seen import GOOD, look
from tests.health.sound_story import LIMITS, Story

SPEECH, ROOM, DEAD = -25.0, -60.0, -120.0


def said(rule: Rule, story: Story) -> Check:
    (check,) = rule(story.facts, LIMITS, story.now)
    return check


def talking(story: Story, seconds: float) -> Story:
    """Speech as it is: words, breaths, and now and then a longer pause."""
    for number in range(round(seconds / 5)):
        story.room(SPEECH).passes(1.4).room(ROOM).passes(0.4).room(SPEECH).passes(2.0)
        story.room(ROOM).passes(1.2 + 0.2 * (number % 3))
    return story


def break_time() -> Story:
    return Story().world(recording=False, session_wanted=False)


def test_a_talk_that_nobody_records_is_pointed_out() -> None:
    check = said(speaking_unrecorded, talking(break_time(), 30))
    assert (check.outcome, check.level) == ("bad", Severity.NOTE)


def test_it_is_pointed_out_as_well_by_the_backup_recorder_alone_while_a_card_is_on_program() -> None:
    story = break_time().world(program_scene="Intermission").obs(live=False)
    assert said(speaking_unrecorded, talking(story, 30)).outcome == "bad"


@pytest.mark.parametrize("seconds", [2.0, 8.0])
def test_a_shout_or_a_few_words_in_a_break_are_not(seconds: float) -> None:
    story = break_time().room(ROOM).passes(40).room(SPEECH).passes(seconds).room(ROOM).passes(0.1)
    assert said(speaking_unrecorded, story).outcome == "fine"


def test_it_is_over_when_it_is_recorded_or_when_nobody_speaks() -> None:
    story = talking(break_time(), 30)
    assert said(speaking_unrecorded, story.world(recording=True)).outcome == "fine"
    assert said(speaking_unrecorded, story.world(recording=False).room(ROOM).passes(15)).outcome == "fine"


def test_what_was_recorded_is_not_held_against_the_break_after_it() -> None:
    story = talking(break_time().world(recording=True), 30)
    ended = story.world(recording=False, recording_ended=story.now).room(ROOM).passes(1)
    assert said(speaking_unrecorded, ended).outcome == "fine"
    assert said(speaking_unrecorded, talking(ended, 30)).outcome == "bad", "the questions go on for long"


def test_when_a_recording_ended_is_known_from_what_obs_says() -> None:
    on_air, off_air = State(obs=ObsFacts(recording=True)), State(obs=ObsFacts(recording=False))
    facts = with_state(with_state(HealthFacts(), on_air, 10.0), off_air, 70.0)
    assert facts.recording_ended == 70.0
    assert with_state(facts, off_air, 80.0).recording_ended == 70.0
    assert with_state(facts, on_air, 90.0).recording_ended is None
    assert with_state(HealthFacts(), off_air, 5.0).recording_ended is None, "it has recorded nothing yet"


@pytest.mark.parametrize(
    "changes", [{"recording": None}, {"obs_up": False}, {"session_wanted": True}], ids=str
)
def test_not_knowing_whether_it_is_recorded_is_unknown(changes: dict[str, object]) -> None:
    assert said(speaking_unrecorded, talking(break_time(), 30).world(**changes)).outcome == "unknown"


@pytest.mark.parametrize(
    ("scene", "recording", "since_s", "outcome"),
    [
        ("Intermission", True, 21.0, "bad"),
        ("Intermission", True, 5.0, "fine"),
        ("Intermission", False, 600.0, "fine"),
        ("Intermission", None, 600.0, "unknown"),
        ("Screen", True, 600.0, "fine"),
        ("", True, 600.0, "unknown"),
    ],
)
def test_a_card_on_program_is_pointed_out_while_it_is_recorded(
    scene: str, recording: bool | None, since_s: float, outcome: str
) -> None:
    story = Story().world(program_scene=scene, recording=recording, program_since=1000.0 - since_s)
    check = said(card_on_program, story)
    assert check.outcome == outcome
    assert check.level is Severity.NOTE


def test_a_card_counts_from_the_start_of_the_recording() -> None:
    story = Story().world(program_scene="Intermission", program_since=100.0, recording_since=990.0)
    assert said(card_on_program, story).outcome == "fine"


def left(minutes: float, *, slides_still: bool = True) -> Story:
    """A room that was left so many minutes ago, with the recording running."""
    story = Story().world(recording_since=1000.0 - 3600.0).passes(2).room(ROOM)
    slides = PictureFacts()
    story.passes(1)
    for tenth in range(round(minutes * 6)):
        story.passes(10)
        kept = "slide" if slides_still else f"slide {tenth}"
        slides = fold_pictures(slides, look("slides", replace(GOOD, fingerprint=kept)), story.now)
    return story.world(pictures={"slides": slides})


@pytest.mark.slow
def test_a_room_that_was_left_is_pointed_out_after_five_minutes() -> None:
    assert said(room_left, left(4.5)).outcome == "fine"
    check = said(room_left, left(5.5))
    assert (check.outcome, check.level) == ("bad", Severity.NOTE)
    assert "5 minutes" in check.summary


@pytest.mark.slow
def test_somebody_heard_by_either_listener_or_slides_that_change_are_a_full_room() -> None:
    story = left(6)
    story.ear_dbfs = (SPEECH, SPEECH)
    assert said(room_left, story.passes(1)).outcome == "fine"
    assert said(room_left, left(6, slides_still=False)).outcome == "fine"


@pytest.mark.slow
def test_an_empty_room_that_is_not_recorded_is_fine_and_one_that_nobody_watches_is_unknown() -> None:
    story = left(6)
    assert said(room_left, story.world(recording=False)).outcome == "fine"
    assert said(room_left, story.world(recording=None)).outcome == "unknown"
    (check,) = room_left(story.world(recording=True).facts, LIMITS, story.now + LIMITS.stale_s + 1)
    assert check.outcome == "unknown"


@pytest.mark.parametrize("sort", ["noise", "other", "nothing"])
def test_a_hum_as_loud_as_speech_is_nobody_speaking(sort: str) -> None:
    story = break_time().hears(sort=sort).room(SPEECH).passes(100)
    assert said(speaking_unrecorded, story).outcome == "fine"
    assert said(speaking_unrecorded, talking(story.hears(sort="voice"), 60)).outcome == "bad"
