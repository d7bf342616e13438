"""Telling the backup recorder something never waits for it, and never for a disk."""

import sys
import threading
from pathlib import Path

import pytest

from stagebox.devices.backup_recorder_supervisor import BackupRecorderSupervisor
from stagebox.model.facts.sound import BackupRecorderReading
from stagebox.model.settings import AudioSource
from tests.venue_tools import Seen

DEAF = """
import sys, time
sys.stdout.write("hello\\n"); sys.stdout.flush()
time.sleep(60)
"""


@pytest.mark.slow
def test_a_backup_recorder_that_reads_nothing_holds_up_nobody(tmp_path: Path) -> None:
    keeper = BackupRecorderSupervisor(
        AudioSource(kind="pulse", device="room"),
        Seen().post,
        command=(sys.executable, "-c", DEAF),
        hang_s=30.0,
    )
    keeper.start()
    started = threading.Event()

    def tell() -> None:
        while keeper.pid is None:
            pass
        for number in range(2000):
            keeper.set_backup(tmp_path / f"{number:0200}.flac")
        started.set()

    telling = threading.Thread(target=tell, daemon=True)
    telling.start()
    assert started.wait(20.0), "whoever tells the ear hangs with it"
    assert keeper.close()


READS_LATE = """
import json, os, sys
from dataclasses import asdict
from stagebox.devices.backup_recorder.orders import reading_line
from stagebox.model.facts.sound import BackupRecorderReading

sys.stdout.buffer.write(reading_line(BackupRecorderReading(run=1, status="listening"))); sys.stdout.flush()
while not os.path.exists(sys.argv[1]):
    pass
for line in sys.stdin.buffer:
    path = json.loads(line).get("backup")
    if path:
        sys.stdout.buffer.write(reading_line(BackupRecorderReading(run=1, status="listening", backup=path)))
        sys.stdout.flush()
"""


def test_a_backup_recorder_that_reads_late_learns_the_newest_order(tmp_path: Path) -> None:
    seen, go = Seen(), tmp_path / "go"
    code = READS_LATE.replace("sys.argv[1]", repr(str(go)))
    keeper = BackupRecorderSupervisor(
        AudioSource(kind="pulse", device="room"), seen.post, command=(sys.executable, "-c", code), hang_s=30.0
    )
    keeper.start()
    seen.wait_for(BackupRecorderReading)
    for number in range(1000):
        keeper.set_backup(tmp_path / f"{number:0200}.flac")
    go.touch()
    newest = str(tmp_path / f"{999:0200}.flac")
    assert seen.wait_for(BackupRecorderReading, lambda it: it.backup == newest).backup == newest
    assert keeper.close()


def test_the_engines_thread_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A listener of snapshots touches no disk: a disk that hangs must not take the engine along."""
    from types import SimpleNamespace

    from stagebox.model.settings import RecordingSettings, Settings
    from stagebox.obs.connection import ObsTarget
    from stagebox.obs.pack import load_pack
    from stagebox.resources import folder
    from stagebox.serve import probes
    from tests.serve.test_probes import session
    from tests.venue_tools import PASSWORD

    settings = Settings(
        state_dir=tmp_path, recording=RecordingSettings(folder=tmp_path / "rec", out=tmp_path)
    )
    one = probes.Probes(
        settings,
        load_pack(settings.scenes.pack, folder("scenes")),
        ObsTarget("127.0.0.1", 1, PASSWORD),
        lambda seen: None,
        show_levels=lambda levels: None,
        obs_pid=lambda: None,
        local=True,
    )

    def touch(*_: object, **__: object) -> None:
        raise AssertionError("the disk was touched")

    monkeypatch.setattr(Path, "mkdir", touch)
    monkeypatch.setattr("os.mkdir", touch)
    one.watch(SimpleNamespace(session=session(str(tmp_path / "a.flv")), recording=True, finished=()))  # type: ignore[arg-type]
    one.watch(SimpleNamespace(session=None, recording=False, finished=()))  # type: ignore[arg-type]
