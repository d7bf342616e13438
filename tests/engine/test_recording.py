"""The life of a session, told to the reducer as OBS and people tell it."""

import pytest

from stagebox.engine.recording import UNHEARD_MOST
from stagebox.model.commands import SetTalk, StartRecording, TalkDetails
from stagebox.model.effects import Effect, ObsStartRecord, ObsStopRecord, ProcessSession
from stagebox.model.observations import (
    EngineStarted,
    FolderEvent,
    JobDone,
    ObsDisconnected,
    ObsProcessEvent,
    ObsStatsReading,
    RecordStateEvent,
    RequestAnswered,
)
from stagebox.model.state import Phase
from tests.engine.messages import Box, obs_connected, recording_box


def stats(
    recording: bool, generation: int = 1, *, paused: bool = False, recorded_s: float | None = None
) -> ObsStatsReading:
    return ObsStatsReading(
        generation=generation,
        recording=recording,
        paused=paused and recording,
        recorded_s=recorded_s if recording else None,
        record_bytes=1,
        active_fps=30.0,
        cpu_percent=1.0,
        free_disk_mb=1.0,
        render_skipped_frames=0,
        render_total_frames=1,
        output_skipped_frames=0,
        output_total_frames=1,
    )


def phase(box: Box) -> str:
    return "idle" if box.state.session is None else str(box.state.session.phase)


def test_a_talk_goes_from_idle_through_obs_to_done() -> None:
    box = Box()
    box.say(obs_connected())
    assert phase(box) == "idle"
    assert box.start("Pattern matching").status == "pending"
    assert phase(box) == "starting"
    box.started()
    assert phase(box) == "recording"
    assert box.fate("i1").status == "done"
    box.now += 60
    assert box.stop().status == "pending"
    assert phase(box) == "stopping"
    box.now += 0.6
    box.stopped()
    assert phase(box) == "idle"
    (job,) = box.state.jobs
    assert job.phase is Phase.PROCESSING
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.segments == ("/rec/a.flv",)
    assert effect.expected_s == pytest.approx(60.6)
    assert "Pattern-matching" in effect.name
    box.say(JobDone(session_id=job.id, verdict="ok", output="/out/a.mp4"))
    assert box.state.jobs == ()
    assert box.state.finished[-1].phase is Phase.DONE
    assert box.state.finished[-1].output == "/out/a.mp4"


def test_the_screen_says_starting_until_obs_confirms() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    effect = box.effects[-1]
    assert isinstance(effect, ObsStartRecord)
    box.say(RequestAnswered(generation=1, effect_id=effect.effect_id, ok=True))
    assert phase(box) == "starting"


def test_a_start_that_obs_does_not_confirm_is_an_alarm_and_is_asked_again() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    effects = box.wait(5.0)
    assert [type(effect) for effect in effects] == [ObsStartRecord]
    assert box.fate("i1").status == "failed"
    assert "not_recording" in box.codes()
    box.started()
    assert phase(box) == "recording"
    assert box.codes() == []


def taken(box: Box, effect: Effect) -> None:
    """OBS takes a request; whether it does anything, its events tell."""
    assert isinstance(effect, ObsStartRecord)
    box.say(RequestAnswered(generation=1, effect_id=effect.effect_id, ok=True, code=100))


def test_a_start_that_obs_takes_and_does_not_begin_is_asked_again_at_once_and_not_for_ever() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    stem = box.effects[-1]
    for _ in range(UNHEARD_MOST):
        taken(box, box.effects[-1])
        assert box.wait(0.2) == ()
        assert [type(effect) for effect in box.wait(0.1)] == [ObsStartRecord]
        assert isinstance(stem, ObsStartRecord)
        assert isinstance(box.effects[-1], ObsStartRecord)
        assert box.effects[-1].filename_stem == stem.filename_stem
    taken(box, box.effects[-1])
    assert box.wait(3.9) == ()
    assert box.codes() == []
    # From then on with the patience of any start.
    assert [type(effect) for effect in box.wait(0.3)] == [ObsStartRecord]
    assert "not_recording" in box.codes()


