"""The worker is killed at each step of processing, one kill after the other: the end is the same."""

import os
import signal
import sys
from pathlib import Path

import pytest

from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg, hashes_of

pytestmark = [pytest.mark.venue, pytest.mark.timeout(300)]

KILLED = 9
LEAST_STEPS = 12
WATCHED = frozenset({"os.rename", "os.remove", "os.mkdir", "subprocess.Popen"})


def run_until(step: int, job: Job) -> int:
    """Process in a process of its own that dies at this step (0: at none); return its exit code.

    A step is a file opened for writing, made, renamed or removed, or a program started.
    """
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        passed = 0

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal passed
            flags = arguments[2] if event == "open" else 0
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if event in WATCHED or (writes and str(job.out) in str(arguments[0])):
                passed += 1
                if passed == step:
                    os._exit(KILLED)

        try:
            sys.addaudithook(count)
            process(job, Settings())
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


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
