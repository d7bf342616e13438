"""The kiosk's memory is on disk soon after each touch, and no disk holds up the screen."""

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.memory import Keeper, Memory, recall


class HungDisk:
    """A disk whose flushes wait until they are let go; says which threads waited."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on, self.reached = threading.Event(), threading.Event()
        self.threads: set[int] = set()
        flush = os.fsync

        def fsync(descriptor: int) -> None:
            self.threads.add(threading.get_ident())
            self.reached.set()
            if threading.current_thread() is not threading.main_thread():
                assert self.go_on.wait(20)
            flush(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)


def test_a_touch_does_not_wait_for_the_disk_and_is_remembered(
    application: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = HungDisk(monkeypatch)
    box = KioskController(memory_file=tmp_path / "kiosk.json", pin="2580")
    box.showScreen("sessions")
    box.lock()
    assert disk.reached.wait(20)
    assert threading.get_ident() not in disk.threads
    disk.go_on.set()
    assert box.close()
    assert recall(tmp_path / "kiosk.json") == Memory(screen="live", locked=True)


def test_of_many_touches_while_the_disk_hangs_the_last_is_kept_and_two_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = HungDisk(monkeypatch)
    keeper = Keeper(tmp_path / "kiosk.json")
    written: list[str] = []
    replace = Path.replace

    def renamed(path: Path, target: Path) -> Path:
        written.append(path.read_text())
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", renamed)
    keeper.keep(Memory(report="0"))
    assert disk.reached.wait(20)
    for number in range(1, 1000):
        keeper.keep(Memory(report=str(number)))
    assert not keeper.flush(0.0)
    disk.go_on.set()
    assert keeper.flush(20.0)
    assert recall(tmp_path / "kiosk.json").report == "999"
    assert len(written) == 2


def test_a_memory_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "absent" / "kiosk.json")
    keeper.keep(Memory(report="a"))
    assert keeper.flush(20.0)
    keeper.keep(Memory(report="b"))
    assert keeper.flush(20.0)
