"""What somebody opens in OBS itself, told to the reducer as OBS tells it."""

from dataclasses import replace

import pytest

from stagebox.engine.rules import ReducerRules
from stagebox.health.foreign import BUILDING_S, foreign_offers
from stagebox.model.commands import BuildScenes, CommandBody, TakeRemedy
from stagebox.model.effects import ObsOpen, RebuildScenes
from stagebox.model.obs_set_up import ObsSetUp
from stagebox.model.observations import (
    ObsSetUpEvent,
    RequestAnswered,
    SceneListEvent,
    ScenesBuilt,
    SetUpAnswered,
)
from tests.engine.messages import PACK, SCENES, Box, obs_connected

OURS = ObsSetUp(collection="Talks", profile="Talks", folder="/rec", container="flv")


def joined(own_name: str = "") -> Box:
    """A box that joined an OBS with all of its scenes."""
    box = Box(rules=ReducerRules(scenes=PACK, own_name=own_name, watched_folder="" if own_name else "/rec"))
    box.say(obs_connected())
    box.say(ObsSetUpEvent(generation=1, set_up=OURS))
    return box


def opens(box: Box, **changes: str) -> None:
    set_up = replace(OURS, **changes)
    if "collection" in changes:
        box.say(SceneListEvent(generation=1, scenes=("Welcome",)))
    box.say(ObsSetUpEvent(generation=1, set_up=set_up))


def remedies(box: Box) -> list[str]:
    return [one.remedy for one in foreign_offers(box.state)]


def test_another_collection_is_named_and_opened_back_by_a_touch() -> None:
    box = joined()
    opens(box, collection="Church")
    assert box.codes() == ["scenes_gone"]
    assert "Church" in box.state.alarms[0].message
    assert remedies(box) == ["open_collection"]
    assert box.want(TakeRemedy(remedy="open_collection", role="scenes")).status == "pending"
    effect = box.effects[-1]
    assert isinstance(effect, ObsOpen)
    assert (effect.what, effect.name) == ("collection", "Talks")
    box.say(SceneListEvent(generation=1, scenes=SCENES))
    box.say(ObsSetUpEvent(generation=1, set_up=OURS))
    assert box.fate("i1").status == "done"
    assert box.codes() == []


def test_an_obs_that_refuses_or_does_not_answer_is_told() -> None:
    box = joined()
    opens(box, collection="Church")
    box.want(TakeRemedy(remedy="open_collection", role="scenes"))
    effect = box.effects[-1]
    assert isinstance(effect, ObsOpen)
    box.say(RequestAnswered(generation=1, effect_id=effect.effect_id, ok=False, code=600, comment="gone"))
    assert box.fate("i1").status == "failed"
    assert "gone" in box.fate("i1").detail
    box.want(TakeRemedy(remedy="open_collection", role="scenes"))
    box.wait(box.rules.open_s)
    assert box.fate("i2").status == "failed"


def test_a_copy_of_the_collection_has_all_that_is_needed() -> None:
    box = joined()
    box.say(ObsSetUpEvent(generation=1, set_up=replace(OURS, collection="A copy")))
    assert box.codes() == []
    assert box.state.home.collection == "A copy"


def test_scenes_that_are_missing_at_home_are_an_alarm_after_a_while() -> None:
    box = joined()
    box.say(SceneListEvent(generation=1, scenes=SCENES[1:]))
    assert box.codes() == []
    box.wait(BUILDING_S)
    assert box.codes() == ["scenes_gone"]
    assert remedies(box) == ["build_scenes"]
    box.say(SceneListEvent(generation=1, scenes=SCENES))
    assert box.codes() == []


def test_names_that_are_taken_are_told_at_once() -> None:
    box = joined("Talks")
    box.say(SceneListEvent(generation=1, scenes=SCENES[1:]))
    box.say(ScenesBuilt(names_taken="“Screen” is the name of an input.", remedy="Touch it.", asides=True))
    assert box.state.alarms[0].message == "“Screen” is the name of an input."
    assert remedies(box) == ["rename_aside"]
    box.say(SceneListEvent(generation=1, scenes=SCENES))
    box.say(ScenesBuilt())
    assert box.codes() == []


def test_the_private_obs_has_one_profile_and_somebodys_own_any_that_records_right() -> None:
    private = joined("Talks")
    opens(private, profile="Mine")
    assert private.codes() == ["obs_profile"]
    own = joined()
    opens(own, profile="Mine")
    assert own.codes() == []
    opens(own, profile="Mine", container="mp4")
    assert own.codes() == ["obs_profile"]


def test_recordings_that_go_elsewhere_are_noticed() -> None:
    box = joined()
    opens(box, folder="/home/me/Videos")
    assert "/home/me/Videos" in box.state.alarms[0].message
    assert remedies(box) == ["build_scenes"]


def test_the_profile_is_not_changed_while_a_talk_is_recorded() -> None:
    box = joined("Talks")
    opens(box, profile="Mine")
    box.start()
    box.started()
    answer = box.want(TakeRemedy(remedy="open_profile", role="profile"))
    assert answer.status == "refused"
    assert "after the talk" in answer.detail


BUILD: tuple[CommandBody, ...] = (BuildScenes(), TakeRemedy(remedy="build_scenes", role="scenes"))


@pytest.mark.parametrize("want", BUILD)
def test_scenes_are_built_again_by_one_path_and_answered_when_it_is_done(want: CommandBody) -> None:
    box = joined()
    assert box.want(want).status == "pending"
    effect = box.effects[-1]
    assert isinstance(effect, RebuildScenes)
    assert all(box.want(other).status == "refused" for other in BUILD), "it is being done already"
    box.say(SetUpAnswered(effect_id=effect.effect_id, ok=False, words="OBS went away."))
    assert (box.fate("i1").status, box.fate("i1").detail) == ("refused", "OBS went away.")
    box.want(want)
    box.say(SetUpAnswered(effect_id=box.effects[-1].effect_id, ok=True))
    assert box.fate("i4").status == "done"


@pytest.mark.parametrize("want", BUILD)
def test_nothing_is_built_in_a_collection_that_is_not_stageboxs(want: CommandBody) -> None:
    box = joined("Talks")
    opens(box, collection="Church")
    answer = box.want(want)
    assert answer.status == "refused"
    assert "Church" in answer.detail
    assert not [one for one in box.effects if isinstance(one, RebuildScenes)]


def test_names_that_only_a_person_can_free_leave_a_touch_for_afterwards() -> None:
    box = joined()
    box.say(SceneListEvent(generation=1, scenes=SCENES[1:]))
    box.say(ScenesBuilt(names_taken="“Screen” is the name of a group.", remedy="Rename it.", asides=False))
    assert remedies(box) == ["build_scenes"]
