"""The schedule fills in what nobody has named by hand; the clock asks for a talk, and never ends one."""

from dataclasses import replace

import pytest

from stagebox.model.commands import (
    EditTalk,
    GiveTalk,
    NextTalk,
    SetTalk,
    StartRecording,
    TakeBackEdit,
    TalkDetails,
    UseSchedule,
)
from stagebox.model.effects import ChangeSettings, ObsStartRecord, ObsStopRecord, RefreshCards
from stagebox.model.observations import (
    EngineStarted,
    FolderEvent,
    JobDone,
    ScheduleChecked,
    ScheduleEvent,
    SettingsEvent,
)
from stagebox.model.said import Said
from stagebox.model.schedule import Consent, RoomSchedule, ScheduledTalk, TalkConsent
from stagebox.model.set_up import ActiveSettings
from tests.engine.messages import EPOCH, Box, obs_connected

T0 = EPOCH + 100.0
"""The wall time at which a box begins."""


def talk(key: str, in_s: float, length_s: float = 1800.0, **more: object) -> ScheduledTalk:
    start = T0 + in_s
    return ScheduledTalk(
        key=key,
        title=f"Talk {key}",
        speakers=("Ann", "Ben"),
        start_utc=start,
        end_utc=start + length_s,
        **more,  # type: ignore[arg-type]
    )


DAY = (talk("a", 600.0), talk("b", 2400.0), talk("c", 4200.0))
"""In ten minutes, and then each when the one before ends."""


def box_with(*talks: ScheduledTalk, auto_start: bool = False) -> Box:
    box = Box()
    box.say(obs_connected())
    box.say(FolderEvent(health="ok", second="unknown"))
    box.say(SettingsEvent(in_force=ActiveSettings(room="Hall", folder="/a", auto_start=auto_start)))
    use(box, *talks)
    return box


def use(box: Box, *talks: ScheduledTalk, source: str = "talks.csv", changes: tuple[Said, ...] = ()) -> None:
    told = RoomSchedule(source=source, room="Hall", rooms=("Hall",), talks=talks, fetched_utc=T0)
    box.say(ScheduleEvent(schedule=told, changes=changes))


def go_to(box: Box, in_s: float) -> None:
    """Let the time pass, as the engine does it: with a tick whenever one is due."""
    until = 100.0 + in_s
    while (due := box.state.schedule_due) is not None and due < until:
        box.now = max(box.now, due)
        box.wait(0.0)
    box.wait(until - box.now)


def titles(box: Box) -> list[str]:
    return [one.talk.title for one in box.effects if isinstance(one, RefreshCards)]


def names(box: Box) -> tuple[str, str, str]:
    """What is on, what is asked for, and what comes next."""
    now = box.state.talks_now
    return tuple(one.key if one is not None else "" for one in (now.now, now.due, now.upcoming))  # type: ignore[return-value]


def test_the_next_talk_and_its_cards_are_filled_in() -> None:
    box = box_with(*DAY)
    assert box.state.next_talk == TalkDetails(
        title="Talk a",
        speaker="Ann, Ben",
        planned_start="2027-01-15T08:11:40Z",
        planned_end="2027-01-15T08:41:40Z",
        key="a",
    )
    assert titles(box)[-1] == "Talk a"
    assert names(box) == ("", "", "a")


def test_from_two_minutes_before_its_start_a_talk_is_asked_for() -> None:
    box = box_with(*DAY)
    go_to(box, 479.0)
    assert names(box) == ("", "", "a")
    go_to(box, 481.0)
    assert names(box) == ("", "a", "b")
    go_to(box, 601.0)
    assert names(box) == ("a", "a", "b")
    box.want(StartRecording())
    assert box.state.session is not None
    assert box.state.session.talk.key == "a"
    assert "Talk-a" in box.state.session.name


def test_a_talk_that_is_over_unrecorded_gives_way() -> None:
    box = box_with(*DAY)
    go_to(box, 2290.0)
    assert names(box) == ("a", "b", "c"), "from two minutes before, the next one is asked for"
    go_to(box, 2500.0)
    assert box.state.next_talk.key == "b"


