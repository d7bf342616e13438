"""Processing waits rather than eat the room of a recording that runs."""

import shutil
import threading
from collections import namedtuple
from pathlib import Path

import pytest

from stagebox.media import executor as executing
from stagebox.media.executor import MediaExecutor
from stagebox.media.storage import leaves_room, room_needed
from stagebox.model.observations import JobDone, JobProgress
from stagebox.model.settings import RecordingSettings, Settings
from tests.media.conftest import wish_for

RESERVE = 2_000_000_000
Usage = namedtuple("Usage", "total used free")  # as shutil has it


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "rec" / "talk.flv"
    path.parent.mkdir()
    path.write_bytes(bytes(500_000))
    return path


def free(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10 * number, 9 * number, number))


@pytest.mark.parametrize(("spare", "enough"), [(0, True), (-1, False), (10**9, True)])
def test_the_reserve_must_be_left(
    recording: Path, monkeypatch: pytest.MonkeyPatch, spare: int, enough: bool
) -> None:
    free(monkeypatch, RESERVE + room_needed(500_000) + spare)
    assert leaves_room(recording.parent, [recording], [recording.parent], RESERVE) is enough


def test_another_disk_is_no_reason_to_wait(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 1)
    assert leaves_room(recording.parent, [recording], [Path("/proc")], RESERVE)


def test_what_is_gone_is_no_reason_to_wait(tmp_path: Path) -> None:
    assert leaves_room(tmp_path / "gone", [tmp_path / "gone.flv"], [tmp_path], RESERVE)


def test_a_job_waits_until_the_recording_ends(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free(monkeypatch, RESERVE)
    monkeypatch.setattr(executing, "ROOM_EVERY_S", 0.01)
    out = tmp_path / "out"
    out.mkdir()
    settings = Settings(recording=RecordingSettings(folder=recording.parent, out=out, reserve_bytes=RESERVE))
    runs, said, waited, ended = threading.Event(), [], threading.Event(), threading.Event()
    runs.set()

    def post(news: JobDone | JobProgress) -> None:
        said.append(news)
        if isinstance(news, JobProgress) and news.step == "waiting":
            waited.set()
        if isinstance(news, JobDone):
            ended.set()

    executor = MediaExecutor(settings, post, runs.is_set)
    executor.start()
    try:
        executor.submit(wish_for(recording, "talk"))
        assert waited.wait(10)
        assert not any(isinstance(news, JobDone) for news in said)
        monkeypatch.undo()
        runs.clear()
        assert ended.wait(60)
    finally:
        executor.close()
