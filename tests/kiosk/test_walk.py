"""What a walk by chance holds to be wrong, on readings that were broken for it."""

from dataclasses import replace

import pytest

from tests.kiosk.walk.judging import Ask, Control, Reading, Seen, Touch, effect, troubles, unanswered
from tests.kiosk.walk.naming import Names

RECORD = Control(item=1, name="record-start", words="Record", place=(1000, 400, 300, 120))
STOP = Control(item=2, name="record-stop", words="Hold to stop", place=(1000, 400, 300, 120), holds_s=1.0)
WAY = Control(item=3, name="way-setup", words="Set-up", role="PageTab", place=(1064, 4, 104, 64))
LETTER = Control(item=4, name="key-a", words="a", place=(20, 300, 60, 60))
ROW = Control(item=5, name="session-0", words="Ada, Good", place=(20, 200, 900, 104), scrolls=True)
SCREEN = Reading(controls=(RECORD, STOP, WAY, LETTER, ROW))


def touch(control: Control | None, seconds: float = 0.1, **changes: object) -> Touch:
    one = Touch(
        number=1, way="touch", control=control, seconds=seconds, most_s=seconds, down=(5, 5), up=(5, 5)
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # Each caller names fields of it.


def seen(after: Reading = SCREEN, *, during: Reading = SCREEN, asks: tuple[Ask, ...] = ()) -> Seen:
    return Seen(before=SCREEN, during=(during,), after=after, asks=asks)


def without(control: Control) -> Reading:
    return Reading(controls=tuple(one for one in SCREEN.controls if one != control))


@pytest.mark.parametrize("control", [RECORD, WAY, LETTER, ROW], ids=lambda one: one.name)
@pytest.mark.parametrize("seconds", [0.03, 0.9, 3.0])
def test_a_touch_of_which_nothing_comes_is_wrong_however_long_it_lasts(
    control: Control, seconds: float
) -> None:
    (words,) = troubles(touch(control, seconds), seen())
    assert words.startswith(f"nothing came of a touch on {control.name}")


TYPED = replace(SCREEN, typed=(("field-title-input", "a", 1),))
CAME: dict[str, tuple[Seen, str]] = {
    "an intent": (seen(asks=(Ask(kind="start_recording", id="touch-1"),)), "asked"),
    "an order": (seen(asks=(Ask(kind="stream_key"),)), "asked"),
    "a sheet": (seen(replace(SCREEN, dialogs=("sheet",))), "changed"),
    "a letter": (seen(TYPED), "changed"),
    "another page": (seen(replace(SCREEN, controls=(RECORD, STOP, LETTER, ROW))), "changed"),
    "a note": (seen(replace(SCREEN, notice="Too many touches wait for an answer.")), "told"),
}


@pytest.mark.parametrize("what", CAME)
def test_a_touch_of_which_something_comes_is_right(what: str) -> None:
    told, word = CAME[what]
    assert effect(touch(LETTER), told) == word
    assert troubles(touch(LETTER), told) == []


def test_what_changes_under_a_sheet_is_no_effect() -> None:
    covered = Control(item=8, name="page-room", reachable=False)
    assert effect(touch(WAY), seen(replace(SCREEN, controls=(*SCREEN.controls, covered)))) == ""


def test_what_the_screen_changes_by_itself_is_no_effect_of_a_touch() -> None:
    alarm = Control(item=9, name="banner-seen", words="Seen")
    words = replace(RECORD, words="Record: no slides")
    for drifted in (
        replace(SCREEN, controls=(*SCREEN.controls, alarm)),
        without(RECORD),
        replace(SCREEN, controls=(words, STOP, WAY, LETTER, ROW)),
    ):
        assert effect(touch(WAY), seen(drifted)) == ""


def test_a_control_that_says_that_it_is_so_already_has_answered() -> None:
    tile = replace(WAY, name="tile-speaker", settled=True)
    assert troubles(touch(tile), seen()) == []


def test_nothing_need_come_of_a_control_that_went_or_was_switched_off_under_the_finger() -> None:
    off = replace(SCREEN, controls=(replace(RECORD, reachable=False), STOP, WAY, LETTER, ROW))
    other = replace(SCREEN, controls=(replace(RECORD, name="record-resume"), STOP, WAY, LETTER, ROW))
    for during in (without(RECORD), off, other):
        assert troubles(touch(RECORD), seen(during=during)) == []


def test_a_hold_must_have_its_effect_and_a_short_touch_must_not() -> None:
    stop = (Ask(kind="stop_recording", id="touch-1"),)
    assert troubles(touch(STOP, 0.5), seen()) == []
    assert troubles(touch(STOP, 1.5), seen(asks=stop)) == []
    assert troubles(touch(STOP, 1.5), seen()) == ["nothing came of a touch on record-stop (Hold to stop)"]
    assert troubles(touch(STOP, 0.5), seen(asks=stop)) == [
        "record-stop wants to be held, and 0.5 s asked: stop_recording"
    ]
    assert troubles(touch(STOP, 0.7, most_s=1.1), seen(asks=stop)) == []  # a busy computer, which looked late


def test_a_finger_that_slid_off_asks_for_nothing() -> None:
    off = touch(RECORD, way="drag", off=True)
    assert troubles(off, seen()) == []
    assert troubles(off, seen(asks=(Ask(kind="start_recording", id="touch-1"),))) == [
        "a finger that slid off record-start asked: start_recording"
    ]


@pytest.mark.parametrize("control", [RECORD, WAY, LETTER], ids=lambda one: one.name)
@pytest.mark.parametrize("way", ["touch", "drag", "anywhere"])
def test_a_control_that_moves_while_a_finger_is_down_is_wrong_wherever_the_finger_is(
    control: Control, way: str
) -> None:
    left, top, width, height = control.place
    lower = replace(control, place=(left, top + 96, width, height))
    during = Reading(controls=tuple(lower if one == control else one for one in SCREEN.controls))
    found = troubles(touch(STOP if way != "anywhere" else None, 0.5, way=way), seen(during=during))
    assert found == [f"{control.name} {control.place} → {lower.place} moved while a finger was down"]


def test_a_list_moves_under_a_drag_and_not_under_a_touch() -> None:
    lower = replace(ROW, place=(20, 300, 900, 104))
    during = Reading(controls=(RECORD, STOP, WAY, LETTER, lower))
    asks = (Ask(kind="x", id="1"),)
    assert troubles(touch(RECORD), seen(during=during, asks=asks)) == []
    assert troubles(touch(ROW, way="drag"), seen(during=during)) == [
        "nothing came of a touch on session-0 (Ada, Good)"
    ]
    assert "moved while a finger was down" in troubles(touch(ROW), seen(during=during, asks=asks))[0]


def test_a_command_without_a_fate_is_told() -> None:
    sent = {"touch-1": "start_recording", "touch-2": "set_talk", "touch-3": "switch_scene"}
    answers = {"touch-1": "done", "touch-2": "pending"}
    assert unanswered(sent, answers) == [
        "set_talk was asked (touch-2) and never answered",
        "switch_scene was asked (touch-3) and never answered",
    ]


# Names.


def on(talk: str, phase: str = "recording") -> dict[str, str]:
    return {"id": talk, "phase": phase}


def evening() -> Names:
    """Two talks: Ada, who is named before, and Bo, who is named while she is recorded."""
    names = Names()
    names.named("Ada", 0)
    names.started("touch-1")
    names.session(on("1"), 10)
    names.stopped(20)
    names.session(on("1", "stopping"), 21)
    names.session(None, 22)
    names.started("touch-2")
    names.session(on("2"), 30)
    names.named("Bo", 40)
    names.stopped(50)
    names.session(None, 51)
    return names


def recorded(**changes: str) -> list[dict[str, str]]:
    first = {"id": "1", "title": "Ada", "name": "20260101T000000Z_Hall_Ada"}
    second = {"id": "2", "title": "Bo", "name": "20260101T000030Z_Hall"}
    return [first, second | changes]


def test_an_evening_as_it_must_be() -> None:
    names = evening()
    assert names.mixed_up(recorded()) == []
    assert names.troubles == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "Ada"}, "2 is called “Ada” and must be “Bo”"),
        ({"title": ""}, "2 is called “” and must be “Bo”"),
        ({"name": "20260101T000030Z_Hall_Ada"}, "2 has files called 20260101T000030Z_Hall_Ada"),
        ({"name": "20260101T000030Z_Hall_Ada (2)"}, "2 has files called 20260101T000030Z_Hall_Ada (2)"),
    ],
)
def test_a_name_that_is_mixed_up_is_told(changes: dict[str, str], words: str) -> None:
    (found,) = evening().mixed_up(recorded(**changes))
    assert found.startswith(words)