def test_while_a_talk_is_recorded_the_next_one_is_later_whatever_the_clock_says() -> None:
    box = box_with(*DAY)
    go_to(box, 700.0)
    box.want(StartRecording())
    box.started()
    assert names(box) == ("a", "", "b")
    go_to(box, 2300.0)
    assert names(box) == ("a", "b", "c")
    go_to(box, 2700.0)
    assert names(box) == ("b", "b", "c")
    assert box.state.session is not None, "the clock ends nothing"
    go_to(box, 9000.0)
    assert box.state.session is not None
    assert names(box) == ("", "c", "")
    assert not any(isinstance(effect, ObsStopRecord) for effect in box.effects)
    box.stop()
    box.stopped()
    assert box.state.next_talk.key == "", "no talk of today is left"


def test_talks_that_begin_in_one_minute_are_asked_for_one_after_the_other() -> None:
    box = box_with(talk("a", 600.0), talk("b", 600.0), talk("c", 2400.0))
    assert names(box) == ("", "", "a")
    go_to(box, 490.0)
    assert names(box) == ("", "a", "b")
    go_to(box, 610.0)
    assert names(box) == ("a", "a", "c")
    box.want(StartRecording())
    box.started()
    assert names(box) == ("a", "b", "c")
    box.want(NextTalk())
    assert box.state.session is not None
    assert box.state.session.talk.key == "b"
    assert names(box) == ("b", "", "c")


def test_no_two_recordings_have_one_name_though_the_clock_stands() -> None:
    box = box_with(talk("a", 600.0), talk("b", 4200.0), auto_start=True)
    go_to(box, 601.0)
    box.started()
    box.stop()
    box.stopped()
    first = box.state.jobs[0]
    box.want(GiveTalk(session_id=first.id, key="b"))
    assert box.state.session is not None, "nothing is recorded of the talk that is on"
    assert box.state.session.id != first.id


def test_a_talk_of_another_day_with_the_same_key_is_another_talk() -> None:
    day_s = 86_400.0
    box = box_with(talk("Opening", 600.0), auto_start=True)
    go_to(box, 601.0)
    box.started()
    go_to(box, 2300.0)
    box.stop()
    box.stopped()
    use(box, talk("Opening", 600.0 + 900.0))
    assert names(box)[1:] == ("", ""), "moved by a quarter of an hour, it is the one that was recorded"
    use(box, talk("Opening", 600.0 + day_s), source="tomorrow.csv")
    go_to(box, 500.0 + day_s)
    assert names(box) == ("", "Opening", "")
    go_to(box, 601.0 + day_s)
    assert box.state.session is not None
    assert box.state.session.origin == "schedule"


def test_a_talk_that_was_stopped_by_mistake_is_asked_for_again() -> None:
    box = box_with(*DAY)
    go_to(box, 610.0)
    box.want(StartRecording())
    box.started()
    box.now += 60.0
    box.stop()
    box.stopped()
    assert box.state.next_talk.key == "a"
    box.want(StartRecording())
    box.started("/rec/b.flv")
    box.now += 1000.0
    box.stop()
    box.stopped("/rec/b.flv")
    assert box.state.next_talk.key == "b", "most of it is there"


def test_a_name_that_somebody_typed_stays_until_its_talk_is_over() -> None:
    box = box_with(*DAY)
    box.want(SetTalk(talk=TalkDetails(title="Lightning talks")))
    go_to(box, 700.0)
    assert box.state.next_talk.title == "Lightning talks"
    box.want(StartRecording())
    box.started()
    assert box.state.session is not None
    assert box.state.session.talk.title == "Lightning talks"
    box.stop()
    box.stopped()
    assert box.state.next_talk.key == "a"


def test_a_name_that_is_taken_away_is_the_schedules_again() -> None:
    box = box_with(*DAY)
    box.want(SetTalk(talk=TalkDetails(title="Lightning talks")))
    box.want(SetTalk(talk=TalkDetails()))
    assert box.state.next_talk.key == "a"


def test_long_before_the_next_talk_a_recording_is_not_called_after_it() -> None:
    box = box_with(talk("later", 3600.0))
    box.want(StartRecording())
    assert box.state.session is not None
    assert box.state.session.talk == TalkDetails()
    box.started()
    box.stop()
    box.stopped()
    assert box.state.next_talk.key == "later"


