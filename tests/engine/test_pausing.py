"""OBS's own pause and its splitting, told to the reducer as OBS tells them."""

import pytest

from stagebox.engine.inventory import Inventory, RecordingFile, take_stock
from stagebox.model.commands import ResumeRecording, SetTalk, StartRecording, TalkDetails
from stagebox.model.effects import ObsResumeRecord, ProcessSession
from stagebox.model.observations import (
    EngineStarted,
    ObsDisconnected,
    ObsProcessEvent,
    RecordFileEvent,
    RecordStateEvent,
    RequestAnswered,
)
from stagebox.model.state import Session, recorded_s
from tests.engine.messages import EPOCH, Box, obs_connected, recording_box
from tests.engine.test_recording import stats


def paused_box() -> Box:
    """A box in which OBS was paused twenty seconds after its recording began."""
    box = recording_box()
    box.now += 20
    box.say(RecordStateEvent(generation=1, phase="paused"))
    return box


def session(box: Box) -> Session:
    assert box.state.session is not None
    return box.state.session


def processed(box: Box) -> ProcessSession:
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    return effect


def test_the_clock_stands_still_in_a_pause_and_the_alarm_is_called_paused() -> None:
    box = paused_box()
    box.now += 30
    assert recorded_s(session(box), box.now) == 20.0
    assert "paused" in box.codes()
    box.say(RecordStateEvent(generation=1, phase="resumed"))
    box.now += 5
    assert recorded_s(session(box), box.now) == 25.0
    assert "paused" not in box.codes()
    box.stop()
    box.stopped()
    job = processed(box)
    assert job.expected_s == pytest.approx(25.0)
    (pause,) = job.pauses
    assert (pause.at_s, pause.length_s, pause.started_utc) == (20.0, 30.0, EPOCH + 120.0)
    ended = box.state.jobs[0]
    assert ended.ended_utc - ended.started_utc == pytest.approx(55.0)
    assert ended.segments[0].ended_utc - ended.segments[0].started_utc == pytest.approx(55.0)


def test_where_the_pause_is_obs_itself_tells() -> None:
    box = paused_box()
    box.say(stats(True, paused=True, recorded_s=19.2))
    box.now += 3
    box.say(RecordStateEvent(generation=1, phase="resumed"))
    assert session(box).pauses[0].at_s == 19.2


def test_a_touch_lets_it_go_on_and_is_done_when_obs_says_so() -> None:
    box = paused_box()
    assert box.want(ResumeRecording()).status == "pending"
    assert isinstance(box.effects[-1], ObsResumeRecord)
    box.say(RecordStateEvent(generation=1, phase="resumed"))
    assert box.fate("i2").status == "done"


def test_the_record_button_lets_a_paused_talk_go_on_too() -> None:
    box = paused_box()
    assert box.want(StartRecording()).status == "pending"
    assert isinstance(box.effects[-1], ObsResumeRecord)
    box.say(RecordStateEvent(generation=1, phase="resumed"))
    assert box.fate("i2").status == "done"


def test_an_obs_that_does_not_go_on_is_told_in_time() -> None:
    box = paused_box()
    box.want(ResumeRecording())
    box.wait(box.rules.start_s)
    assert box.fate("i2").status == "failed"
    assert session(box).paused is not None


def test_an_obs_that_was_not_paused_any_more_has_gone_on() -> None:
    box = paused_box()
    box.want(ResumeRecording())
    effect = box.effects[-1]
    assert isinstance(effect, ObsResumeRecord)
    box.say(RequestAnswered(generation=1, effect_id=effect.effect_id, ok=False, code=503))
    assert session(box).paused is None
    assert box.fate("i2").status == "done"


def test_a_paused_talk_can_be_stopped() -> None:
    box = paused_box()
    box.now += 10
    box.want(ResumeRecording())
    box.stop()
    box.stopped()
    assert box.fate("i2").status == "superseded"
    job = processed(box)
    assert job.expected_s == pytest.approx(20.0)
    assert job.pauses[0].length_s == pytest.approx(10.0)


