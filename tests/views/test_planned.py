"""Today's talks by the schedule, what became of each, and what a person may say of them."""

from typing import Any

from stagebox.views.asked import Asked
from stagebox.views.parsing import schedule_of
from stagebox.views.planned import edit_target
from stagebox.views.values import Planned
from stagebox.views.view import view_of
from tests.views.schedules import TOLD_SCHEDULE, ledger, moments
from tests.views.seeing import seeing
from tests.views.snapshots import NOW, session, well

ROOM = moments()["recording"]


def planned(told: dict[str, Any], snapshot: dict[str, Any] = ROOM, **changes: Any) -> Planned:
    return view_of(seeing(snapshot, **({"utc_s": NOW, "schedule": schedule_of(told)} | changes))).planned


def test_each_talk_says_what_became_of_it() -> None:
    rows = planned(ledger()).rows
    assert [(one.state, one.shape) for one in rows] == [
        ("Good", "fine"),
        ("Needs a look", "warn"),
        ("Missing", "bad"),
        ("Not to be recorded", "off"),
        ("Recording", "busy"),
        ("To come", "unknown"),
    ]
    assert rows[0].subtitle == "13:43 – 14:03 · Ada Example"
    assert [one.session for one in rows[:3]] == ["talk-1", "talk-1", ""]


def test_a_missing_talk_says_why_in_red_and_in_the_screens_language() -> None:
    missing, refused = planned(ledger()).rows[2:4]
    assert (missing.grave, missing.why) == (True, "Nothing was recorded of it.")
    assert refused.grave
    german = planned(ledger(), language="de").rows[2]
    assert german.why
    assert german.why != missing.why


def test_talks_of_another_day_are_not_todays() -> None:
    assert planned(ledger(NOW + 3 * 86400)).rows == ()
    assert planned(ledger(NOW + 3 * 86400)).words == "The schedule has no talk in this room today."


def test_what_was_told_of_another_schedule_is_not_shown() -> None:
    assert planned(ledger() | {"source": "other.xml"}).words == "The schedule is being read."
    assert not planned(ledger(), well()).used


def test_what_cannot_be_read_of_a_talk_costs_that_talk() -> None:
    told = ledger()
    told["talks"][1]["start_utc"] = "at noon"
    told["talks"][2]["consent"]["record"] = "perhaps"
    rows = planned(told).rows
    assert len(rows) >= 4
    assert "k0" in [one.key for one in rows]


def chosen(row: Any) -> dict[str, list[str]]:
    return {one.key: [each.value for each in one.answers if each.chosen] for one in row.questions}


def test_what_a_speaker_allows_is_told_question_by_question() -> None:
    rows = planned(ledger()).rows
    assert chosen(rows[0]) == {"record": ["yes"], "stream": ["yes"], "publish": ["unknown"]}
    assert chosen(rows[3]) == {"record": ["no"], "stream": ["no"], "publish": ["no"]}


def test_an_answer_is_asked_from_the_touch_on() -> None:
    asked = (Asked(id="a", kind="edit_talk", target=edit_target("k0", "publish", "yes")),)
    first, second = planned(ledger(), asked=asked).rows[:2]
    assert [each.value for one in first.questions for each in one.answers if each.asked] == ["yes"]
    assert not [each for one in second.questions for each in one.answers if each.asked]


def test_before_it_was_told_nothing_is_listed() -> None:
    assert planned({}).rows == ()
    assert planned(TOLD_SCHEDULE).summary == ""


def test_a_recording_of_no_talk_can_be_given_to_one() -> None:
    odd = session(id="odd", title="Ad hoc", phase="done", asked_utc=NOW - 600, started_utc=NOW - 600)
    of_a_talk = odd | {"id": "named", "talk_key": "k0"}
    old = odd | {"id": "old", "asked_utc": NOW - 3 * 86400}
    asked = (Asked(id="a", kind="give_talk", target="odd"),)
    (one,) = planned(ledger(), ROOM | {"finished": [odd, of_a_talk, old]}, asked=asked).recordings
    assert (one.target, one.name, one.note, one.asked) == ("odd", "Ad hoc", "16:03 · 0:32:14", True)
