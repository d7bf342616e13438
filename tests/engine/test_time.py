"""The wall clock jumps an hour either way: nothing is counted wrong, nothing gets a name that is taken."""

import pytest

from stagebox.model.effects import ObsStartRecord, ProcessSession
from stagebox.model.observations import JobDone
from tests.engine.messages import Box, obs_connected, recording_box

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
