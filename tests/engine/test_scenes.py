"""Scenes: asked, confirmed, refused, overdue."""

from stagebox.model.effects import ObsSwitchScene
from stagebox.model.observations import ObsDisconnected, ProgramSceneEvent, RequestAnswered
from tests.engine.messages import Box, obs_connected


def connected_box() -> Box:
    box = Box()
    box.say(obs_connected(program="Screen"))
    return box


def test_a_scene_is_a_fact_only_when_obs_says_so() -> None:
    box = connected_box()
    assert box.scene("Both").status == "pending"
    effect = box.effects[-1]
    assert isinstance(effect, ObsSwitchScene)
    assert effect.scene == "Both"
    box.say(RequestAnswered(generation=1, effect_id=effect.effect_id, ok=True))
    assert box.fate("i1").status == "pending"
    box.say(ProgramSceneEvent(generation=1, scene="Both"))
    assert box.fate("i1").status == "done"
    assert box.state.wanted_scene is None


def test_an_unknown_scene_is_refused_with_the_known_ones() -> None:
    box = connected_box()
    answer = box.scene("Nonsense")
    assert answer.status == "refused"
    assert "Screen, Speaker, Both" in answer.detail
    assert box.effects == []


def test_a_scene_without_obs_fails_at_once() -> None:
    assert Box().scene("Both").status == "failed"


def test_the_scene_that_is_on_program_needs_no_request() -> None:
    box = connected_box()
    assert box.scene("Screen").status == "done"
    assert box.effects == []


def test_the_last_of_two_touches_wins() -> None:
    box = connected_box()
    box.scene("Both")
    box.scene("Speaker")
    assert box.fate("i1").status == "superseded"
    box.say(ProgramSceneEvent(generation=1, scene="Both"))
    assert box.fate("i2").status == "pending"
    box.say(ProgramSceneEvent(generation=1, scene="Speaker"))
    assert box.fate("i2").status == "done"


def test_going_back_while_a_switch_is_under_way_is_asked_of_obs() -> None:
    box = connected_box()
    box.scene("Both")
    assert box.scene("Screen").status == "pending"
    assert [effect.scene for effect in box.effects if isinstance(effect, ObsSwitchScene)] == [
        "Both",
        "Screen",
    ]


def test_a_scene_that_obs_does_not_confirm_is_an_alarm_until_one_is() -> None:
    box = connected_box()
    box.scene("Both")
    box.wait(2.0)
    assert box.fate("i1").status == "failed"
    assert box.codes() == ["obs_stuck"]
    box.scene("Speaker")
    box.say(ProgramSceneEvent(generation=1, scene="Speaker"))
    assert box.codes() == []


def test_a_refusal_carries_obs_own_words() -> None:
    box = connected_box()
    box.scene("Both")
    effect = box.effects[-1]
    assert isinstance(effect, ObsSwitchScene)
    box.say(
        RequestAnswered(generation=1, effect_id=effect.effect_id, ok=False, code=600, comment="No source")
    )
    assert "No source" in box.fate("i1").detail


def test_a_lost_link_fails_the_wish_at_once() -> None:
    box = connected_box()
    box.scene("Both")
    box.say(ObsDisconnected(generation=1, fault="lost"))
    assert box.fate("i1").status == "failed"
    box.wait(3.0)
    assert box.codes() == ["obs_down"]