def test_what_a_person_says_of_a_talk_beats_the_schedule_until_they_take_it_back() -> None:
    box = box_with(*DAY)
    assert box.want(EditTalk(key="a", title="Another title", speaker="Dora")).status == "done"
    assert box.want(EditTalk(key="a", start_utc=T0 + 900.0, record=Consent.NO)).status == "done"
    assert (box.state.next_talk.title, box.state.next_talk.speaker) == ("Another title", "Dora")
    assert box.state.next_talk.do_not_record
    use(box, replace(DAY[0], title="Renamed by the event"), *DAY[1:])
    assert box.state.next_talk.title == "Another title"
    box.want(TakeBackEdit(key="a"))
    assert box.state.next_talk.title == "Renamed by the event"
    assert box.state.talk_edits == ()


def test_what_a_person_said_outlasts_a_while_without_a_schedule() -> None:
    box = box_with(*DAY)
    box.want(EditTalk(key="a", record=Consent.NO))
    use(box, source="")
    use(box, source="copy.csv")
    use(box, *DAY, source="copy.csv")
    assert [one.key for one in box.state.talk_edits] == ["a"]
    go_to(box, 610.0)
    assert box.want(StartRecording()).status == "refused"
    use(box, talk("x", 600.0), source="another.csv")
    assert box.state.talk_edits == ()


def test_a_title_that_is_corrected_on_the_screen_is_such_an_edit() -> None:
    box = box_with(*DAY)
    box.want(SetTalk(talk=replace(box.state.next_talk, title="Corrected")))
    (edit,) = box.state.talk_edits
    assert (edit.key, edit.title, edit.speaker, edit.origin) == ("a", "Corrected", None, "touch")
    use(box, replace(DAY[0], speakers=("Eve",)), *DAY[1:])
    assert (box.state.next_talk.title, box.state.next_talk.speaker) == ("Corrected", "Eve")


@pytest.mark.parametrize("want", [EditTalk(key="unknown", title="x"), EditTalk(key="a", end_utc=1.0)])
def test_what_cannot_be_is_refused_in_a_sentence(want: EditTalk) -> None:
    box = box_with(*DAY)
    fate = box.want(want)
    assert fate.status == "refused"
    assert fate.detail
    assert fate.said.code


def test_the_talk_that_is_recorded_follows_its_schedule_and_ends_by_nobodys_clock() -> None:
    box = box_with(*DAY)
    go_to(box, 610.0)
    box.want(StartRecording())
    box.started()
    use(box, replace(DAY[0], title="Renamed", start_utc=T0 + 900.0), *DAY[1:])
    assert box.state.session is not None
    assert box.state.session.talk.title == "Renamed"
    assert titles(box)[-1] == "Renamed"
    use(box, *DAY[1:])
    assert box.state.session.talk.title == "Renamed", "cancelled while it is on, it is still itself"


def test_changes_are_said_in_passing() -> None:
    box = box_with(*DAY)
    use(box, *DAY[1:], changes=(Said(code="schedule_cancelled", facts={"title": "Talk a"}, words="Gone."),))
    assert [note.said.code for note in box.state.notes] == ["schedule_cancelled"]


def test_a_talk_whose_speaker_said_no_is_not_recorded() -> None:
    box = box_with(talk("a", 60.0, consent=TalkConsent(record=Consent.NO)), auto_start=True)
    go_to(box, 70.0)
    assert box.want(StartRecording()).status == "refused"
    assert box.state.session is None
    go_to(box, 600.0)
    assert not any(isinstance(effect, ObsStartRecord) for effect in box.effects)
    box.want(EditTalk(key="a", record=Consent.YES))
    assert box.state.session is not None, "the speaker changed their mind, and the talk is on"


def test_a_talk_begins_by_itself_only_where_that_is_wanted() -> None:
    for auto_start in (False, True):
        box = box_with(*DAY, auto_start=auto_start)
        go_to(box, 599.0)
        assert box.state.session is None
        go_to(box, 601.0)
        assert (box.state.session is not None) is auto_start
    assert box.state.session is not None
    assert (box.state.session.talk.key, box.state.session.origin) == ("a", "schedule")
    assert [note.said.code for note in box.state.notes] == ["began_by_schedule"]


