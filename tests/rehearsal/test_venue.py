"""The venue starts, obeys, and leaves nothing behind, however it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from stagebox.model.errors import StageboxError
from stagebox.obs.connection import ObsTarget
from stagebox.rehearsal import janitor
from stagebox.rehearsal.audio_clock import RATE_HZ, hear
from stagebox.rehearsal.children import require, wait_until
from stagebox.rehearsal.fault_catalogue import EVERY_FAULT
from stagebox.rehearsal.faults import FaultTargets
from stagebox.rehearsal.serve_process import ServeProcess
from stagebox.rehearsal.venue import HEIGHT, WIDTH, Venue

pytestmark = pytest.mark.venue

OF_THE_VENUE = (
    *(
        "slides-lost",
        "slides-black",
        "slides-no-signal",
        "slides-resolution",
        "camera-frozen",
        "camera-pulled",
    ),
    *("mic-silent", "mic-clipping", "mic-one-channel", "mic-pulled"),
)
"""Faults that need no OBS."""

REPOSITORY = Path(__file__).parents[2]


def grab(venue: Venue, name: str) -> np.ndarray:
    """One picture of a display, through X11 as OBS takes it."""
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-f", "x11grab", "-draw_mouse", "0",
         "-video_size", f"{WIDTH}x{HEIGHT}",
         "-i", name, "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
        env=venue.env(), capture_output=True, timeout=30,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return np.frombuffer(done.stdout, np.uint8).reshape(HEIGHT, WIDTH, 3)


def listen(venue: Venue, seconds: float = 1.0) -> np.ndarray:
    """What the room's microphone hears, samples x 2 channels."""
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-f", "pulse", "-i", "room.monitor", "-t", str(seconds),
         "-ac", "2", "-ar", str(RATE_HZ), "-f", "f32le", "-"],
        env=venue.env(), capture_output=True, timeout=30,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return np.frombuffer(done.stdout, np.float32).reshape(-1, 2)


def test_the_clock_is_heard_in_the_room(venue: Venue) -> None:
    heard = hear(listen(venue, 2.0)[:, 0].copy())
    assert len(set(heard.slot[heard.slot >= 0].tolist())) >= 25
    offsets_s = (heard.at_s - heard.slot * 0.05)[heard.slot >= 0]
    assert offsets_s.max() - offsets_s.min() < 0.05


def test_a_stranger_without_the_cookie_sees_nothing(venue: Venue) -> None:
    env = {**venue.env(), "XAUTHORITY": "/dev/null"}
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-f", "x11grab", "-i", venue.slides.display.name,
         "-frames:v", "1", "-f", "null", "-"],
        env=env, capture_output=True, timeout=30,
    )  # fmt: skip
    assert done.returncode != 0
    assert b"Authorization required" in done.stderr


