"""OBS's message boxes on the hidden screen: nobody sees them, and none holds OBS up."""

import logging
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from stagebox.model.settings import ObsSettings
from stagebox.obs.connection import ObsConnection, ObsRefusedError
from stagebox.obs.home import ObsHome
from stagebox.obs.supervisor import ObsSupervisor
from stagebox.obs.x_client import XClient
from stagebox.rehearsal.children import wait_until
from tests.venue_tools import PASSWORD, free_port

pytestmark = [
    pytest.mark.venue,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a small disk"),
]
BOXES = 3


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with less room than OBS wants: it answers each start of a recording with a box."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "small", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_boxes_about_a_full_disk_are_closed_and_obs_answers_and_ends_as_ever(
    tmp_path: Path, small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = ObsHome(tmp_path / "obs")
    settings = ObsSettings(port=free_port(), canvas_width=640, canvas_height=360, start_timeout_s=40.0)
    supervisor = ObsSupervisor(settings, home, PASSWORD, small_disk, lambda seen: None)

    def closed() -> int:
        return sum("Insufficient disk space" in line for line in caplog.messages)

    try:
        with caplog.at_level(logging.WARNING):
            supervisor.start()
            supervisor.wait_ready()
            with ObsConnection(supervisor.target, timeout_s=5.0) as obs:
                for boxes in range(1, BOXES + 1):
                    with suppress(ObsRefusedError):  # OBS 30 says no; 29 takes the start and shows a box
                        obs.request("StartRecord")
                    assert wait_until(lambda wanted=boxes: closed() >= wanted, 10), caplog.messages
                    assert obs.request("GetRecordStatus")["outputActive"] is False
            assert wait_until(lambda: not boxes_of(home), 10), "none is left open behind the others"
    finally:
        began_s = time.monotonic()
        supervisor.stop()
    assert time.monotonic() - began_s < 8.0, "OBS took its own clean way out"


def boxes_of(home: ObsHome) -> list[str]:
    """The titles of the boxes on the hidden screen."""
    noted = (home.folder / "screen.json").read_text()
    number = int(noted.partition('"number": ')[2].partition(",")[0].rstrip("}"))
    with XClient(number, (home.folder / "screen-cookie").read_bytes()[-16:]) as x:
        found = [x.title(window) for window in x.windows() if x.is_box(window)]
    return [title for title in found if "disk space" in title]
