"""Viewers that are started ahead: they do the same, and none is left over."""

import contextlib
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from stagebox.media import ahead, viewer
from stagebox.media.job import Job, request
from stagebox.media.probe import probe
from stagebox.model.report import Code
from stagebox.model.settings import Settings

DEADLINE_S = 30.0


def viewer_of(worker: ahead.Worker) -> psutil.Process:
    """The viewer that the worker starts first of all."""
    while True:
        for child in psutil.Process(worker.pid).children():
            if "stagebox.media.viewer" in child.cmdline():
                return child


@pytest.mark.venue
def test_a_viewer_that_was_started_ahead_sees_the_same(talk: Path) -> None:
    wanted = viewer.Wanted(probe(talk), Settings().verify, None, DEADLINE_S)
    with ahead.spare_viewer() as spare:
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
    start, started = ahead.start_viewer, []

    def start_and_kill() -> ahead.Viewer:
        started.append(start())
        if len(started) <= kills:
            started[-1].process.kill()
        return started[-1]

    monkeypatch.setattr(ahead, "start_viewer", start_and_kill)
    seen = viewer.look(viewer.Wanted(probe(talk), Settings().verify, None, DEADLINE_S))
    assert len(started) == 2
    assert [finding.code for finding in seen.findings] == ([] if kills == 1 else [Code.CORRUPT])


def test_a_viewer_that_nobody_asks_is_ended() -> None:
    with ahead.spare_viewer() as spare:
        (started,) = spare
    assert started.process.returncode is not None


def test_a_viewer_ends_with_the_worker_that_waits_for_its_job() -> None:
    worker = ahead.start()
    waiting = viewer_of(worker)
    worker.kill()
    worker.communicate(timeout=DEADLINE_S)
    waiting.wait(DEADLINE_S)


@pytest.mark.venue
def test_while_a_recording_runs_the_viewer_yields_too(talk: Path, tmp_path: Path) -> None:
    worker = ahead.start()
    waiting = viewer_of(worker)
    assert worker.stdin is not None
    worker.stdin.write(request(Job((talk,), tmp_path), Settings(), gentle=True))
    worker.stdin.close()
    worker.stdin = None
    seen = set()
    with contextlib.suppress(psutil.NoSuchProcess):
        while waiting.is_running() and waiting.status() != psutil.STATUS_ZOMBIE:
            seen.add(waiting.nice())
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
