"""The wall clock jumps, the computer sleeps: nothing is counted wrong, nothing gets a name that is taken."""

from dataclasses import replace

import pytest

from stagebox.engine.suspend_detection import ClockPair, between, obs_stood
from stagebox.model.effects import ObsStartRecord, ProcessSession
from stagebox.model.observations import JobDone, SuspendEvent
from tests.engine.messages import Box, notice, obs_connected, recording_box
from tests.engine.test_recording import stats

JUMPS = pytest.mark.parametrize("jump_s", [3600.0, -3600.0, -1.8e9])


@JUMPS
def test_lengths_are_the_monotonic_clocks(jump_s: float) -> None:
    box = recording_box("/rec/a.flv")
    box.now += 60
    box.epoch += jump_s
    box.now += 60
    box.stop()
    box.stopped("/rec/a.flv")
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.expected_s == pytest.approx(120.0)
    (job,) = box.state.jobs
    assert job.ended_utc - job.started_utc == pytest.approx(120.0)
    (segment,) = job.segments
    assert segment.ended_utc - segment.started_utc == pytest.approx(120.0)


@JUMPS
def test_the_gap_between_segments_is_the_monotonic_clocks(jump_s: float) -> None:
    box = recording_box("/rec/a.flv")
    box.now += 60
    box.failed("/rec/a.flv")
    box.epoch += jump_s
    box.now += 2
    box.started("/rec/b.flv")
    box.now += 10
    box.stop()
    box.stopped("/rec/b.flv")
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.starts_s == pytest.approx((0.0, 62.0))


def test_a_second_that_comes_again_gives_another_name_and_a_later_place() -> None:
    box = Box()
    box.say(obs_connected())
    names, epoch = [], box.epoch
    for number in range(4):
        # Each talk begins at the very same second of the wall clock.
        box.epoch = epoch - box.now
        box.start("A talk")
        effect = box.effects[-1]
        assert isinstance(effect, ObsStartRecord)
        names.append(effect.filename_stem)
        box.started(f"/rec/{number}.flv")
        box.now += 100
        box.stop()
        box.stopped(f"/rec/{number}.flv")
        box.say(JobDone(session_id=box.state.jobs[0].id, verdict="ok"))
    assert len(set(names)) == 4
    assert len({session.id for session in box.state.finished}) == 4
    assert [session.number for session in box.state.finished] == [1, 2, 3, 4]


@JUMPS
def test_deadlines_and_waits_do_not_move_with_the_wall_clock(jump_s: float) -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    box.epoch += jump_s
    box.wait(4.9)
    assert "not_recording" not in box.codes()
    box.wait(0.2)
    assert "not_recording" in box.codes()


def test_sleep_is_told_by_the_clock_that_counts_it_and_a_standstill_by_the_one_that_waited() -> None:
    before = ClockPair(100.0, 500.0)
    assert between(before, before, ClockPair(100.25, 500.25)) is None
    assert between(before, before, ClockPair(103.0, 503.0)) is None, "a busy computer"
    slept = between(before, before, ClockPair(100.25, 1700.25))
    assert slept == SuspendEvent(slept_s=1200.0, woke_at=100.25)
    stood = between(before, before, ClockPair(112.0, 512.0))
    assert stood == SuspendEvent(still_s=12.0, woke_at=112.0)
    # Asleep while it worked, not while it waited: seen all the same. Working for long is no standstill.
    worked = ClockPair(109.0, 529.0)
    slept = between(before, worked, ClockPair(109.25, 529.25))
    assert slept == SuspendEvent(slept_s=pytest.approx(20.0), woke_at=109.25)


def slept(box: Box, seconds: float) -> None:
    """The computer sleeps: the wall clock counts that and the monotonic one does not."""
    box.epoch += seconds
    box.say(SuspendEvent(slept_s=seconds, woke_at=box.now))


def test_a_talk_in_which_the_computer_slept_is_as_long_as_its_file_and_says_what_is_missing() -> None:
    box = recording_box("/rec/a.flv")
    began_utc = box.epoch + box.now
    box.now += 60
    slept(box, 1800.0)
    assert box.state.session is not None
    assert box.state.session.phase == "recording"
    assert box.codes() == []
    assert "slept for 30 min" in notice(box.state)
    assert "goes on" in notice(box.state)
    box.now += 60
    box.stop()
    box.stopped("/rec/a.flv")
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.expected_s == pytest.approx(120.0)
    (mark,) = effect.marks
    assert (mark.code, mark.start_s, mark.lacks_s) == ("gap", pytest.approx(60.0), 1800.0)
    (job,) = box.state.jobs
    assert job.started_utc == pytest.approx(began_utc)
    assert job.ended_utc == pytest.approx(box.epoch + box.now), "the end is when it was, sleep and all"
    (segment,) = job.segments
    assert segment.ended_utc == pytest.approx(box.epoch + box.now)


def test_sleep_belongs_to_the_segment_in_which_it_was() -> None:
    box = recording_box("/rec/a.flv")
    box.now += 60
    slept(box, 600.0)
    box.now += 5
    box.failed("/rec/a.flv")
    ended_utc = box.epoch + box.now
    box.now += 2
    box.started("/rec/b.flv")
    box.now += 10
    box.stop()
    box.stopped("/rec/b.flv")
    (job,) = box.state.jobs
    first, second = job.segments
    assert first.ended_utc == pytest.approx(ended_utc)
    assert second.ended_utc == pytest.approx(box.epoch + box.now)
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.starts_s == pytest.approx((0.0, 67.0))


def test_while_nothing_ran_no_deadline_passed() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    box.scene("Speaker")
    box.now += 30.0
    box.say(SuspendEvent(still_s=30.0))
    assert box.wait(0.0) == ()
    assert box.fate("i1").status == "pending"
    assert box.fate("i2").status == "pending"
    assert box.codes() == []
    assert "did not run for 30 s" in notice(box.state)
    box.wait(5.1)
    assert "not_recording" in box.codes()


def test_sleep_between_two_talks_is_said_and_changes_nothing_else() -> None:
    box = Box()
    box.say(obs_connected())
    slept(box, 50_000.0)
    assert notice(box.state) == "The computer slept for 13 h 53 min."
    box.start()
    assert box.state.session is not None
    assert box.state.session.slept_s == 0.0


def test_where_obs_stood_too_the_recording_is_marked_and_where_it_did_not_it_is_not() -> None:
    before = replace(stats(recording=True), render_skipped_frames=7)
    stood = SuspendEvent(still_s=12.0, woke_at=172.0)
    assert obs_stood(stood, before, replace(before, render_skipped_frames=7 + 355))
    assert not obs_stood(stood, before, replace(before, render_skipped_frames=9)), "stagebox alone stood"
    assert not obs_stood(stood, before, replace(before, generation=2, render_skipped_frames=900))

    box = recording_box("/rec/a.flv")
    box.now += 72
    box.say(stood)
    assert box.state.session is not None
    assert box.state.session.marks == ()
    box.now += 0.5
    box.say(replace(stood, obs_too=True))
    (mark,) = box.state.session.marks
    assert (mark.code, mark.start_s, mark.end_s, mark.lacks_s) == ("gap", 60.0, 72.0, 12.0)
    assert box.state.session.slept_s == 0.0, "the clock counted it"