def test_a_talk_that_is_lost_or_that_nobody_began_is_told() -> None:
    assert evening().mixed_up(recorded()[:1]) == ["the talk 2 is in no list"]
    strange = {"id": "3", "title": "", "name": "20260101T000040Z_Hall"}
    assert evening().mixed_up([*recorded(), strange]) == ["3 was recorded, and no touch began it"]
    names = Names()
    names.session(on("1"), 10)
    assert names.troubles == ["the talk 1 began and nobody touched Record"]


@pytest.mark.parametrize("end", [None, on("1", "stopping"), on("2")], ids=["gone", "stopping", "another"])
def test_a_talk_that_ends_and_that_nobody_stopped_is_told(end: dict[str, str] | None) -> None:
    names = Names()
    names.stopped(5)  # of the talk before
    names.started("touch-1")
    names.session(on("1"), 10)
    names.session(end, 20)
    assert "the talk 1 ended and nobody stopped it" in names.troubles


def test_a_start_that_was_refused_begins_nothing() -> None:
    names = Names()
    names.started("touch-1")
    names.refused("touch-1")
    names.session(on("1"), 10)
    assert names.troubles == ["the talk 1 began and nobody touched Record"]


def test_the_name_of_a_talk_that_ended_while_its_sheet_was_open_is_no_other_talks() -> None:
    names = Names()
    names.named("Ada", 0)
    names.started("touch-1")
    names.session(on("1"), 10)
    names.stopped(20)
    names.opened()
    names.session(None, 21)
    names.named("Ada", 25)
    assert names.troubles == ["“Ada” is the name of a talk that has ended, and the next talk was given it"]


def test_a_repeat_bears_its_talks_name_and_the_next_talk_keeps_its_own() -> None:
    names = Names()
    names.named("Bo", 0)
    names.started("touch-1", repeat="Ada")
    names.session(on("1"), 10)
    names.stopped(20)
    names.session(None, 30)
    names.started("touch-2")
    names.session(on("2"), 40)
    told = [
        {"id": "1", "title": "Ada", "name": "T_Hall_Ada"},
        {"id": "2", "title": "Bo", "name": "T_Hall_Bo"},
    ]
    assert names.mixed_up(told) == []
    assert len(names.mixed_up([told[0], told[1] | {"title": "Ada"}])) == 1


def test_a_talk_that_takes_a_trials_place_may_have_its_file() -> None:
    names = Names()
    names.named("Ada", 0)
    names.started("touch-1", instead_of_trial=True)
    names.session(on("1"), 10)
    assert names.mixed_up([{"id": "1", "title": "Ada", "name": "T_Hall_test"}]) == []
    assert len(names.mixed_up([{"id": "1", "title": "test", "name": "T_Hall_test"}])) == 1
