"""Nothing of OBS ever lies over the touch screen: real OBS under a real `serve`, and the screen's pixels."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import psutil
import pytest
from PySide6.QtGui import QImage

from stagebox.kiosk.app import SHOWN
from stagebox.model.errors import ApiError
from stagebox.model.observations import ObsProcessEvent
from stagebox.model.settings import ObsSettings
from stagebox.obs.connection import ObsConnection
from stagebox.obs.home import ObsHome
from stagebox.obs.supervisor import ObsSupervisor
from stagebox.obs.x_client import XClient
from stagebox.rehearsal.canvas_ladder import SMALLEST
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.display import map_framebuffer
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue
from tests.venue import plain_window
from tests.venue_tools import PASSWORD, Seen, free_port

pytestmark = [pytest.mark.venue, pytest.mark.timeout(200)]

LOOK_EVERY_S = 0.02
FRAME_SHARE = 0.1


class Watch:
    """Looks at a venue's screen, fifty times a second, while it is entered."""

    def __init__(self, venue: Venue) -> None:
        self._pixels = map_framebuffer(venue.folder / "fb-obs" / "Xvfb_screen0")
        red, green, blue = plain_window.COLOUR
        self._colour = np.uint32(red << 16 | green << 8 | blue)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.looks, self.covered = 0, 0.0

    def share_of_others(self, every: int = 1) -> float:
        """How much of the screen is not the window's, from 0 to 1; of each `every`th pixel each way."""
        words = self._pixels.view(np.uint32)[::every, ::every, 0] & np.uint32(0xFFFFFF)
        return float((words != self._colour).mean())

    def _run(self) -> None:
        while not self._ended.wait(LOOK_EVERY_S):
            self.looks += 1
            self.covered = max(self.covered, self.share_of_others(every=2))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


@contextmanager
def desktop(manager: str) -> Iterator[Venue]:
    """A venue on whose screen this window manager runs; "": none."""
    with Venue() as venue:
        if manager:
            runs = venue.folder / "managed"
            child = venue.spawn_beside(manager, [manager, "--startup", f"touch {runs}"])
            assert wait_until(runs.exists, 20), child.last_words()
        yield venue


def cover(venue: Venue) -> Watch:
    """Show a window like the kiosk's, and return who watches it, once it fills the screen."""
    window = venue.spawn_beside("window", [sys.executable, plain_window.__file__])
    watch = Watch(venue)
    assert wait_until(lambda: watch.share_of_others() == 0.0, 20), window.last_words()
    return watch


def obs_of(serving: ServingVenue) -> int:
    """The process id of the OBS to which this `serve` is connected, as soon as it is."""
    found = 0

    def connected() -> bool:
        nonlocal found
        try:
            with serving.connect() as client:
                up = client.state()["obs"]["link"] == "up"
            found = json.loads(ObsHome(serving.state_dir / "obs").process_file.read_text())["pid"]
        except (ApiError, OSError, ValueError):
            return False
        return up and psutil.pid_exists(found)

    assert wait_until(connected, 40, every_s=0.1)
    return found


def kill_obs(serving: ServingVenue) -> None:
    """Kill OBS, and wait until the next one is connected."""
    old = obs_of(serving)
    os.kill(old, signal.SIGKILL)
    assert wait_until(lambda: obs_of(serving) != old, 40)


@pytest.mark.parametrize("manager", ["", "openbox"])
def test_no_pixel_of_obs_is_on_the_screen_at_its_start_and_after_each_restart(
    manager: str, tmp_path: Path
) -> None:
    with desktop(manager) as venue:
        with cover(venue) as watch, ServingVenue(venue, tmp_path, rung=SMALLEST) as serving:
            kill_obs(serving)
            serving.restart()
            kill_obs(serving)
        assert watch.looks > 100
        assert watch.covered == 0.0, f"{watch.covered:.0%} of the screen were somebody else's"


@pytest.mark.parametrize("manager", ["", "openbox"])
def test_a_touch_screen_that_starts_after_obs_is_not_covered_either(manager: str, tmp_path: Path) -> None:
    with desktop(manager) as venue, ServingVenue(venue, tmp_path, rung=SMALLEST) as serving:
        obs_of(serving)
        with cover(venue) as watch:
            kill_obs(serving)
            serving.restart()
            obs_of(serving)
            assert not windows_of_obs(venue)
        assert watch.covered == 0.0, f"{watch.covered:.0%} of the screen were somebody else's"


