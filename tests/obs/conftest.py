"""The two OBSes that the contract is tested on: the fake server, and the real one."""

from collections.abc import Iterator

import pytest

from stagebox.obs.connection import ObsConnection, ObsTarget
from tests.obs.fake_server import FakeObs
from tests.venue_tools import PASSWORD, RealObs, real_obs

__all__ = ["real_obs"]


@pytest.fixture
def fake_obs() -> Iterator[FakeObs]:
    with FakeObs(PASSWORD.get_secret_value()) as fake:
        yield fake


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.venue)])
def target(request: pytest.FixtureRequest) -> ObsTarget:
    """Return where an OBS is that has the scenes "one" and "two", with "one" on program."""
    if request.param == "fake":
        fake: FakeObs = request.getfixturevalue("fake_obs")
        return fake.target
    real: RealObs = request.getfixturevalue("real_obs")
    with ObsConnection(real.target, timeout_s=5.0) as obs:
        listed = {scene["sceneName"] for scene in obs.request("GetSceneList")["scenes"]}
        for scene in ("one", "two"):
            if scene not in listed:
                obs.request("CreateScene", {"sceneName": scene})
        obs.request("SetCurrentProgramScene", {"sceneName": "one"})
    return real.target
