"""What people do in OBS's own window: another collection or profile, a taken name, a recording."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from stagebox import resources
from stagebox.model.commands import (
    BuildScenes,
    SetTalk,
    StartRecording,
    StopRecording,
    TakeRemedy,
    TalkDetails,
)
from stagebox.model.errors import ObsError
from stagebox.model.snapshot import Snapshot
from stagebox.obs.collection_and_profile import ForeignCollectionError
from stagebox.obs.connection import ObsConnection
from stagebox.obs.home import FIRST_SCENE
from stagebox.obs.pack import load_pack
from stagebox.obs.provision import provision
from stagebox.obs.removal import remove_input
from tests.venue.foreign_hands import Hand, Joined, alarm, somebodys_obs

pytestmark = [pytest.mark.venue, pytest.mark.timeout(200)]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Joined, Hand]]:
    folder = tmp_path_factory.mktemp("foreign")
    with somebodys_obs(folder) as (obs, hand):
        yield Joined(folder / "box", obs), hand


def test_a_name_that_is_taken_is_told_before_anything_is_made(world: tuple[Joined, Hand]) -> None:
    joined, hand = world
    color = {"inputKind": "color_source_v3", "inputSettings": {}}
    hand("CreateInput", sceneName=FIRST_SCENE, inputName="combo", **color)
    hand("CreateScene", sceneName="stagebox mic")
    before = hand("GetSceneList"), hand("GetInputList")
    try:
        with pytest.raises(ObsError) as caught:
            joined.provision(hand.real)
        assert (hand("GetSceneList"), hand("GetInputList")) == before, "half of the scenes were made"
    finally:
        hand("RemoveInput", inputName="combo")
        hand("RemoveScene", sceneName="stagebox mic")
    for words in ("“combo”", "color_source_v3", "“stagebox mic”", "a scene", "Nothing was changed"):
        assert words in caught.value.what
    assert "another name" in caught.value.remedy
    wait_until_gone(hand)
    joined.provision(hand.real)


def test_another_scene_collection_is_named_and_a_touch_opens_ours(world: tuple[Joined, Hand]) -> None:
    joined, hand = world
    joined.provision(hand.real)
    pack = load_pack("conference", resources.folder("scenes"))
    with joined.serving() as box:
        box.wait(lambda seen: seen.obs.collection == "Stagebox")
        box.want(StartRecording(talk=TalkDetails(title="Switched")))
        box.wait(lambda seen: seen.recording is True)
        hand("CreateSceneCollection", sceneCollectionName="Church")
        seen = box.wait(lambda one: alarm(one, "scenes_gone") is not None)
        told = alarm(seen, "scenes_gone")
        assert told is not None
        assert told.level == "critical"
        assert "another scene collection is open" in told.message
        assert "Church" in told.message
        box.wait(lambda one: ("open_collection", "scenes") in offers(one))
    # Also found by a stagebox that comes up meanwhile; it builds nothing in there.
    with joined.serving() as box:
        box.wait(lambda one: alarm(one, "scenes_gone") is not None)
        assert "combo" not in box.appliance.latest.scenes
        box.want(TakeRemedy(remedy="open_collection", role="scenes"))
        seen = box.wait(lambda one: alarm(one, "scenes_gone") is None)
        assert {scene.name for scene in pack.scenes} <= set(seen.scenes)
        assert seen.recording is True
        box.want(StopRecording())
        talk = box.done()
    assert "Switched" in talk.output


def test_another_profile_and_format_are_named_and_put_back_after_the_talk(
    world: tuple[Joined, Hand],
) -> None:
    joined, hand = world
    joined.provision(hand.real)
    with joined.serving() as box:
        count = len(box.appliance.latest.finished)
        box.wait(lambda seen: seen.obs.profile == "Stagebox" and "combo" in seen.scenes)
        box.want(StartRecording(talk=TalkDetails(title="Profile")))
        box.wait(lambda seen: seen.recording is True)
        hand("CreateProfile", profileName="Mine")
        parameter = {"parameterCategory": "SimpleOutput", "parameterValue": "mp4"}
        for name in ("RecFormat", "RecFormat2"):
            hand("SetProfileParameter", parameterName=name, **parameter)
        seen = box.wait(lambda one: alarm(one, "obs_profile") is not None and "MP4" in words(one))
        assert "Mine" in words(seen)
        refusal = box.want(TakeRemedy(remedy="open_profile", role="profile"), "refused")
        assert "after the talk" in refusal
        box.want(StopRecording())
        box.done(count + 1)
        box.want(TakeRemedy(remedy="open_profile", role="profile"))
        box.wait(lambda one: one.obs.profile == "Stagebox" and alarm(one, "obs_profile") is None)


def test_a_recording_that_was_begun_by_hand_is_a_talk_of_its_own(world: tuple[Joined, Hand]) -> None:
    joined, hand = world
    with joined.serving() as box:
        count = len(box.appliance.latest.finished)
        box.want(StartRecording(talk=TalkDetails(title="The talk before", speaker="Ada")))
        box.wait(lambda seen: seen.recording is True)
        box.want(StopRecording())
        box.done(count + 1)
        box.want(SetTalk(talk=TalkDetails(title="The next talk", speaker="Grace")))
        hand("StartRecord")
        seen = box.wait(lambda one: one.session is not None and one.recording is True)
        assert seen.session is not None
        assert (seen.session.title, seen.session.speaker, seen.session.origin) == ("", "", "obs")
        assert "Recording-in-OBS" in seen.session.name
        box.want(SetTalk(talk=TalkDetails(title="Named by touch")))
        box.wait(lambda one: one.session is not None and one.session.title == "Named by touch")
        hand.wait_for_picture()
        hand("StopRecord")
        talk = box.done(count + 2)
        assert talk.title == "Named by touch"
        assert "Recording-in-OBS" in talk.output
        assert box.appliance.latest.next_talk.title == "The next talk"


def test_scenes_that_somebody_renamed_are_named_and_made_again(world: tuple[Joined, Hand]) -> None:
    joined, hand = world
    joined.provision(hand.real)
    with joined.serving() as box:
        box.wait(lambda seen: "combo" in seen.scenes)
        hand("SetSceneName", sceneName="combo", newSceneName="Mine")
        try:
            seen = box.wait(lambda one: alarm(one, "scenes_gone") is not None)
            told = alarm(seen, "scenes_gone")
            assert told is not None
            assert "“combo”" in told.message
            box.want(TakeRemedy(remedy="build_scenes", role="scenes"))
            box.wait(lambda one: alarm(one, "scenes_gone") is None and "combo" in one.scenes)
            assert "Mine" in box.appliance.latest.scenes
        finally:
            hand("RemoveScene", sceneName="Mine")


def words(seen: Snapshot) -> str:
    told = alarm(seen, "obs_profile")
    return told.message if told is not None else ""


def offers(seen: Snapshot) -> set[tuple[str, str]]:
    return {(one.remedy, one.role) for one in seen.health.offers}


class Overtaken(ObsConnection):
    """A connection during whose first change of its own somebody opens a collection of theirs."""

    hand: Hand

    def request(self, name: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        answer = super().request(name, data)
        if name == "CreateInput" and "Choir" not in self.hand("GetSceneCollectionList")["sceneCollections"]:
            self.hand("CreateSceneCollection", sceneCollectionName="Choir")
        return answer


def test_a_collection_that_is_opened_while_the_scenes_are_built_gets_none_of_them(
    world: tuple[Joined, Hand],
) -> None:
    joined, hand = world
    with Overtaken(hand.real.target, timeout_s=10.0) as connection:
        connection.hand = hand
        ours = hand("GetSceneCollectionList")["currentSceneCollectionName"]
        remove_input(connection, "stagebox mic")
        try:
            with pytest.raises(ObsError, match="while the scenes were built"):
                provision(connection, joined.pack, joined.settings, reset=True)
            wait_until_gone(hand)
        finally:
            hand("SetCurrentSceneCollection", sceneCollectionName=ours)
    joined.provision(hand.real)


def wait_until_gone(hand: Hand) -> None:
    """OBS answers before an input is gone, and lists another collection's until it has let go of them."""
    for _ in range(500):
        left = {one["inputName"] for one in hand("GetInputList")["inputs"]}
        left |= {one["sceneName"] for one in hand("GetSceneList")["scenes"]}
        if "combo" not in left and not any(name.startswith("stagebox ") for name in left):
            return
    raise AssertionError(left)


