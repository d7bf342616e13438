"""A pack of another house in a real OBS: eight scenes and a second language, and no Python touched."""

import shutil
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from stagebox import resources
from stagebox.api.token import token_path
from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.pack import CAMERA_INPUT, SLIDES_INPUT
from stagebox.rehearsal.canvas_ladder import SMALLEST
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.simulated_button_box import SimulatedBox
from stagebox.rehearsal.venue import Venue
from stagebox.settings.secrets import read_secret
from tests.views.test_packs import NAMES, TOML

pytestmark = pytest.mark.venue
SOON_S = 20.0

SETTINGS = """
[scenes]
pack = "{pack}"
[health.forgotten]
card_s = 1.0
[button_box]
boxes = ["{link}"]
[button_box.buttons]
1 = "scene lunch"
2 = "scene board"
[button_box.lamps]
1 = "program lunch"
2 = "program board"
"""
SHOWN = {
    "wide": {SLIDES_INPUT, CAMERA_INPUT},
    "lectern": {CAMERA_INPUT},
    "slides": {SLIDES_INPUT},
    "board": {CAMERA_INPUT, "stagebox frame"},
    "panel": {CAMERA_INPUT, SLIDES_INPUT},
    "welcome": {"stagebox intro card"},
    "lunch": {"stagebox intermission card", "stagebox countdown card"},
    "thanks": {"stagebox outro card"},
}
"""What a person sees in each scene."""

Stage = tuple[ServingVenue, SimulatedBox]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("packs")
    pack, link = folder / "other", folder / "box"
    pack.mkdir()
    (pack / "pack.toml").write_text(TOML, encoding="utf-8")
    shutil.copyfile(resources.folder("scenes") / "conference" / "backdrop.png", pack / "frame.png")
    with (
        Venue() as venue,
        ServingVenue(venue, folder, more=SETTINGS.format(pack=pack, link=link), rung=SMALLEST) as serving,
        SimulatedBox(link) as box,
    ):
        box.wait_for_lamps(lambda shown: bool(shown) and set(shown) != {"s"}, SOON_S)
        yield serving, box


def view(serving: ServingVenue, language: str) -> dict[str, Any]:
    """What the appliance shows to whoever reads this language."""
    token = read_secret(token_path(serving.state_dir)).get_secret_value()
    answer = httpx.get(
        f"http://127.0.0.1:{serving.port}/api/view?language={language}",
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
    )
    told: dict[str, Any] = answer.raise_for_status().json()
    return told


def labels(serving: ServingVenue, language: str) -> list[str]:
    return [tile["label"] for tile in view(serving, language)["tiles"]]


def test_each_of_its_scenes_stands_in_obs_and_is_confirmed_on_program(stage: Stage) -> None:
    serving, _ = stage
    told = serving.obs
    target = ObsTarget(told["host"], told["port"], SecretStr(told["password"]))
    with ObsConnection(target, timeout_s=5.0) as obs:
        there = {one["sceneName"] for one in obs.request("GetSceneList")["scenes"]}
        assert there == set(NAMES), "a scene that is no one's would be a tile"
        for name in NAMES:
            answer = serving.client.send({"kind": "switch_scene", "scene": name})
            assert answer["status"] == "done", answer
            assert obs.request("GetCurrentProgramScene")["currentProgramSceneName"] == name
            shown = view(serving, "de")["tiles"]
            assert [tile["scene"] for tile in shown if tile["program"]] == [name]
            assert seen_in(obs, name) == SHOWN[name]


def seen_in(obs: ObsConnection, scene: str) -> set[str]:
    """What of a scene is seen: whatever else is in it is kept awake outside the canvas, or is only heard."""
    items = obs.request("GetSceneItemList", {"sceneName": scene})["sceneItems"]
    return {
        item["sourceName"]
        for item in items
        if item["sceneItemTransform"]["positionX"] >= 0 and item["sourceName"] != "stagebox mic"
    }


def test_tiles_and_the_words_of_buttons_are_the_packs_in_both_languages(stage: Stage) -> None:
    serving, _ = stage
    assert labels(serving, "de") == [
        "Saal und Folien", "Pult", "Folien", "Tafel", "Podium", "Willkommen", "Mittagspause", "Danke",
    ]  # fmt: skip
    assert labels(serving, "en")[0] == "Hall and slides"
    assert labels(serving, "cs") == labels(serving, "en"), "a language that this pack does not have"
    deeds = view(serving, "de")["button_box"]["deeds"]
    assert [deed["target"] for deed in deeds][:8] == [f"scene {name}" for name in NAMES]
    taught = {deed["target"]: deed for deed in deeds if deed["chosen"]}
    assert set(taught) == {"scene lunch", "scene board"}
    assert "Mittagspause" in taught["scene lunch"]["name"]
    assert "1" in taught["scene lunch"]["note"]


def test_cards_pictures_and_sound_of_its_scenes_are_known_as_the_pack_says(stage: Stage) -> None:
    serving, _ = stage
    told = {one["name"]: one for one in serving.client.state()["pack"]}
    assert list(told) == NAMES
    assert {name: one["card"] for name, one in told.items() if one["card"]} == {
        "welcome": "intro",
        "lunch": "intermission",
        "thanks": "outro",
    }
    assert [name for name, one in told.items() if "camera" in one["shows"]] == [
        "wide", "lectern", "board", "panel",
    ]  # fmt: skip
    assert [name for name, one in told.items() if one["sound"]] == NAMES[:5]


def test_a_button_brings_its_card_on_and_a_talk_behind_it_is_pointed_out_by_its_label(stage: Stage) -> None:
    serving, box = stage
    client = serving.client
    assert client.send({"kind": "switch_scene", "scene": "wide"})["status"] == "done"
    assert client.send({"kind": "start_recording"})["status"] == "done"
    box.press(1)
    client.wait_for(lambda shot: shot["program_scene"] == "lunch", SOON_S)
    box.release(1)
    box.wait_for_lamps(lambda shown: shown.startswith("10"), SOON_S)
    client.wait_for(lambda shot: shot["health"]["card_on_program"], SOON_S)
    (hint,) = [one for one in view(serving, "de")["hints"] if "Mittagspause" in one["text"]]
    assert (hint["button"]["target"], "Saal und Folien" in hint["button"]["label"]) == ("wide", True)
    assert client.send({"kind": "stop_recording"})["status"] == "done"
