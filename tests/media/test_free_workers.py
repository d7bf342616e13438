"""A worker is used again, and one that ends in between costs no recording."""

import json
import os
import signal
from pathlib import Path
from typing import IO

import psutil
import pytest

from stagebox.media import prestarted
from stagebox.media.batch import Batch
from stagebox.media.collect import recordings
from stagebox.media.job import Job, request
from stagebox.model.settings import Settings
from stagebox.system import forks

pytestmark = pytest.mark.skipif(not forks.possible(), reason="this platform cannot fork")


@pytest.fixture(autouse=True)
def loaded() -> None:
    """Workers and viewers are started as they really are: that is what is tested here."""


def lines_of(stream: IO[str] | None) -> dict[str, object]:
    """The next line that is no progress."""
    assert stream is not None
    while "progress" in (said := json.loads(stream.readline())):
        pass
    return dict(said)


@pytest.mark.venue
def test_a_worker_takes_a_second_job_and_ends_with_a_crash(talk: Path, tmp_path: Path) -> None:
    worker = prestarted.start()
    assert worker.stdin is not None
    for number in range(2):
        worker.stdin.write(request(Job((talk,), tmp_path / str(number)), Settings(), more=True) + "\n")
        (tmp_path / str(number)).mkdir()
        worker.stdin.flush()
        assert "report" in lines_of(worker.stdout)
        assert lines_of(worker.stdout) == {"free": True}
        assert (tmp_path / str(number) / "talk.mp4").exists()
    worker.stdin.write(request(Job((talk,), tmp_path), Settings(), more=True) + "\n")
    worker.stdin.flush()
    job = None
    while job is None:
        job = next(iter(psutil.Process(worker.pid).children()), None)
    job.send_signal(signal.SIGABRT)
    told, _ = worker.communicate(timeout=30)
    assert "report" not in told
    assert worker.returncode == -signal.SIGABRT


@pytest.mark.venue
def test_a_free_worker_that_is_killed_costs_no_recording(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{name}.flv" for name in ("one", "two", "three")]
    for path in paths:
        path.write_bytes(talk.read_bytes())
        os.utime(path, (0, 0))
    killed: list[int] = []
    take = Batch._worker

    def kill_and_take(batch: Batch) -> object:
        for free in batch._free:
            free.process.kill()
            killed.append(free.process.wait(30))
        return take(batch)

    monkeypatch.setattr(Batch, "_worker", kill_and_take)
    done = Batch(Settings(), out=tmp_path / "out", jobs=1).run(recordings(paths))
    assert [one.report.verdict for one in done] == ["ok", "ok", "ok"]
    assert killed == [-signal.SIGKILL, -signal.SIGKILL]
