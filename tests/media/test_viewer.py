"""Viewers that are started ahead: they do the same, and none is left over."""

import contextlib
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from stagebox.media import prestarted, viewer
from stagebox.media.job import Job, request
from stagebox.media.probe import probe
from stagebox.model.report import Code
from stagebox.model.settings import Settings

DEADLINE_S = 30.0


@pytest.fixture(autouse=True)
def loaded() -> None:
    """Workers and viewers are started as they really are: that is what is tested here."""


def at_work(
    worker: prestarted.Worker, talk: Path, out: Path, *, gentle: bool = False
) -> list[psutil.Process]:
    """Have the worker do a job; returns its forks as soon as they run: who does the job, and who looks."""
    assert worker.stdin is not None
    worker.stdin.write(request(Job((talk,), out), Settings(), gentle=gentle))
    worker.stdin.close()
    worker.stdin = None
    while True:
        with contextlib.suppress(psutil.NoSuchProcess):
            for job in psutil.Process(worker.pid).children():
                for looking in job.children():
                    if looking.cmdline() == job.cmdline():
                        return [job, looking]


@pytest.mark.venue
def test_a_viewer_that_was_started_ahead_sees_the_same(talk: Path) -> None:
    wanted = viewer.ViewerRequest(probe(talk), Settings().verify, None, DEADLINE_S)
    with prestarted.spare_viewer() as spare:
        (started,) = spare
        by_spare = viewer.look(wanted, spare=spare)
        assert not spare
    assert started.process.returncode == 0
    assert by_spare == viewer.look(wanted)
    assert by_spare.packets > 0


@pytest.mark.venue
@pytest.mark.parametrize("kills", [1, 2])
def test_a_viewer_that_is_killed_costs_a_second_look_or_the_look_alone(
    talk: Path, kills: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, started = prestarted.start_viewer, []

    def start_and_kill() -> prestarted.WaitingViewer:
        started.append(start())
        if len(started) <= kills:
            started[-1].process.kill()
        return started[-1]

    monkeypatch.setattr(prestarted, "start_viewer", start_and_kill)
    seen = viewer.look(viewer.ViewerRequest(probe(talk), Settings().verify, None, DEADLINE_S))
    assert len(started) == 2
    assert [finding.code for finding in seen.findings] == ([] if kills == 1 else [Code.CORRUPT])


def test_a_viewer_that_nobody_asks_is_ended() -> None:
    with prestarted.spare_viewer() as spare:
        (started,) = spare
    assert started.process.returncode is not None


@pytest.mark.venue
def test_who_works_and_who_looks_ends_with_the_worker(talk: Path, tmp_path: Path) -> None:
    worker = prestarted.start()
    forks = at_work(worker, talk, tmp_path)
    worker.kill()
    worker.communicate(timeout=DEADLINE_S)
    for fork in forks:
        fork.wait(DEADLINE_S)
    assert not list(tmp_path.glob("*.mp4"))


@pytest.mark.venue
def test_while_a_recording_runs_the_viewer_yields_too(talk: Path, tmp_path: Path) -> None:
    worker = prestarted.start()
    _, looking = at_work(worker, talk, tmp_path, gentle=True)
    seen = set()
    with contextlib.suppress(psutil.NoSuchProcess):
        while looking.is_running() and looking.status() != psutil.STATUS_ZOMBIE:
            seen.add(looking.nice())
    worker.communicate(timeout=DEADLINE_S)
    assert max(seen) == 15


def test_a_viewer_that_is_asked_for_nothing_is_content() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stagebox.media.viewer", "1"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=DEADLINE_S,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
