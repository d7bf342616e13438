"""A talk that should run and that nobody records: the clock is patient, and who speaks is not."""

from dataclasses import replace

from stagebox.health.talk_unrecorded import talk_unrecorded_alarms
from stagebox.model.alarms import Alarm
from stagebox.model.commands import EditTalk, StartRecording, StartTrial, TalkDetails
from stagebox.model.observations import AlarmsEvent, JobDone, ObsDisconnected
from stagebox.model.report import Code, Severity
from stagebox.model.schedule import Consent
from tests.engine.messages import Box
from tests.engine.test_scheduled import T0, box_with, go_to, talk, use

SPEAKS = Alarm(
    code=Code.SPEAKING_UNRECORDED,
    role="recording",
    level=Severity.NOTE,
    since_utc=T0,
    message="Somebody is speaking.",
    remedy="",
)


def raised(box: Box) -> Alarm | None:
    return next((one for one in box.state.alarms if one.code == "talk_unrecorded"), None)


def test_the_clock_warns_and_a_voice_makes_it_certain_until_something_is_recorded() -> None:
    box = box_with(talk("a", 600.0), talk("b", 2400.0))
    box.say(AlarmsEvent(alarms=(SPEAKS,)))
    go_to(box, 599.0)
    assert box.codes() == ["speaking_unrecorded"], "people talk before a talk"
    go_to(box, 601.0)
    at_once = raised(box)
    assert at_once is not None
    assert (at_once.level, at_once.role) == (Severity.CRITICAL, "recording")
    assert at_once.message == (
        "“Talk a” should have begun at 08:11: somebody is speaking, and nothing is being recorded."
    )
    assert at_once.remedy == "Touch Record."
    assert box.codes() == ["talk_unrecorded"], "one thing is one alarm"

    box.say(AlarmsEvent(alarms=()))
    assert raised(box) is None, "the clock alone is patient"
    go_to(box, 600.0 + 181.0)
    late = raised(box)
    assert late is not None
    assert late.level is Severity.WARNING
    assert late.message == "“Talk a” should have begun at 08:11, and nothing is being recorded."
    assert late.since_utc <= T0 + 781.0

    box.say(AlarmsEvent(alarms=(SPEAKS,)))
    assert [one.level for one in box.state.alarms] == [Severity.CRITICAL]
    box.say(AlarmsEvent(alarms=()))

    box.want(StartTrial(seconds=10.0))
    box.started(f"/rec/{box.state.session.name}.flv" if box.state.session else "")
    assert raised(box) is None, "somebody tries it out"
    box.stop()
    box.stopped(f"/rec/{box.state.session.name}.flv" if box.state.session else "")
    assert raised(box) is not None

    box.want(StartRecording(talk=TalkDetails(title="Lightning talks")))
    assert raised(box) is None, "a person is at work"
    box.started("/rec/other.flv")
    go_to(box, 900.0)
    assert raised(box) is None
    box.stop()
    box.stopped("/rec/other.flv")
    assert raised(box) is not None, "that was another one"

    box.want(StartRecording())
    box.started("/rec/a.flv")
    assert box.state.session is not None
    assert box.state.session.talk.key == "a"
    go_to(box, 1900.0)
    box.stop()
    box.stopped("/rec/a.flv")
    assert raised(box) is None, "enough of it is there"
    go_to(box, 2400.0 + 181.0)
    assert raised(box) is not None, "and now the next one"
    box.say(ObsDisconnected(generation=1, fault="lost"))
    assert raised(box) is None, "nobody knows, and another alarm says so"


def test_what_must_not_be_recorded_is_not_asked_for() -> None:
    box = box_with(talk("a", 600.0))
    go_to(box, 900.0)
    assert raised(box) is not None
    box.want(EditTalk(key="a", record=Consent.NO))
    box.say(AlarmsEvent(alarms=(SPEAKS,)))
    assert raised(box) is None


def test_an_exhibition_is_not_asked_for_and_a_short_talk_sooner() -> None:
    box = box_with(talk("week", 0.0, 7 * 86400.0), talk("short", 600.0, 240.0))
    go_to(box, 400.0)
    assert raised(box) is None
    go_to(box, 661.0)
    told = raised(box)
    assert told is not None
    assert "“Talk short”" in told.message


def test_a_recording_that_stopped_by_itself_is_told_as_that() -> None:
    box = box_with(talk("a", 600.0))
    go_to(box, 610.0)
    box.want(StartRecording())
    box.started()
    box.failed()
    assert box.state.session is not None, "OBS is asked to go on"
    state = replace(
        box.state,
        session=None,
        obs=replace(box.state.obs, recording=False),
        faults=replace(box.state.faults, stopped_by_itself_utc=T0 + 620.0),
        talks_now=replace(box.state.talks_now, due=talk("a", 600.0)),
    )
    assert talk_unrecorded_alarms(state, T0 + 900.0)
    box.state = state
    box.say(JobDone(session_id="nobody", verdict="ok"))
    assert box.codes() == ["not_recording"]


def test_times_are_told_in_the_schedules_zone() -> None:
    box = box_with(talk("a", 600.0))
    go_to(box, 900.0)
    use(box, talk("a", 600.0))
    state = replace(box.state, schedule=replace(box.state.schedule, time_zone="Europe/Prague"))
    (told,) = talk_unrecorded_alarms(state, T0 + 900.0)
    assert "09:11" in told.message
