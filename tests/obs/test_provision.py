"""Provisioning, on a real OBS: the scenes that come out, and what a second run leaves alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from stagebox.model.settings import (
    AudioSource,
    ObsSettings,
    RecordingSettings,
    Settings,
    SourcesSettings,
    VideoSource,
)
from stagebox.obs.connection import ObsConnection
from stagebox.obs.devices import list_devices
from stagebox.obs.pack import CAMERA_INPUT, MIC_INPUT, SLIDES_INPUT, ScenePack, load_pack
from stagebox.obs.provision import CHANGING, provision
from stagebox.obs.removal import remove_input
from stagebox.obs.screenshot import screenshot
from tests.venue_tools import RealObs

PACKS = Path(__file__).parents[2] / "scenes"
pytestmark = pytest.mark.venue


class Counted(ObsConnection):
    """A connection that keeps the names of the requests that change something."""

    def request(self, name: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        if name.startswith(CHANGING):
            self.changing.append(name)
        return super().request(name, data)

    changing: list[str]


@pytest.fixture
def pack() -> ScenePack:
    return load_pack("conference", PACKS)


@pytest.fixture
def settings(tmp_path: Path, real_obs: RealObs) -> Settings:
    return Settings(
        state_dir=tmp_path / "state",
        recording=RecordingSettings(folder=real_obs.recordings),
        obs=ObsSettings(),
        sources=SourcesSettings(
            slides=VideoSource(kind="x11", device=str(real_obs.settings.display)),
            camera=VideoSource(kind="media", device=str(tmp_path / "camera.mp4")),
            mic=AudioSource(kind="media", device=str(tmp_path / "mic.flac")),
        ),
    )


@pytest.fixture
def obs(real_obs: RealObs) -> Iterator[Counted]:
    with Counted(real_obs.target, timeout_s=10.0) as connection:
        connection.changing = []
        for item in connection.request("GetInputList")["inputs"]:
            if item["inputName"].startswith("stagebox "):
                remove_input(connection, item["inputName"])
        connection.changing.clear()
        yield connection


def sources(obs: ObsConnection, scene: str) -> list[str]:
    items = obs.request("GetSceneItemList", {"sceneName": scene})["sceneItems"]
    return [item["sourceName"] for item in sorted(items, key=lambda item: item["sceneItemIndex"])]


def place(obs: ObsConnection, scene: str, source: str) -> tuple[int, dict[str, Any]]:
    number = obs.request("GetSceneItemId", {"sceneName": scene, "sourceName": source})["sceneItemId"]
    where = {"sceneName": scene, "sceneItemId": number}
    return number, obs.request("GetSceneItemTransform", where)["sceneItemTransform"]


def test_six_scenes_come_out_and_a_second_run_changes_nothing(
    obs: Counted, pack: ScenePack, settings: Settings
) -> None:
    with obs:
        provision(obs, pack, settings)
        scenes = {row["sceneName"] for row in obs.request("GetSceneList")["scenes"]}
        assert {"screen", "speaker", "combo", "intro", "intermission", "outro"} <= scenes
        assert sources(obs, "combo") == ["stagebox backdrop", SLIDES_INPUT, CAMERA_INPUT, MIC_INPUT]
        assert sources(obs, "intro") == [
            SLIDES_INPUT,
            CAMERA_INPUT,
            "stagebox intro card",
            "stagebox countdown card",
        ]
        _, intro_slides = place(obs, "intro", SLIDES_INPUT)
        assert intro_slides["positionX"] + intro_slides["boundsWidth"] < 0
        _, combo_slides = place(obs, "combo", SLIDES_INPUT)
        assert combo_slides["boundsType"] == "OBS_BOUNDS_SCALE_INNER"
        assert combo_slides["boundsWidth"] == round(0.725 * 640)
        assert obs.changing
        obs.changing.clear()
        again = provision(obs, pack, settings)
        assert (obs.changing, again.changes, again.left_alone) == ([], (), ())


def test_what_was_arranged_by_hand_stays_until_reset(
    obs: Counted, pack: ScenePack, settings: Settings
) -> None:
    with obs:
        provision(obs, pack, settings)
        number, before = place(obs, "combo", CAMERA_INPUT)
        moved = {"positionX": 11.0, "positionY": 7.0}
        where = {"sceneName": "combo", "sceneItemId": number}
        obs.request("SetSceneItemTransform", where | {"sceneItemTransform": moved})
        changed = {"inputName": SLIDES_INPUT, "inputSettings": {"server": ":not-there"}, "overlay": True}
        obs.request("SetInputSettings", changed)
        mic, _ = place(obs, "screen", MIC_INPUT)
        obs.request("RemoveSceneItem", {"sceneName": "screen", "sceneItemId": mic})
        obs.changing.clear()
        done = provision(obs, pack, settings)
        assert obs.changing == []
        assert len(done.left_alone) == 3
        assert place(obs, "combo", CAMERA_INPUT)[1]["positionX"] == 11.0

        provision(obs, pack, settings, reset=True)
        assert place(obs, "combo", CAMERA_INPUT)[1]["positionX"] == before["positionX"]
        assert MIC_INPUT in sources(obs, "screen")
        values = obs.request("GetInputSettings", {"inputName": SLIDES_INPUT})["inputSettings"]
        assert values["server"] == settings.sources.slides.device


def test_another_device_or_kind_in_the_settings_reaches_obs(
    obs: Counted, pack: ScenePack, settings: Settings, tmp_path: Path
) -> None:
    with obs:
        provision(obs, pack, settings)
        media = VideoSource(kind="media", device=str(tmp_path / "slides.mp4"))
        other = settings.sources.model_copy(update={"slides": media})
        done = provision(obs, pack, settings.model_copy(update={"sources": other}))
        kinds = {row["inputName"]: row["inputKind"] for row in obs.request("GetInputList")["inputs"]}
        assert kinds[SLIDES_INPUT] == "ffmpeg_source"
        assert done.left_alone == ()
        assert sources(obs, "combo")[:3] == ["stagebox backdrop", SLIDES_INPUT, CAMERA_INPUT]
        assert place(obs, "combo", SLIDES_INPUT)[1]["boundsType"] == "OBS_BOUNDS_SCALE_INNER"


def test_a_card_and_a_screen_can_be_photographed(obs: Counted, pack: ScenePack, settings: Settings) -> None:
    with obs:
        provision(obs, pack, settings)
        assert screenshot(obs, "intro", 320, 180).startswith(b"\xff\xd8")
        assert screenshot(obs, SLIDES_INPUT, 320, 180).startswith(b"\xff\xd8")


def test_devices_are_listed_and_leave_nothing_behind(obs: Counted) -> None:
    with obs:
        before = obs.request("GetSceneList"), obs.request("GetInputList")
        seen = list_devices(obs)
        assert (obs.request("GetSceneList"), obs.request("GetInputList")) == before
        assert all(device.kind in ("pulse", "alsa") for device in seen.audio)


def test_a_device_that_a_person_chose_beats_what_was_set_by_hand(
    obs: Counted, pack: ScenePack, settings: Settings
) -> None:
    with obs:
        provision(obs, pack, settings)
        by_hand = {"advanced": True, "server": ":99"}
        obs.request("SetInputSettings", {"inputName": SLIDES_INPUT, "inputSettings": by_hand})
        assert f"{SLIDES_INPUT} was set up by hand" in provision(obs, pack, settings).left_alone
        assert provision(obs, pack, settings, chosen="slides").left_alone == ()
        found = obs.request("GetInputSettings", {"inputName": SLIDES_INPUT})["inputSettings"]
        assert found["server"] == settings.sources.slides.device


def test_a_role_that_was_emptied_loses_its_input_and_gets_it_back(
    obs: Counted, pack: ScenePack, settings: Settings
) -> None:
    with obs:
        provision(obs, pack, settings)
        before = sources(obs, "combo")
        sources_without = settings.sources.model_copy(update={"camera": VideoSource()})
        provision(obs, pack, settings.model_copy(update={"sources": sources_without}), chosen="camera")
        assert CAMERA_INPUT not in sources(obs, "combo")
        provision(obs, pack, settings, chosen="camera")
        assert sources(obs, "combo") == before
