"""Watching OBS's process while the operating system is short of something; a plain process is the OBS."""

import errno
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from stagebox.model.observations import ObsProcessEvent
from stagebox.model.settings import ObsSettings
from stagebox.obs.home import ObsHome
from stagebox.obs.supervisor import ObsSupervisor
from tests.venue_tools import PASSWORD, Seen, free_port


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(["sleep", "60"])
    yield process
    process.kill()
    process.wait()


def watching(
    tmp_path: Path,
    seen: Seen,
    process: "subprocess.Popen[bytes]",
    *,
    adopted: bool = False,
    looked: threading.Event | None = None,
) -> ObsSupervisor:
    settings = ObsSettings(binary="no-such-obs", display=":0", port=free_port())
    watcher = ObsSupervisor(settings, ObsHome(tmp_path / "obs"), PASSWORD, tmp_path, seen.post)
    # One of an earlier run is no child of ours.
    watcher._child, watcher._process = None if adopted else process, psutil.Process(process.pid)
    has_ended, looks = watcher._has_ended, []

    def look(obs: psutil.Process) -> bool:
        looks.append(obs)
        if looked is not None and len(looks) > 2:
            looked.set()
        return has_ended(obs)

    watcher._has_ended = look  # type: ignore[method-assign]
    watcher._answers = lambda timeout_s=1.0: True  # type: ignore[method-assign]
    watcher._thread.start()
    return watcher


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOSYS, errno.EPERM, errno.ENOMEM])
def test_an_obs_that_cannot_be_watched_by_its_handle_is_not_taken_for_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sleeper: "subprocess.Popen[bytes]", number: int
) -> None:
    asked, looked = threading.Event(), threading.Event()

    def fail(pid: int, flags: int = 0) -> int:
        asked.set()
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.pidfd_open", fail)
    seen = Seen()
    watcher = watching(tmp_path, seen, sleeper, adopted=True, looked=looked)
    assert asked.wait(5.0)
    assert looked.wait(5.0)
    assert watcher.pid == sleeper.pid
    assert [one.phase for one in seen.of(ObsProcessEvent)] == ["running"]
    sleeper.kill()
    sleeper.wait()
    assert seen.wait_for(ObsProcessEvent, lambda it: it.phase == "exited").pid == sleeper.pid
    watcher.stop()


def test_an_obs_that_a_real_time_signal_ended_is_started_again(
    tmp_path: Path, sleeper: "subprocess.Popen[bytes]"
) -> None:
    seen = Seen()
    watcher = watching(tmp_path, seen, sleeper)
    seen.wait_for(ObsProcessEvent, lambda it: it.phase == "running")
    os.kill(sleeper.pid, signal.SIGRTMIN + 3)
    ended = seen.wait_for(ObsProcessEvent, lambda it: it.phase == "exited")
    assert "SIGRTMIN+3" in ended.detail
    assert "not installed" in seen.wait_for(ObsProcessEvent, lambda it: it.phase == "failed").detail
    watcher.stop()
