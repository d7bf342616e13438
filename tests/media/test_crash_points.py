"""The worker is killed at each step of processing, one kill after the other: the end is the same."""

from pathlib import Path

import pytest

from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg, hashes_of
from tests.media.dying import KILLED, dies_at

pytestmark = [pytest.mark.venue, pytest.mark.timeout(300)]

LEAST_STEPS = 12


def run_until(step: int, job: Job) -> int:
    """Process until this step (0: to the end); return the exit code."""
    return dies_at(step, lambda: process(job, Settings()), writing_in=job.out)


def test_killed_at_each_step_in_turn_it_ends_with_the_same_talk(talk: Path, tmp_path: Path) -> None:
    tiny = tmp_path / "tiny.flv"
    ffmpeg("-i", talk, "-t", "1", "-c", "copy", tiny)
    whole = Job((tiny,), tmp_path / "whole", name="Talk")
    assert run_until(0, whole) == 0
    expected = hashes_of(whole.out / "Talk.mp4")
    job = Job((tiny,), tmp_path / "killed", name="Talk")
    step = 0
    for step in range(1, 200):
        code = run_until(step, job)
        if code == 0:
            break
        assert code == KILLED, step
        for made in job.out.glob("*.mp4") if job.out.is_dir() else ():
            assert hashes_of(made) == expected, f"half an MP4 after step {step}"
    assert step > LEAST_STEPS, "too few steps were seen: the test would prove nothing"
    print(f"killed at {step - 1} steps")
    assert [path.name for path in job.out.glob("*.mp4")] == ["Talk.mp4"]
    assert hashes_of(job.out / "Talk.mp4") == expected
    assert not list((job.out / ".stagebox").glob("*.part"))
