"""What the crew shows the speaker."""

from stagebox.engine.reducer import next_deadline
from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import ShowMessage
from tests.engine.messages import Box


def test_words_stay_until_they_are_taken_back() -> None:
    box = Box()
    assert box.want(ShowMessage(words="  Five\nminutes ")).status == "done"
    box.wait(3600)
    assert box.state.message == "Five minutes"
    box.want(ShowMessage())
    assert box.state.message == ""


def test_words_for_a_while_go_by_themselves() -> None:
    box = Box()
    box.want(ShowMessage(words="Five minutes", seconds=10))
    assert next_deadline(box.state, ReducerRules()) == box.now + 10
    box.wait(9)
    assert box.state.message == "Five minutes"
    box.wait(2)
    assert (box.state.message, box.state.message_due) == ("", None)


def test_newer_words_have_their_own_time() -> None:
    box = Box()
    box.want(ShowMessage(words="Five minutes", seconds=10))
    box.want(ShowMessage(words="Please stop"))
    box.wait(60)
    assert box.state.message == "Please stop"
