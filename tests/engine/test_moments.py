"""A person marks a moment of a recording, and asks for a press to be learned."""

from stagebox.model.commands import LearnButton, MarkMoment
from stagebox.model.effects import LearnPress, ProcessSession
from tests.engine.messages import recording_box


def test_a_marked_moment_reaches_the_processing() -> None:
    box = recording_box()
    box.wait(12.0)
    assert box.want(MarkMoment(words="a question")).status == "done"
    box.wait(3.0)
    box.stop()
    box.stopped()
    (job,) = [effect for effect in box.effects if isinstance(effect, ProcessSession)]
    (mark,) = [mark for mark in job.marks if mark.code == "moment"]
    assert mark.start_s == mark.end_s
    assert 11.0 <= mark.start_s <= 13.0
    assert mark.message == "a question"


def test_without_a_recording_there_is_no_moment_to_mark() -> None:
    box = recording_box()
    box.stop()
    box.stopped()
    assert box.want(MarkMoment()).status == "refused"


def test_learning_a_press_is_handed_on() -> None:
    box = recording_box()
    assert box.want(LearnButton(seconds=5)).status == "done"
    assert any(isinstance(effect, LearnPress) and effect.seconds == 5 for effect in box.effects)
