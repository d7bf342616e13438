"""An OBS on another computer, and the network between is cut: it records on there, and is reconciled."""

from stagebox.model.effects import ObsStartRecord, ObsStopRecord, ProcessSession
from stagebox.model.observations import ObsDisconnected
from tests.engine.messages import Box, obs_connected, recording_box


def cut(box: Box, seconds: float = 60.0) -> None:
    """No process of ours is behind this OBS: only the link tells."""
    box.say(ObsDisconnected(generation=1, fault="timeout", detail="OBS did not answer in time."))
    box.now += seconds


def test_the_loss_of_control_in_a_talk_is_an_alarm_at_once_and_nothing_is_stopped() -> None:
    box = recording_box()
    cut(box, 0.0)
    (alarm,) = box.state.alarms
    assert (alarm.code, alarm.level) == ("obs_down", "critical")
    assert not any(isinstance(effect, ObsStopRecord) for effect in box.effects)
    assert box.state.session is not None
    assert box.state.session.phase == "recording"


def test_a_recording_that_went_on_there_goes_on_here_in_the_same_segment_and_its_clock_ran() -> None:
    box = recording_box()
    box.now += 30
    cut(box)
    box.say(obs_connected(2, recording=True))
    assert box.codes() == []
    box.now += 10
    box.stop()
    box.stopped(generation=2)
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert (effect.segments, effect.expected_s) == (("/rec/a.flv",), 100.0)


def test_a_recording_that_was_ended_there_is_ended_here_too_and_said() -> None:
    box = recording_box()
    cut(box)
    box.say(obs_connected(2, recording=False))
    assert box.state.session is None
    assert "not_recording" in box.codes()
    assert sum(isinstance(effect, ObsStartRecord) for effect in box.effects) == 1


def test_a_stop_that_was_asked_for_during_the_cut_is_done_after_it() -> None:
    box = recording_box()
    cut(box, 1.0)
    box.stop()
    assert not any(isinstance(effect, ObsStopRecord) for effect in box.effects)
    effects = box.say(obs_connected(2, recording=True))
    assert [type(effect) for effect in effects] == [ObsStopRecord]
