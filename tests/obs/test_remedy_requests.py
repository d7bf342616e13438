"""What a remedy does in a real OBS."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.model.remedies import RemedyWanted
from stagebox.obs.connection import ObsConnection
from stagebox.obs.remedy_requests import WatchedSource, take_remedy
from tests.venue_tools import RealObs

pytestmark = pytest.mark.venue

UNMUTE = RemedyWanted(remedy="unmute", role="mic", asks=False, words="unmuted")
RESET = RemedyWanted(remedy="reset_source", role="camera", asks=False, words="reset")


@pytest.fixture
def film(real_obs: RealObs, tmp_path: Path) -> Iterator[tuple[ObsConnection, WatchedSource]]:
    """An input that plays a film with sound, in a scene of its own."""
    path = tmp_path / "film.mp4"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x36:d=2", "-f", "lavfi",
         "-i", "sine=d=2", str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    with real_obs.connect() as obs:
        obs.request("CreateScene", {"sceneName": "remedies"})
        obs.request(
            "CreateInput",
            {
                "sceneName": "remedies",
                "inputName": "test film",
                "inputKind": "ffmpeg_source",
                "inputSettings": {"local_file": str(path), "is_local_file": True},
            },
        )
        yield (
            obs,
            WatchedSource(
                role="camera", input_name="test film", kind="media", device=str(path), scenes=("remedies",)
            ),
        )
        obs.request("RemoveInput", {"inputName": "test film"})
        obs.request("RemoveScene", {"sceneName": "remedies"})


def test_a_muted_input_is_unmuted(film: tuple[ObsConnection, WatchedSource]) -> None:
    obs, source = film
    obs.request("SetInputMute", {"inputName": source.input_name, "inputMuted": True})
    assert take_remedy(obs, UNMUTE, None, source.input_name).ok
    assert not obs.request("GetInputMute", {"inputName": source.input_name})["inputMuted"]


@pytest.mark.parametrize("kind", ["media", "v4l2", "dshow", "avfoundation", "x11"])
def test_starting_a_source_again_leaves_its_settings_as_they_were(
    film: tuple[ObsConnection, WatchedSource], kind: str
) -> None:
    obs, source = film
    before = obs.request("GetInputSettings", {"inputName": source.input_name})["inputSettings"]
    asked = WatchedSource(
        role="camera", input_name=source.input_name, kind=kind, device="/dev/video7", scenes=source.scenes
    )
    assert take_remedy(obs, RESET, asked, "").ok
    after = obs.request("GetInputSettings", {"inputName": source.input_name})["inputSettings"]
    assert {key: after[key] for key in before} == before


def test_what_obs_refuses_is_told_and_not_raised(film: tuple[ObsConnection, WatchedSource]) -> None:
    obs, _ = film
    taken = take_remedy(obs, UNMUTE, None, "no such input")
    assert not taken.ok
    assert "refused" in taken.words
