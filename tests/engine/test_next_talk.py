"""The second talk bears no name of the first, and a name that was given to it is not lost in between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.model.commands import SetTalk, StartRecording, StartTrial, TalkDetails
from stagebox.model.effects import RefreshCards
from stagebox.model.observations import ProgramSceneEvent
from tests.engine.messages import Box, obs_connected

FIRST = TalkDetails(title="First", speaker="Ada", room="Hall B")
SECOND = TalkDetails(title="Second", speaker="Bo", room="Hall B")


def box_with(talk: TalkDetails) -> Box:
    box = Box()
    box.say(obs_connected())
    box.want(SetTalk(talk=talk))
    return box


def record(box: Box, path: str, talk: TalkDetails | None = None) -> TalkDetails:
    box.want(StartRecording(talk=talk))
    box.started(path)
    assert box.state.session is not None
    return box.state.session.talk


def end(box: Box, path: str) -> None:
    box.stop()
    box.stopped(path)


def trial_begins(box: Box) -> str:
    """Begin a trial, and return its file."""
    box.want(StartTrial(seconds=10.0))
    assert box.state.session is not None
    path = f"/rec/{box.state.session.name}.flv"
    box.started(path)
    return path


def cards(box: Box) -> list[str]:
    return [one.talk.title for one in box.effects if isinstance(one, RefreshCards)]


def test_after_a_stop_the_next_talk_bears_no_name() -> None:
    box = box_with(FIRST)
    assert record(box, "/rec/a.flv") == FIRST
    end(box, "/rec/a.flv")
    assert box.state.next_talk == TalkDetails(room="Hall B")
    assert record(box, "/rec/b.flv") == TalkDetails(room="Hall B")


def test_a_name_that_was_corrected_while_recording_goes_with_its_talk_too() -> None:
    box = box_with(FIRST)
    record(box, "/rec/a.flv")
    box.want(SetTalk(talk=SECOND))
    end(box, "/rec/a.flv")
    assert box.state.next_talk.title == ""


def test_a_name_given_after_the_stop_is_the_next_talks() -> None:
    box = box_with(FIRST)
    record(box, "/rec/a.flv")
    end(box, "/rec/a.flv")
    box.want(SetTalk(talk=SECOND))
    assert record(box, "/rec/b.flv") == SECOND


def test_a_repeat_puts_the_next_talks_own_name_back() -> None:
    box = box_with(SECOND)
    record(box, "/rec/a.flv", TalkDetails(title="First (repeat)", speaker="Ada"))
    end(box, "/rec/a.flv")
    assert box.state.next_talk == SECOND


def test_a_repeat_that_takes_a_trials_place_puts_it_back_too() -> None:
    for ending in (False, True):
        box = box_with(SECOND)
        path = trial_begins(box)
        if ending:
            box.stop()
        box.want(StartRecording(talk=TalkDetails(title="First (repeat)")))
        if ending:
            box.stopped(path)
            path = "/rec/b.flv"
            box.started(path)
        end(box, path)
        assert box.state.session is None
        assert box.state.next_talk == SECOND, ending


def test_a_trial_neither_renames_nor_empties_the_next_talk() -> None:
    box = box_with(SECOND)
    end(box, trial_begins(box))
    assert box.state.next_talk == SECOND


def test_a_talk_that_obs_ended_by_itself_keeps_its_name_for_the_part_that_follows() -> None:
    box = box_with(FIRST)
    box.rules = box.rules.__class__(resume=False)
    record(box, "/rec/a.flv")
    box.stopped("/rec/a.flv")  # in OBS's own window: it is asked whether the talk goes on
    assert box.state.session is None
    assert box.codes() == ["not_recording"]
    assert record(box, "/rec/b.flv") == FIRST


def test_between_two_talks_the_cards_show_the_next_one() -> None:
    box = box_with(FIRST)
    record(box, "/rec/a.flv")
    end(box, "/rec/a.flv")
    assert cards(box) == ["First", ""]
    record(box, "/rec/b.flv")
    assert cards(box) == ["First", ""], "what they show already is not drawn again"


def test_the_words_of_thanks_are_not_taken_off_the_air() -> None:
    box = box_with(FIRST)
    record(box, "/rec/a.flv")
    box.say(ProgramSceneEvent(generation=1, scene="Outro"))
    end(box, "/rec/a.flv")
    assert cards(box) == ["First"]
    box.say(ProgramSceneEvent(generation=1, scene="Intermission"))
    assert cards(box) == ["First", ""]


DEEDS = st.lists(st.sampled_from(["name", "trial", "record", "repeat", "stop", "wait"]), max_size=14)


@settings(max_examples=150, deadline=None)
@given(deeds=DEEDS)
@pytest.mark.timeout(120)
def test_whatever_people_do_no_talk_bears_the_name_of_the_one_before(deeds: list[str]) -> None:
    """Names are counted, so that each is given once: a talk has the one that was given for it, or none."""
    box = box_with(TalkDetails())
    number, path, borne = 0, "", list[str]()
    for deed in deeds:
        match deed:
            case "name":
                number += 1
                box.want(SetTalk(talk=TalkDetails(title=f"Talk {number}")))
            case "trial":
                box.want(StartTrial(seconds=10.0))
            case "record":
                box.want(StartRecording())
            case "repeat":
                number += 1
                box.want(StartRecording(talk=TalkDetails(title=f"Repeat {number}")))
            case "stop":
                box.stop()
            case "wait":
                box.wait(11.0)
        after = box.state.session
        if after is not None and after.phase == "starting":
            path = f"/rec/{after.name}.flv"
            box.started(path)
        if after is not None and after.phase == "stopping":
            ended = box.state.session
            assert ended is not None
            if not ended.trial:
                borne.append(ended.talk.title)
            box.stopped(path)
            following = box.state.session
            if following is not None:
                path = f"/rec/{following.name}.flv"
                box.started(path)
    named = [title for title in borne if title]
    assert len(named) == len(set(named)), "two talks bear one name"
    assert "test" not in borne