def test_what_a_person_stopped_does_not_begin_by_itself_again() -> None:
    box = box_with(*DAY, auto_start=True)
    go_to(box, 610.0)
    box.started()
    box.stop()
    box.stopped()
    go_to(box, 900.0)
    assert box.state.session is None
    go_to(box, 2401.0)
    assert box.state.session is not None
    assert box.state.session.talk.key == "b"


def test_a_talk_begins_by_itself_as_soon_as_obs_is_there() -> None:
    box = Box()
    box.say(SettingsEvent(in_force=ActiveSettings(auto_start=True)))
    box.say(FolderEvent(health="ok", second="unknown"))
    use(box, talk("a", 60.0))
    go_to(box, 120.0)
    assert box.state.session is None
    box.say(obs_connected())
    go_to(box, 160.0)
    assert box.state.session is not None


def test_a_recording_that_is_on_is_not_ended_by_the_next_talks_start() -> None:
    box = box_with(*DAY, auto_start=True)
    go_to(box, 610.0)
    box.started()
    go_to(box, 5000.0)
    assert box.state.session is not None
    assert box.state.session.talk.key == "a"


def test_an_engine_that_starts_again_looks_at_the_clock_at_once() -> None:
    box = box_with(*DAY)
    box.now += 2000.0
    box.say(EngineStarted(boot_id="b"))
    assert names(box) == ("a", "a", "b")


def test_a_clock_that_is_set_is_seen_within_half_a_minute() -> None:
    box = box_with(*DAY)
    box.epoch += 600.0
    go_to(box, 31.0)
    assert names(box)[0] == "a"
    box.epoch -= 6000.0
    go_to(box, 62.0)
    assert names(box) == ("", "", "a")


def test_a_recording_that_was_begun_in_obs_can_be_given_to_a_talk_afterwards() -> None:
    box = box_with(*DAY)
    go_to(box, 700.0)
    box.started("/rec/foreign.flv")
    assert box.state.session is not None
    foreign = box.state.session.id
    assert box.want(GiveTalk(session_id=foreign, key="nobody's")).status == "refused"
    assert box.want(GiveTalk(session_id="nothing", key="a")).status == "refused"
    box.now += 1500.0
    box.stopped("/rec/foreign.flv")
    assert box.state.next_talk.key == "a", "so far nobody knows that it was recorded"
    assert box.want(GiveTalk(session_id=foreign, key="a")).status == "done"
    (job,) = box.state.jobs
    assert (job.talk.key, job.talk.title) == ("a", "Talk a")
    assert box.state.next_talk.key == "b"
    box.say(JobDone(session_id=foreign, verdict="ok", output="/talks/x.mp4"))
    box.want(GiveTalk(session_id=foreign, key="b"))
    assert box.state.finished[-1].talk.key == "b"


def test_a_recording_is_given_to_its_talk_while_it_runs() -> None:
    box = box_with(*DAY)
    go_to(box, 700.0)
    box.started("/rec/foreign.flv")
    assert box.state.session is not None
    box.want(GiveTalk(session_id=box.state.session.id, key="a"))
    assert box.state.session.talk.title == "Talk a"
    assert names(box) == ("a", "", "b")


def test_no_schedule_leaves_all_as_it_was() -> None:
    box = box_with()
    assert (box.state.next_talk, box.state.schedule_due) == (TalkDetails(), None)
    use(box, *DAY)
    use(box, source="")
    assert box.state.next_talk == TalkDetails()
    box.say(ScheduleChecked(utc=T0 + 5))
    assert box.state.schedule.fetched_utc == T0 + 5


def test_which_schedule_is_used_is_a_setting() -> None:
    box = box_with()
    assert box.want(UseSchedule(source="talks.csv", room="Hall")).status == "pending"
    (effect,) = [one for one in box.effects if isinstance(one, ChangeSettings)]
    assert effect.changes == (("schedule.source", "talks.csv"), ("schedule.room", "Hall"))


def test_a_typed_list_is_handed_on_to_be_kept() -> None:
    box = box_with()
    box.want(UseSchedule(room="", text="10:00 Opening"))
    (effect,) = [one for one in box.effects if isinstance(one, ChangeSettings)]
    assert (effect.changes, effect.talks) == ((("schedule.room", ""),), "10:00 Opening")
