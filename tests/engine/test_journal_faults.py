"""A journal on a disk that fails: half lines, a file that cannot be opened, what is not ours."""

import contextlib
import errno
import os
from pathlib import Path

import pytest

from stagebox.engine.engine import replay
from stagebox.engine.journal import FILES_KEPT, Journal, read
from stagebox.engine.reducer import durable
from stagebox.engine.rules import ReducerRules
from stagebox.model.errors import StorageError
from stagebox.model.state import State
from tests.engine.messages import recording_box
from tests.engine.test_journal import written


def test_a_half_written_line_does_not_take_the_next_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = recording_box().messages
    journal = Journal(tmp_path)
    journal.rotate(State())
    whole = os.write

    def half(handle: int, data: bytes) -> int:
        if len(data) > 8:
            whole(handle, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.write", half)
        with pytest.raises(StorageError):
            journal.append(messages[0])
    journal.append(messages[1])
    journal.append(messages[2])
    journal.close()
    found = read(tmp_path)
    assert found.messages == (messages[1], messages[2])
    assert found.damaged_lines <= 1


def test_a_disk_that_takes_a_line_in_pieces_has_the_whole_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = recording_box().messages
    journal = Journal(tmp_path)
    journal.rotate(State())
    whole = os.write
    monkeypatch.setattr("os.write", lambda handle, data: whole(handle, data[:7]))
    for message in messages:
        journal.append(message)
    journal.close()
    assert read(tmp_path).messages == tuple(messages)


@pytest.mark.parametrize("failing", ["open", "opened again", "write", "fsync", "replace"])
def test_a_new_file_that_cannot_be_begun_leaves_the_old_one_open_and_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    box = recording_box()
    journal = Journal(tmp_path)
    journal.rotate(State())

    opened = os.open

    def fail(*_: object, **__: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    def open_but_once(path: Path, *more: int) -> int:
        return fail() if Path(path).suffix == ".journal" else opened(path, *more)

    with monkeypatch.context() as patch:
        if failing == "opened again":
            patch.setattr("os.open", open_but_once)
        else:
            patch.setattr(f"os.{failing}", fail)
        with contextlib.suppress(StorageError):
            journal.rotate(State() if failing == "opened again" else State(sessions_made=7))
    for message in box.messages:
        journal.append(message)
    journal.close()
    found = read(tmp_path)
    assert replay(found.state, found.messages, ReducerRules()) == durable(box.state)


def test_old_files_that_cannot_be_removed_are_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    for _ in range(FILES_KEPT):
        journal.rotate(State())

    def fail(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "unlink", fail)
    journal.rotate(State(sessions_made=3))
    journal.close()
    assert read(tmp_path).state.sessions_made == 3


@pytest.mark.parametrize("name", ["x.journal", "00000009 (copy).journal", "-1.journal", "²³.journal"])
def test_what_is_not_ours_in_the_folder_is_left_alone_and_not_read(tmp_path: Path, name: str) -> None:
    state = written(tmp_path)
    foreign = tmp_path / name
    foreign.write_bytes(b"not ours")
    found = read(tmp_path)
    assert (replay(found.state, found.messages, ReducerRules()), found.damaged_lines) == (state, 0)
    journal = Journal(tmp_path)
    for _ in range(FILES_KEPT + 1):
        journal.rotate(state)
    journal.close()
    assert foreign.read_bytes() == b"not ours"
    assert read(tmp_path).state == state


def test_a_folder_in_the_place_of_a_file_is_passed_over(tmp_path: Path) -> None:
    state = written(tmp_path)
    (tmp_path / "00000099.journal").mkdir()
    found = read(tmp_path)
    assert replay(found.state, found.messages, ReducerRules()) == state
    journal = Journal(tmp_path)
    journal.rotate(state)
    journal.close()
    assert read(tmp_path).state == state


def test_numbers_are_compared_as_numbers(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.rotate(State())
    (tmp_path / "00000001.journal").rename(tmp_path / "99999999.journal")
    journal.rotate(State(sessions_made=1))
    journal.rotate(State(sessions_made=2))
    journal.close()
    assert read(tmp_path).state.sessions_made == 2
