"""A start that fails when OBS is up already leaves no OBS behind, and waits for nothing."""

import time
from pathlib import Path

import psutil
import pytest

from stagebox.model.errors import StorageError
from stagebox.model.settings import ObsSettings, RecordingSettings, Settings
from stagebox.serve import appliance as appliances
from stagebox.serve.appliance import Appliance
from tests.venue_tools import free_port, screen


def settings(folder: Path, **obs: object) -> Settings:
    return Settings(
        state_dir=folder / "state",
        recording=RecordingSettings(folder=folder / "rec", out=folder / "out", reserve_bytes=100_000_000),
        obs=ObsSettings(port=free_port(), canvas_width=640, canvas_height=360, **obs),
    )


def failing(monkeypatch: pytest.MonkeyPatch, at: str) -> list[int]:
    """Have the start fail at `at`; gives the OBS that ran by then."""
    ran: list[int] = []
    others = psutil.Process().children(recursive=True)

    def fail(*_: object, **__: object) -> None:
        ran.extend(one.pid for one in psutil.Process().children(recursive=True) if one not in others)
        raise StorageError("no more", "none")

    monkeypatch.setattr(appliances, at, fail)
    return ran


def begin_and_fail(wanted: Settings, folder: Path) -> float:
    began = time.monotonic()
    with pytest.raises(StorageError, match="no more"):
        Appliance(wanted, folder / "stagebox.toml").start()
    return time.monotonic() - began


@pytest.mark.parametrize("at", ["StreamTargetStore", "SetUpExecutor", "ButtonBoxKeeper"])
def test_an_obs_that_does_not_answer_yet_is_ended_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    binary = tmp_path / "slow-obs"
    binary.write_text("#!/bin/sh\nexec sleep 60\n")
    binary.chmod(0o755)
    ran = failing(monkeypatch, at)
    took_s = begin_and_fail(settings(tmp_path, binary=str(binary), display=":0"), tmp_path)
    assert ran
    assert not any(psutil.pid_exists(pid) for pid in ran)
    assert took_s < 9.0, "nobody waits ten seconds for a snapshot that will not come"


@pytest.mark.venue
def test_a_real_obs_that_records_nothing_is_ended_and_the_next_start_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with screen() as display:
        wanted = settings(tmp_path, display=display)
        with monkeypatch.context() as patch:
            ran = failing(patch, "StreamTargetStore")
            begin_and_fail(wanted, tmp_path)
        assert ran
        assert not any(psutil.pid_exists(pid) for pid in ran)
        again = Appliance(wanted, tmp_path / "stagebox.toml")
        again.start()
        assert again.wait_for(lambda snapshot: snapshot.obs.link == "up", 40.0)
        again.close()
