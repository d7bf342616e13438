"""A recording that is moved is whole in one of two places at every moment, and over nothing there."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.media import manifest
from stagebox.media.release import move
from stagebox.model.errors import RefusedError, StorageError
from tests.media.dying import KILLED, dies_at

CONTENT = bytes(range(256)) * 20_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "rec" / "talk.flv"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


@pytest.fixture(params=["same", "other"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A place on the same file system, and one on another."""
    if request.param == "same":
        yield tmp_path / "aside" / "day 1" / "talk.flv"
        return
    folder = tmp_path / "disk"
    with small_disk(folder, "64m"):
        assert folder.stat().st_dev != tmp_path.stat().st_dev
        yield folder / "day 1" / "talk.flv"


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A file system of its own of this size, while the context lasts."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs the right to mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_it_is_there_whole_with_its_time_and_gone_where_it_was(source: Path, target: Path) -> None:
    was = manifest.stamp(source)
    assert move.moved(source, target, was) == target
    assert target.read_bytes() == CONTENT
    assert target.stat().st_mtime_ns == was.mtime_ns
    assert not source.exists()
    assert [path.name for path in target.parent.iterdir()] == ["talk.flv"]


def test_what_is_there_stays(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(b"somebody else's")
    other = target.with_name("talk (2).flv")
    other.symlink_to("nowhere")
    assert move.moved(source, target, manifest.stamp(source)).name == "talk (3).flv"
    assert target.read_bytes() == b"somebody else's"
    assert other.is_symlink()


def test_killed_at_each_step_nothing_is_lost_and_the_next_run_goes_on(source: Path, target: Path) -> None:
    was = manifest.stamp(source)
    step = 0
    for step in range(1, 40):
        code = dies_at(step, lambda: move.moved(source, target, was))
        whole = [path for path in (source, target) if path.exists()]
        assert whole, step
        assert all(path.read_bytes() == CONTENT for path in whole), step
        if not source.exists():
            break
        assert code == KILLED, step
    assert step >= 3, "too few steps were seen"
    assert target.read_bytes() == CONTENT
    assert [path.name for path in target.parent.iterdir()] == ["talk.flv"]


def test_a_kill_between_both_names_is_made_good_by_the_next_run(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(CONTENT)
    assert move.moved(source, target, manifest.stamp(source)) == target
    assert not source.exists()
    assert target.read_bytes() == CONTENT


def test_a_recording_that_changed_meanwhile_stays(source: Path, target: Path) -> None:
    was = manifest.stamp(source)
    source.write_bytes(CONTENT + b"more")
    with pytest.raises(RefusedError, match="changed"):
        move.moved(source, target, was)
    with pytest.raises(RefusedError, match="changed"):
        move.deleted(source, was)
    assert source.read_bytes() == CONTENT + b"more"


def test_its_own_place_is_refused_by_whatever_way(source: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(source.parent)
    for target in (source, tmp_path / "link" / "talk.flv", source.parent / ".." / "rec" / "talk.flv"):
        with pytest.raises(RefusedError, match="there already"):
            move.moved(source, target, manifest.stamp(source))
    assert source.read_bytes() == CONTENT


def test_a_full_disk_is_said_and_nothing_is_left_there(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    for size in ("2m", "18m"):
        with small_disk(folder, size):
            with pytest.raises(StorageError, match="is full"):
                move.moved(source, folder / "talk.flv", manifest.stamp(source))
            assert list(folder.iterdir()) == []
        folder.rmdir()
    assert source.read_bytes() == CONTENT


def test_a_disk_that_fills_up_meanwhile_is_said(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stagebox.media.storage.ROOM_RESERVE_BYTES", -10 * len(CONTENT))
    folder = tmp_path / "disk"
    with small_disk(folder, "2m"):
        with pytest.raises(StorageError, match="is full"):
            move.moved(source, folder / "talk.flv", manifest.stamp(source))
        assert list(folder.iterdir()) == []
    assert source.read_bytes() == CONTENT


def test_a_folder_that_cannot_be_made_is_said(source: Path, tmp_path: Path) -> None:
    (tmp_path / "aside").write_bytes(b"a file")
    with pytest.raises(StorageError, match="could not be moved"):
        move.moved(source, tmp_path / "aside" / "talk.flv", manifest.stamp(source))
    assert source.read_bytes() == CONTENT


def test_a_disk_that_is_read_only_is_said(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with small_disk(folder, "64m"):
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(StorageError, match="Read-only"):
            move.moved(source, folder / "talk.flv", manifest.stamp(source))
    assert source.read_bytes() == CONTENT
