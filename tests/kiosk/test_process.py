"""`stagebox kiosk` as people start it: parent, screen, and what survives a crash."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from stagebox.kiosk.app import RIGHT, SHOWN
from stagebox.kiosk.parent import answers, wait_before
from stagebox.rehearsal.canvas_ladder import SMALLEST
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue
from stagebox.rehearsal.venue_settings import free_port, settings_toml

pytestmark = pytest.mark.venue

BACK_S = 3.0
SLACK = 4.0
"""Two busy cores: the figure itself is measured by scripts/bench kiosk."""


@contextmanager
def running_kiosk(serving: ServingVenue, log: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A `stagebox kiosk` on the venue's own screen."""
    env = serving.venue.env() | {"QT_QUICK_BACKEND": "software"}
    with log.open("wb") as words:
        kiosk = subprocess.Popen(
            serving.command("kiosk", "--windowed", "1024x600", *options), env=env, stdout=words, stderr=words
        )
        try:
            yield kiosk
        finally:
            kiosk.terminate()
            kiosk.wait(20)


def times_shown(log: Path) -> int:
    return log.read_text(errors="replace").count(SHOWN)


def times_right(log: Path) -> int:
    return log.read_text(errors="replace").count(RIGHT)


def screen_of(kiosk: "subprocess.Popen[bytes]") -> psutil.Process:
    (child,) = psutil.Process(kiosk.pid).children()
    return child


def test_a_killed_screen_costs_the_recording_nothing_and_comes_back(
    serving: ServingVenue, tmp_path: Path
) -> None:
    log = tmp_path / "kiosk.log"
    with running_kiosk(serving, log, "--no-serve") as kiosk:
        assert wait_until(lambda: times_right(log) == 1, 30), log.read_text()
        serving.client.send({"kind": "start_recording"}, timeout_s=30)
        before = serving.client.state()["session"]
        screen_of(kiosk).send_signal(signal.SIGKILL)
        began = time.monotonic()
        assert wait_until(lambda: times_right(log) == 2, BACK_S * SLACK), log.read_text()
        assert time.monotonic() - began < BACK_S * SLACK
        after = serving.client.state()
        assert after["recording"] is True
        assert after["session"]["id"] == before["id"]
        assert len(after["session"]["segments"]) == 1
        serving.client.send({"kind": "stop_recording"}, timeout_s=30)
        complaints = [line for line in log.read_text().splitlines() if "qml" in line.lower()]
        assert complaints == []


def test_the_screen_ends_with_its_parent(serving: ServingVenue, tmp_path: Path) -> None:
    log = tmp_path / "kiosk.log"
    with running_kiosk(serving, log, "--no-serve") as kiosk:
        assert wait_until(lambda: times_shown(log) == 1, 30), log.read_text()
        screen = screen_of(kiosk)
        kiosk.kill()
        kiosk.wait(10)
        assert wait_until(lambda: not screen.is_running() or screen.status() == psutil.STATUS_ZOMBIE, 15)


def test_the_kiosk_starts_serve_when_none_answers_and_leaves_it_running(tmp_path: Path) -> None:
    with Venue() as venue:
        port = free_port()
        config = tmp_path / "stagebox.toml"
        config.write_text(settings_toml(venue, tmp_path, port, free_port(), rung=SMALLEST))
        serving = ServingVenue(venue, tmp_path, rung=SMALLEST)
        log = tmp_path / "kiosk.log"
        with running_kiosk(serving, log):
            assert wait_until(lambda: answers(port), 40), log.read_text()
        assert answers(port)
        lock = (tmp_path / "state" / "serve.lock").read_text()
        os.kill(int(lock), signal.SIGTERM)
        assert wait_until(lambda: not answers(port), 30)


def test_a_screen_that_dies_at_once_is_started_ever_more_slowly() -> None:
    waits = [wait_before(lives) for lives in range(10)]
    assert waits[0] == waits[1] == 0.0
    assert waits == sorted(waits)
    assert waits[-1] <= 10


def test_a_window_of_an_impossible_size_is_refused_in_a_sentence(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "stagebox", "kiosk", "--windowed", "10x10"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=tmp_path,
    )
    assert ended.returncode == 2
    assert "no size a window can have" in ended.stderr
