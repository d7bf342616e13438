"""A disk that is full in mid-talk, by touch alone: real window, real `serve`, real OBS, a real small disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.model.errors import StageboxError
from stagebox.rehearsal.canvas_ladder import SMALLEST
from stagebox.rehearsal.faults import small_disk
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue
from tests.kiosk.conftest import Finger

pytestmark = pytest.mark.venue

LEFT_BYTES = 20_000_000


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServingVenue]:
    """A `serve` that records onto a small disk of its own."""
    folder = tmp_path_factory.mktemp("small")
    with Venue() as venue:
        try:
            small_disk(folder, venue)
        except StageboxError as error:
            pytest.skip(str(error))
        with ServingVenue(venue, folder, rung=SMALLEST) as served:
            yield served


def fill(folder: Path) -> None:
    """Leave little room, as another program's large copy does."""
    status = os.statvfs(folder)
    with (folder / "filler").open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, status.f_bavail * status.f_frsize - LEFT_BYTES)


def elsewhere(finger: Finger, present: Path) -> list[str]:
    """The other folders that are offered."""
    return [one["target"] for one in finger.box.setUp["places"] if one["target"] != str(present)]


def test_a_talk_on_a_full_disk_goes_on_elsewhere_after_three_touches(
    live: Finger, serving: ServingVenue
) -> None:
    small = Path(serving.client.state()["set_up"]["in_force"]["folder"])
    live.tap_until("record-start", lambda: live.box.record["action"] != "start")
    live.wait(lambda: live.box.record["light"] == "proven", 40)
    session = serving.client.state()["session"]["id"]

    fill(small)
    live.wait(lambda: live.sees("alarm") and live.box.alarms[0]["button"]["kind"] == "screen", 30)
    live.tap_until("banner-action", lambda: live.box.screen == "setup")
    live.wait(lambda: elsewhere(live, small) and live.sees(f"choice-{elsewhere(live, small)[0]}"), 30)
    other = elsewhere(live, small)[0]
    live.tap_until(f"choice-{other}", lambda: live.sees("choose-now"))
    assert serving.client.state()["set_up"]["in_force"]["folder"] == str(small), "one touch changed it"
    live.tap("choose-now")
    live.wait(lambda: len(serving.client.state()["session"]["segments"]) == 2, 30)
    now = serving.client.state()["session"]
    assert now["id"] == session
    assert str(now["segments"][1]["path"]).startswith(other)

    live.tap_until("way-live", lambda: live.box.screen == "live")
    live.wait(lambda: live.box.record["light"] == "proven", 40)
    live.hold_until_stopped()
    live.wait(lambda: [one["id"] for one in serving.client.state()["finished"] if one["phase"] == "done"], 90)
    done = serving.client.state()["finished"][-1]
    assert done["id"] == session
    assert Path(done["output"]).is_file()
    assert all(Path(one["path"]).is_file() for one in done["segments"])