def test_nothing_of_the_users_sound_bus_or_home_reaches_the_appliance(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("PULSE_SINK", "speakers")
    env = venue.env()
    assert "WAYLAND_DISPLAY" not in env
    assert "PULSE_SINK" not in env
    for name in ("HOME", "XDG_RUNTIME_DIR", "XAUTHORITY", "PULSE_COOKIE"):
        assert Path(env[name]).is_relative_to(venue.folder)


def test_slides_go_black_stand_still_die_and_come_back(venue: Venue) -> None:
    slides, name = venue.slides, venue.slides.display.name
    assert grab(venue, name).std() > 20
    slides.black()
    assert wait_until(lambda: int(grab(venue, name)[:600].max()) == 0, 10)
    slides.restore()
    assert wait_until(lambda: grab(venue, name).std() > 20, 10)
    slides.freeze()
    assert wait_until(lambda: np.array_equal(grab(venue, name), grab(venue, name)), 10)
    slides.kill()
    assert not slides.display.alive()
    slides.restore()
    assert slides.display.name == name
    assert wait_until(lambda: not np.array_equal(grab(venue, name), grab(venue, name)), 10)


def test_the_microphone_falls_silent_loses_a_channel_clips_and_is_pulled(venue: Venue) -> None:
    mic = venue.mic
    mic.silence()
    assert wait_until(lambda: not listen(venue, 0.5).any(), 10)
    mic.restore()
    mic.one_channel()
    assert wait_until(lambda: (sound := listen(venue, 0.5))[:, 0].any() and not sound[:, 1].any(), 10)
    mic.restore()
    mic.gain(40.0)
    assert wait_until(lambda: float((np.abs(listen(venue)) > 0.999).mean()) > 0.01, 10)
    mic.unplug()
    with pytest.raises(AssertionError):
        listen(venue, 0.2)
    mic.restore()
    assert wait_until(lambda: bool((hear(listen(venue)[:, 0].copy()).slot >= 0).any()), 10)


def test_every_fault_can_be_played_and_undone(venue: Venue) -> None:
    stage = FaultTargets(
        venue=venue,
        work=venue.folder,
        obs=ObsTarget("", 1, SecretStr("")),
        obs_pid=os.getpid,
        appliance=ServeProcess(venue, venue.folder / "stagebox.toml", os.getpid),
        api_port=0,
        until=lambda done, timeout_s: wait_until(lambda: done(None), timeout_s),
        begin_anew=lambda: None,
    )
    for name in OF_THE_VENUE:
        EVERY_FAULT[name].begin(stage)
        EVERY_FAULT[name].end(stage)
    assert venue.slides.display.alive()
    assert venue.camera.display.alive()
    assert wait_until(lambda: bool((hear(listen(venue)[:, 0].copy()).slot >= 0).any()), 10)


def gone(venue_name: str, folder: Path, displays: list[str]) -> bool:
    sockets = [Path(f"/tmp/.X11-unix/X{name[1:]}") for name in displays]
    locks = [Path(f"/tmp/.X{name[1:]}-lock") for name in displays]
    return not janitor.marked(venue_name) and not any(p.exists() for p in [folder, *sockets, *locks])


def test_a_venue_that_ends_leaves_no_process_and_no_file() -> None:
    with Venue() as venue:
        name, folder = venue._household.name, venue.folder  # type: ignore[union-attr]
        displays = [venue.screen.name, venue.slides.display.name, venue.camera.display.name]
        assert len(janitor.marked(name)) >= 5
        assert not gone(name, folder, displays)
    assert gone(name, folder, displays)


def test_a_venue_of_which_half_did_not_start_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    broken = programs / "pulseaudio"
    broken.write_text("#!/bin/sh\necho no sound today >&2\nexit 1\n")
    broken.chmod(0o755)
    temporary = tmp_path / "t"
    temporary.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with pytest.raises(StageboxError, match="no sound today"), Venue():
        pytest.fail("a venue without sound must not start")
    assert list(temporary.iterdir()) == []


def test_a_missing_program_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StageboxError) as caught:
        require("Xvfb", "pactl", "pacat")
    assert "Xvfb, pactl, pacat" in caught.value.what
    assert caught.value.remedy.endswith("apt-get install --no-install-recommends pulseaudio-utils xvfb")


SCRIPT = """
import sys, time
from stagebox.rehearsal.venue import Venue
with Venue() as venue:
    names = [venue.screen.name, venue.slides.display.name, venue.camera.display.name]
    print(venue._household.name, venue.folder, *names, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT], ids=lambda ending: ending.name)
def test_a_rehearsal_that_is_killed_is_tidied_after(ending: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=REPOSITORY,
    )
    with process:
        assert process.stdout is not None
        name, folder, *displays = process.stdout.readline().split()
        assert len(janitor.marked(name)) >= 5
        process.send_signal(ending)
        process.wait(20)
    assert wait_until(lambda: gone(name, Path(folder), displays), 20)