def test_in_a_private_obs_a_taken_name_is_renamed_aside_by_a_touch(tmp_path: Path) -> None:
    with somebodys_obs(tmp_path) as (obs, hand):
        hand("CreateInput", sceneName=FIRST_SCENE, inputName="combo", inputKind="color_source_v3")
        joined = Joined(tmp_path / "box", obs)
        joined.make_private(obs)
        with joined.serving() as box:
            seen = box.wait(lambda one: ("rename_aside", "scenes") in offers(one))
            told = alarm(seen, "scenes_gone")
            assert told is not None
            assert "an input called “combo”" in told.message
            box.want(TakeRemedy(remedy="rename_aside", role="scenes"))
            box.wait(lambda one: "combo" in one.scenes and alarm(one, "scenes_gone") is None)
            inputs = {one["inputName"] for one in hand("GetInputList")["inputs"]}
            assert "combo (not stagebox's)" in inputs
            with box.appliance._scene_provisioner.building:  # A person is not so quick as to come in between.
                hand("CreateSceneCollection", sceneCollectionName="Church")
            box.wait(lambda one: alarm(one, "scenes_gone") is not None)
            wait_until_gone(hand)
            before = hand("GetSceneList"), hand("GetInputList")
            assert "Church" in box.want(BuildScenes(), "refused")
            with pytest.raises(ForeignCollectionError, match="Church"):
                joined.provision(obs)
            assert (hand("GetSceneList"), hand("GetInputList")) == before
