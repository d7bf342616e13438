"""A newcomer's first command beside something else that runs: the chain works, and the exit code says so."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stagebox.rehearsal.ladder import LADDER
from stagebox.rehearsal.readback import read_back

pytestmark = [pytest.mark.venue, pytest.mark.timeout(500)]

LOOP = "while :; do :; done"
LOOPS = 2
SECONDS = 12


@dataclass(frozen=True)
class Busy:
    """What the rehearsal said, and where it left everything."""

    code: int
    said: dict[str, Any]
    steps: str
    folder: Path


@pytest.fixture(scope="module")
def loops() -> Iterator[None]:
    """Two programs that never rest, at normal priority, each in a session of its own."""
    running = [subprocess.Popen(["sh", "-c", LOOP], start_new_session=True) for _ in range(LOOPS)]
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


@pytest.fixture(scope="module")
def busy(loops: None, tmp_path_factory: pytest.TempPathFactory) -> Busy:
    folder = tmp_path_factory.mktemp("busy")
    command = [sys.executable, "-m", "stagebox", "rehearse", "--seconds", str(SECONDS), "--json"]
    done = subprocess.run(
        [*command, "--keep", str(folder / "kept")], capture_output=True, text=True, timeout=450
    )
    assert done.stdout, done.stderr
    return Busy(done.returncode, json.loads(done.stdout), done.stderr, folder / "kept")


def test_it_ends_well_and_lacks_nothing(busy: Busy) -> None:
    assert busy.said["problems"] == []
    assert (busy.code, busy.said["gap_s"], busy.said["audio_gap_s"]) == (0, 0.0, 0.0)


def test_the_recording_itself_goes_on_without_a_gap(busy: Busy) -> None:
    read = read_back(Path(busy.said["output"]))
    assert abs(read.duration_s - SECONDS) < 5.0
    assert read.sound.speech_audible
    steps = [after.at_s - before.at_s for before, after in zip(read.frames, read.frames[1:], strict=False)]
    assert max(steps) < 0.2


def test_the_canvas_is_one_that_was_measured_and_is_in_the_recording(busy: Busy) -> None:
    canvas = busy.said["canvas"]
    tried = [(one["width"], one["height"], one["fps"]) for one in canvas["trials"]]
    taken = (canvas["width"], canvas["height"], canvas["fps"])
    assert taken in tried
    assert taken in [(rung.width, rung.height, rung.fps) for rung in LADDER]
    probe = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "json"]
    probe += ["-show_entries", "stream=width,height,avg_frame_rate", busy.said["output"]]
    stream = json.loads(subprocess.run(probe, capture_output=True, check=True, text=True).stdout)["streams"][
        0
    ]
    above, _, below = stream["avg_frame_rate"].partition("/")
    assert (stream["width"], stream["height"]) == taken[:2]
    assert float(above) / float(below) == pytest.approx(taken[2], rel=0.05)
    assert f"Canvas: {canvas['why']}" in busy.steps


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may ask for the processor here")
def test_obs_was_given_the_processor_first(busy: Busy) -> None:
    assert busy.said["canvas"]["obs_first"] is True


def test_nothing_that_a_newcomer_would_ask_about_is_among_its_alarms(busy: Busy) -> None:
    assert {row["code"] for row in busy.said["alarms"]} <= {"render_lag", "encoder_lag", "cpu_busy"}
    assert {row["code"] for row in busy.said["noted"]} <= {"clock_unsynced"}


def test_the_trials_leave_nothing_behind(busy: Busy) -> None:
    assert len(list((busy.folder / "recordings").glob("*.flv"))) == 1
    assert not list(busy.folder.rglob("trial"))