@pytest.mark.parametrize("first", ["answer", "event"])
def test_a_start_that_obs_begins_is_asked_once_however_long_it_takes(first: str) -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    effect = box.effects[-1]
    if first == "answer":
        taken(box, effect)
        box.now += 0.1
    box.say(RecordStateEvent(generation=1, phase="starting"))
    if first == "event":
        taken(box, effect)
    assert box.wait(4.0) == ()
    box.started()
    assert box.wait(60.0) == ()


def test_a_stop_in_between_takes_back_the_second_try() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    taken(box, box.effects[-1])
    box.stop()
    assert box.wait(1.0) == ()


def test_a_refused_start_says_why_and_keeps_trying() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    effect = box.effects[-1]
    assert isinstance(effect, ObsStartRecord)
    refusal = RequestAnswered(
        generation=1, effect_id=effect.effect_id, ok=False, code=600, comment="disk is full"
    )
    box.say(refusal)
    assert "disk is full" in box.fate("i1").detail
    assert "disk is full" in box.state.alarms[0].message
    assert isinstance(box.wait(5.0)[-1], ObsStartRecord)


def test_a_start_while_obs_is_away_is_done_when_obs_comes() -> None:
    box = Box()
    box.start()
    assert not any(isinstance(effect, ObsStartRecord) for effect in box.effects)
    effects = box.say(obs_connected())
    assert [type(effect) for effect in effects] == [ObsStartRecord]


def test_a_double_touch_starts_one_recording() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    assert box.start().status == "done"
    assert sum(isinstance(effect, ObsStartRecord) for effect in box.effects) == 1


def test_a_command_sent_twice_is_done_once() -> None:
    box = recording_box()
    twice = box.messages[1].body
    effects = box.say(twice)
    assert effects == ()


def test_a_stop_that_overtakes_the_start_still_stops() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    box.stop()
    stop = box.effects[-1]
    assert isinstance(stop, ObsStopRecord)
    box.say(RequestAnswered(generation=1, effect_id=stop.effect_id, ok=False, code=501))
    assert phase(box) == "stopping"
    box.started()
    assert isinstance(box.effects[-1], ObsStopRecord)
    box.stopped()
    assert phase(box) == "idle"
    assert len(box.state.jobs) == 1


def test_a_start_that_never_came_ends_without_a_file() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    box.stop()
    stop = box.effects[-1]
    assert isinstance(stop, ObsStopRecord)
    box.say(RequestAnswered(generation=1, effect_id=stop.effect_id, ok=False, code=501))
    box.wait(5.0)
    assert phase(box) == "idle"
    assert box.state.finished[-1].verdict == "failed"


def test_stopping_before_obs_was_ever_asked_ends_at_once() -> None:
    box = Box()
    box.start()
    assert box.stop().status == "done"
    assert phase(box) == "idle"
    assert box.say(obs_connected()) == ()


def test_a_stop_that_obs_does_not_confirm_is_an_alarm_and_is_asked_again() -> None:
    box = recording_box()
    box.stop()
    effects = box.wait(15.0)
    assert [type(effect) for effect in effects] == [ObsStopRecord]
    assert "obs_stuck" in box.codes()
    assert phase(box) == "stopping"


@pytest.mark.parametrize("who", ["here", "in OBS"])
def test_a_talk_ends_when_obs_begins_to_stop_however_long_it_takes_to_write_the_rest(who: str) -> None:
    box = recording_box("/rec/a.flv")
    box.now += 60
    if who == "here":
        box.stop()
    box.say(RecordStateEvent(generation=1, phase="stopping"))
    box.now += 7.9
    box.failed("/rec/a.flv")
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.expected_s == pytest.approx(60.0)


def test_a_lost_link_does_not_end_the_recording() -> None:
    box = recording_box()
    effects = box.say(ObsDisconnected(generation=1, fault="lost"))
    assert effects == ()
    assert phase(box) == "recording"
    assert box.state.obs.recording is None
    box.now += 10
    box.say(obs_connected(2, recording=True))
    assert phase(box) == "recording"
    assert box.state.session is not None
    assert len(box.state.session.segments) == 1


def test_a_recording_that_ended_while_the_link_was_down_is_processed_and_said() -> None:
    box = recording_box()
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.say(obs_connected(2, recording=False))
    assert phase(box) == "idle"
    assert "not_recording" in box.codes()
    assert isinstance(box.effects[-1], ProcessSession)


