"""The growing recording is flushed to the disk, and a disk that fails does no harm."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stagebox.devices.record_flush import RecordFlush, flush


class Disk:
    """Stands in front of the real fdatasync and remembers what was flushed, and how long it was then."""

    def __init__(self, real: Callable[[int], None]) -> None:
        self._real = real
        self._changed = threading.Condition()
        self.flushed: list[tuple[str, int]] = []
        self.broken = False

    def fdatasync(self, descriptor: int) -> None:
        with self._changed:
            said = (str(Path(f"/proc/self/fd/{descriptor}").readlink()), os.fstat(descriptor).st_size)
            self.flushed.append(said)
            self._changed.notify_all()
            if self.broken:
                raise OSError(5, "Input/output error")
        self._real(descriptor)

    def wait_for(self, path: Path, size: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: (str(path), size) in self.flushed, 20.0), self.flushed


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    one = Disk(os.fdatasync)
    monkeypatch.setattr("stagebox.devices.record_flush.EVERY_S", 0.02)
    monkeypatch.setattr(os, "fdatasync", one.fdatasync)
    return one


@pytest.fixture
def flusher(disk: Disk) -> Iterator[RecordFlush]:
    one = RecordFlush()
    one.start()
    yield one
    assert one.close()


def grown(path: Path, size: int) -> Path:
    path.write_bytes(b"x" * size)
    return path


def test_what_grows_is_flushed_again_and_again(flusher: RecordFlush, disk: Disk, tmp_path: Path) -> None:
    path = grown(tmp_path / "talk.flv", 10)
    flusher.watch(path)
    disk.wait_for(path, 10)
    grown(path, 20)
    disk.wait_for(path, 20)


def test_a_disk_that_fails_and_a_file_that_is_gone_end_nothing(
    flusher: RecordFlush, disk: Disk, tmp_path: Path
) -> None:
    path = grown(tmp_path / "talk.flv", 10)
    disk.broken = True
    flusher.watch(path)
    disk.wait_for(path, 10)
    path.unlink()
    assert not flush(path)
    disk.broken = False
    disk.wait_for(grown(path, 50), 50)


def test_the_file_is_never_written_to(disk: Disk, tmp_path: Path) -> None:
    path = grown(tmp_path / "talk.flv", 10)
    path.chmod(0o400)
    before = path.stat()
    assert flush(path)
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)


def test_closing_flushes_what_still_grew(disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stagebox.devices.record_flush.EVERY_S", 3600.0)
    path = grown(tmp_path / "talk.flv", 60)
    one = RecordFlush()
    one.watch(path)
    one.start()
    assert one.close()
    assert disk.flushed == [(str(path), 60)]