def test_the_real_touch_screen_has_its_screen_for_itself(tmp_path: Path) -> None:
    with desktop("openbox") as venue, ServingVenue(venue, tmp_path, rung=SMALLEST) as serving:
        kiosk = venue.spawn_beside("kiosk", serving.command("kiosk", "--no-serve"))
        assert wait_until(lambda: SHOWN in kiosk.log.read_text(errors="replace"), 40), kiosk.last_words()
        for _ in range(2):
            kill_obs(serving)
            assert not windows_of_obs(venue)
            serving.restart()


def windows_of_obs(venue: Venue) -> list[str]:
    """The titles of OBS's windows on a venue's screen, shown or not."""
    cookie = (venue.folder / "authority").read_bytes()[-16:]
    with XClient(int(venue.screen.name[1:]), cookie) as x:
        found = [x.title(window) for window in x.windows()]
    return [title for title in found if title.startswith("OBS") or title == "obs"]


@contextmanager
def wayland(folder: Path) -> Iterator[dict[str, str]]:
    """cage, a kiosk's compositor, without a monitor; what its clients need in their environment."""
    folder.mkdir(mode=0o700)
    # cage refuses to run as root, whose clients it serves all the same.
    account = "nobody" if os.geteuid() == 0 else None
    if account:
        shutil.chown(folder, account)
        folder.parent.chmod(0o755)
    names = {"XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "wayland"}
    headless = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman"}
    with (folder.parent / "cage.log").open("wb") as log:
        cage = subprocess.Popen(
            ["cage", "--", "sleep", "1000"],
            env={**os.environ, **headless, "XDG_RUNTIME_DIR": str(folder)},
            user=account,
            group="nogroup" if account else None,
            extra_groups=[] if account else None,
            cwd="/",
            stdout=log,
            stderr=log,
        )
    try:
        assert wait_until((folder / "wayland-0").exists, 20), (folder.parent / "cage.log").read_text()
        yield names
    finally:
        cage.terminate()
        cage.wait(10)


def screen_of(names: dict[str, str], folder: Path) -> npt.NDArray[np.uint8]:
    """A Wayland screen, by the compositor's own picture: height x width x red, green, blue."""
    file = folder / "screen.png"
    subprocess.run(["grim", str(file)], env={**os.environ, **names}, check=True, timeout=20)
    picture = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return rows[:, : picture.width() * 3].reshape(picture.height(), picture.width(), 3).copy()


def others_on(names: dict[str, str], folder: Path) -> float:
    """How much of a Wayland screen is not the window's, from 0 to 1."""
    return float((screen_of(names, folder) != plain_window.COLOUR).any(axis=2).mean())


@contextmanager
def plain_on(names: dict[str, str], folder: Path) -> Iterator[None]:
    """A plain window on a Wayland screen. Now and then cage shows none at first: then another is tried."""
    for attempt in range(3):
        window = subprocess.Popen([sys.executable, plain_window.__file__])
        try:
            # With Qt's own frame: of a window as large as the monitor that it has not, cage takes no picture.
            if wait_until(lambda: others_on(names, folder) < FRAME_SHARE, 15):
                yield
                return
        finally:
            window.terminate()
            window.wait(10)
        print(f"attempt {attempt + 1}: the window is not on the screen")
    pytest.fail("cage shows no window at all")


def test_under_a_wayland_kiosk_obs_is_not_on_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    # A short name: a Wayland socket's may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="wl-") as short, wayland(Path(short) / "run") as names:
        for name in ("DISPLAY", "XAUTHORITY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in names.items():
            monkeypatch.setenv(name, value)
        seen, folder = Seen(), Path(short)
        settings = ObsSettings(port=free_port(), canvas_width=640, canvas_height=360, start_timeout_s=40.0)
        supervisor = ObsSupervisor(settings, ObsHome(folder / "obs"), PASSWORD, folder, seen.post)
        try:
            with plain_on(names, folder):
                before = screen_of(names, folder)
                supervisor.start()
                supervisor.wait_ready()
                assert np.array_equal(screen_of(names, folder), before)
                first = supervisor.pid
                assert first is not None
                os.kill(first, signal.SIGKILL)
                seen.wait_for(
                    ObsProcessEvent, lambda it: it.phase == "running" and it.pid != first, timeout_s=40
                )
                assert np.array_equal(screen_of(names, folder), before)
                with ObsConnection(supervisor.target, timeout_s=5.0) as obs:
                    assert "xshm_input" in obs.request("GetInputKindList")["inputKinds"], (
                        "X screens are slides"
                    )
        finally:
            supervisor.stop()