def test_an_obs_that_died_paused_ends_the_pause_and_the_talk_goes_on() -> None:
    box = paused_box()
    box.now += 10
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.say(ObsProcessEvent(phase="exited", exit_code=-9))
    box.now += 4
    box.say(obs_connected(2))
    box.started("/rec/b.flv", 2)
    assert session(box).paused is None
    (pause,) = session(box).pauses
    assert pause.length_s == pytest.approx(10.0)
    first, second = session(box).segments
    assert (first.start_s, second.start_s) == (0.0, pytest.approx(24.0))


def test_a_pause_that_ended_while_stagebox_was_away_is_as_long_as_obs_tells() -> None:
    box = paused_box()
    box.say(EngineStarted(boot_id="", alive_utc=EPOCH + box.now))
    box.now += 60
    box.say(obs_connected(recording=True, recorded_s=25.0))
    assert session(box).paused is None
    assert recorded_s(session(box), box.now) == pytest.approx(25.0)
    assert session(box).pauses[0].length_s == pytest.approx(55.0)


def test_a_pause_that_nobody_saw_is_found_by_what_obs_recorded() -> None:
    box = recording_box()
    box.now += 20
    box.say(EngineStarted(boot_id="", alive_utc=EPOCH + box.now))
    box.now += 60
    box.say(obs_connected(recording=True, recorded_s=40.0))
    (pause,) = session(box).pauses
    assert not pause.seen
    assert pause.length_s == pytest.approx(40.0)
    assert recorded_s(session(box), box.now) == pytest.approx(40.0)


def test_a_computer_that_went_down_paused_counts_what_was_recorded() -> None:
    box = paused_box()
    box.now += 30
    box.say(EngineStarted(boot_id="another", alive_utc=EPOCH + box.now))
    assert session(box).paused is None
    assert session(box).recorded_s == pytest.approx(20.0)
    assert session(box).pauses[0].length_s == pytest.approx(30.0)


def test_every_part_that_obs_splits_off_is_the_talk() -> None:
    box = recording_box()
    box.now += 10
    box.say(RecordFileEvent(path="/rec/a (2).flv", began_utc=EPOCH + box.now - 2, after="/rec/a.flv"))
    box.now += 10
    box.say(RecordStateEvent(generation=1, phase="stopping"))
    # OBS names the first part when it ends.
    box.say(RecordStateEvent(generation=1, phase="stopped", path="/rec/a.flv"))
    job = processed(box)
    assert job.segments == ("/rec/a.flv", "/rec/a (2).flv")
    assert (job.splits, job.starts_s) == ((1,), (0.0, 8.0))
    assert job.expected_s == pytest.approx(20.0)


def test_a_part_that_is_found_just_after_the_end_is_processed_with_the_talk() -> None:
    box = recording_box()
    box.now += 10
    box.stop()
    box.stopped()
    box.say(RecordFileEvent(path="/rec/a (2).flv", after="/rec/a.flv"))
    job = processed(box)
    assert job.segments == ("/rec/a.flv", "/rec/a (2).flv")
    assert job.splits == (1,)
    assert len(box.state.jobs) == 1


def test_parts_that_obs_began_while_stagebox_was_away_are_in_order_and_without_gaps() -> None:
    box = recording_box("/rec/t.flv")
    began = EPOCH + box.now
    lying = [RecordingFile(f"/rec/t ({n}).flv", began + 10.0 * n) for n in range(2, 12)]
    known = RecordingFile("/rec/t.flv", began + 10.0)
    named = box.state
    assert named.session is not None
    from dataclasses import replace

    state = replace(named, session=replace(named.session, name="t"))
    found = take_stock(state, Inventory(files=(known, *reversed(lying))), began + 120.0).session
    assert found is not None
    assert [one.path for one in found.segments] == ["/rec/t.flv", *(one.path for one in lying)]
    assert all(one.split for one in found.segments[1:])
    assert not found.segments[-1].ended_utc


def test_a_recording_begun_by_hand_is_named_after_no_talk() -> None:
    box = Box()
    box.say(obs_connected())
    box.start("The talk before")
    box.started()
    box.stop()
    box.stopped()
    box.want(SetTalk(talk=TalkDetails(title="The next talk")))
    box.started("/rec/hand.flv")
    assert session(box).talk.title == ""
    assert "Recording-in-OBS" in session(box).name
    box.want(SetTalk(talk=TalkDetails(title="By hand")))
    assert session(box).talk.title == "By hand"
    assert box.state.next_talk.title == "The next talk"
