"""Alarms in the reducer: what the health rules raise, what people have seen, marks on the timeline."""

import pytest

from stagebox.model.alarms import Alarm, AlarmKey
from stagebox.model.commands import AcknowledgeAlarm, TakeRemedy
from stagebox.model.effects import ApplyRemedy, ProcessSession
from stagebox.model.observations import AlarmsEvent, ObsDisconnected, RemediesDue
from stagebox.model.remedies import RemedyTaken, RemedyWanted
from stagebox.model.report import Code, Severity
from tests.engine.messages import Box, notice, obs_connected, recording_box


def alarm(code: Code = Code.BLACK, role: str = "slides", level: Severity = Severity.WARNING) -> Alarm:
    return Alarm(
        code=code, level=level, role=role, since_utc=1.0, message="The slides are black.", remedy="Look."
    )


def calm_box() -> Box:
    """A box with OBS, and nothing wrong."""
    box = Box()
    box.say(obs_connected())
    return box


def raised(box: Box, *alarms: Alarm) -> None:
    box.say(AlarmsEvent(alarms=alarms))


def test_an_alarm_of_the_rules_is_shown_until_they_say_it_is_over() -> None:
    box = calm_box()
    raised(box, alarm())
    assert box.codes() == ["black"]
    raised(box)
    assert box.codes() == []


def test_what_loses_most_stands_first() -> None:
    box = calm_box()
    raised(box, alarm(), alarm(Code.MISSING, "mic", Severity.CRITICAL))
    assert box.codes() == ["missing", "black"]


def test_an_acknowledged_alarm_stays_and_a_new_one_like_it_is_new() -> None:
    box = calm_box()
    raised(box, alarm())
    key = AlarmKey(code=Code.BLACK, role="slides")
    assert box.want(AcknowledgeAlarm(alarm=key)).status == "done"
    assert [one.acknowledged for one in box.state.alarms] == [True]
    raised(box)
    raised(box, alarm())
    assert [one.acknowledged for one in box.state.alarms] == [False]


def test_an_alarm_that_is_over_cannot_be_acknowledged() -> None:
    answer = Box().want(AcknowledgeAlarm(alarm=AlarmKey(code=Code.BLACK, role="slides")))
    assert answer.status == "refused"


def test_alarms_are_marked_on_the_sessions_timeline_and_reach_its_report() -> None:
    box = recording_box()
    box.now += 60
    raised(box, alarm())
    box.now += 8
    raised(box)
    box.now += 10
    raised(box, alarm(Code.SILENT, "mic"))
    box.now += 5
    box.stop()
    box.stopped()
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    times = [(mark.code, pytest.approx(mark.start_s), pytest.approx(mark.end_s)) for mark in effect.marks]
    assert times == [(Code.BLACK, 60.0, 68.0), (Code.SILENT, 78.0, 83.0)]


def test_an_alarm_that_grows_worse_is_one_mark_at_its_worst() -> None:
    box = recording_box()
    raised(box, alarm())
    raised(box, alarm(level=Severity.CRITICAL))
    raised(box, alarm())
    assert box.state.session is not None
    (mark,) = box.state.session.marks
    assert mark.level is Severity.CRITICAL


def test_the_engines_own_alarms_are_marked_too() -> None:
    box = recording_box()
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.wait(5.0)
    assert box.state.session is not None
    assert [mark.code for mark in box.state.session.marks] == [Code.OBS_DOWN]


def test_remedies_that_are_due_are_taken_and_said() -> None:
    box = Box()
    wanted = RemedyWanted(remedy="bring_back", role="camera", asks=False, words="The camera came back.")
    (effect,) = box.say(RemediesDue(remedies=(wanted,)))
    assert isinstance(effect, ApplyRemedy)
    assert effect.remedy == wanted
    box.say(RemedyTaken(remedy="bring_back", role="camera", ok=True, words="The camera came back."))
    assert notice(box.state) == "The camera is back."


def test_a_person_may_ask_for_a_remedy_that_viewers_would_see() -> None:
    box = Box()
    assert box.want(TakeRemedy(remedy="reset_source", role="camera")).status == "done"
    assert isinstance(box.effects[-1], ApplyRemedy)