def test_a_dead_obs_costs_a_segment_and_not_the_session() -> None:
    box = recording_box("/rec/a.flv")
    box.now += 30
    box.say(ObsProcessEvent(phase="exited", exit_code=-9))
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.now += 2
    effects = box.say(obs_connected(2, recording=False))
    assert isinstance(effects[-1], ObsStartRecord)
    assert effects[-1].filename_stem.endswith("-part-2")
    box.started("/rec/b.flv", generation=2)
    box.now += 10
    box.stop()
    box.stopped("/rec/b.flv", generation=2)
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.segments == ("/rec/a.flv", "/rec/b.flv")
    assert effect.expected_s == pytest.approx(40.0)


def test_a_recording_started_in_obs_itself_becomes_a_session() -> None:
    box = Box()
    box.say(obs_connected())
    box.started("/rec/by-hand.flv")
    assert phase(box) == "recording"
    box.stopped("/rec/by-hand.flv")
    assert len(box.state.jobs) == 1


def test_a_recording_that_runs_when_stagebox_comes_is_adopted() -> None:
    box = Box()
    box.say(obs_connected(recording=True))
    assert phase(box) == "recording"
    box.stopped("/rec/found.flv")
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.segments == ("/rec/found.flv",)


def test_one_figure_that_contradicts_is_not_believed_but_three_seconds_of_them_are() -> None:
    box = recording_box()
    box.say(stats(recording=False))
    assert phase(box) == "recording"
    box.now += 1
    box.say(stats(recording=True))
    box.now += 4
    box.say(stats(recording=False))
    assert phase(box) == "recording"
    box.now += 3
    box.say(stats(recording=False))
    # Nobody ended it, so it goes on in another part, after a pause because it had not lasted.
    assert phase(box) == "starting"
    assert isinstance(box.wait(1.0)[-1], ObsStartRecord)


def test_news_from_an_old_connection_is_dropped() -> None:
    box = recording_box()
    box.say(ObsDisconnected(generation=1, fault="timeout"))
    box.say(obs_connected(2, recording=True))
    box.stopped(generation=1)
    assert phase(box) == "recording"


def test_a_talk_that_must_not_be_recorded_is_refused() -> None:
    box = Box()
    box.say(obs_connected())
    answer = box.want(StartRecording(talk=TalkDetails(title="Secret", do_not_record=True)))
    assert answer.status == "refused"
    assert phase(box) == "idle"


def test_a_full_disk_refuses_a_start_with_its_sentence() -> None:
    box = Box()
    box.say(obs_connected())
    box.say(FolderEvent(health="full", detail="Only 90 MB are left on /rec."))
    answer = box.start()
    assert answer.status == "refused"
    assert "90 MB" in answer.detail


def test_the_details_set_beforehand_name_the_recording() -> None:
    box = Box()
    box.say(obs_connected())
    box.want(SetTalk(talk=TalkDetails(title="Types for everyone", speaker="Žofie Nováková")))
    box.want(StartRecording())
    effect = box.effects[-1]
    assert isinstance(effect, ObsStartRecord)
    assert effect.filename_stem.endswith("_Main-room_Types-for-everyone_Žofie-Nováková")


def test_a_second_talk_can_start_while_the_first_is_processed() -> None:
    box = recording_box()
    box.stop()
    box.stopped()
    box.now += 1
    assert box.start("Second").status == "pending"
    box.started("/rec/b.flv")
    assert phase(box) == "recording"
    assert len(box.state.jobs) == 1


def test_an_engine_that_comes_back_takes_everything_up_again() -> None:
    box = recording_box()
    box.stop()
    box.stopped()
    box.now += 1
    box.start("Second")
    box.started("/rec/b.flv")
    effects = box.say(EngineStarted(boot_id=""))
    assert [type(effect) for effect in effects] == [ProcessSession]
    assert phase(box) == "recording"
    box.say(obs_connected(1, recording=True))
    assert phase(box) == "recording"


def test_after_a_reboot_the_length_is_unknown_rather_than_wrong() -> None:
    box = recording_box()
    box.now = 3.0
    box.say(EngineStarted(boot_id="another"))
    box.say(obs_connected(1, recording=False))
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.expected_s == 0.0
