"""A batch does everything it can, each recording in a process of its own."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.media import collect
from stagebox.media.batch import Batch
from stagebox.media.batch_result import BatchResult, exit_code, how_many_done, stopped
from stagebox.media.collect import recordings
from stagebox.media.work_turns import WorkTurns, recording_runs
from stagebox.model.errors import ExitCode
from stagebox.model.report import Report, Verdict
from stagebox.model.settings import Settings


def done(*, usable: bool = True, foreign: bool = False) -> BatchResult:
    return BatchResult(Report("a", None, None, 1.0, usable=usable), foreign=foreign)


def test_the_exit_code_tells_the_worst() -> None:
    assert exit_code([done(), done()]) is ExitCode.GOOD
    assert exit_code([done(), done(usable=False)]) is ExitCode.NEEDS_PERSON
    assert exit_code([done(usable=False), done(usable=False, foreign=True)]) is ExitCode.UNUSABLE


def test_folders_are_searched_through_and_nothing_is_named_twice(tmp_path: Path) -> None:
    inner = tmp_path / "day 1" / "hall"
    inner.mkdir(parents=True)
    for name in ("b.FLV", "a.mkv", "notes.txt", ".hidden.flv", "c.ts"):
        (inner / name).write_bytes(b"x")
    (tmp_path / ".trash").mkdir()
    (tmp_path / ".trash" / "d.flv").write_bytes(b"x")
    found = recordings([inner / "c.ts", tmp_path, inner / "c.ts"])
    assert [one.path.name for one in found] == ["c.ts", "a.mkv", "b.FLV"]
    assert all(one.unusable is None for one in found)


def test_a_folder_without_recordings_is_said(tmp_path: Path) -> None:
    (found,) = recordings([tmp_path])
    assert found.unusable is not None
    assert found.unusable.foreign


def test_a_fresh_file_means_that_a_recording_runs(tmp_path: Path) -> None:
    path = tmp_path / "talk.flv"
    assert not recording_runs(tmp_path)
    path.write_bytes(b"x")
    assert recording_runs(tmp_path)
    os.utime(path, (0, 0))
    assert not recording_runs(tmp_path)
    assert not recording_runs(tmp_path / "absent")


def test_while_a_recording_runs_one_is_processed_at_a_time_and_gently() -> None:
    turns = WorkTurns(recording=lambda: True)
    entered, leave = threading.Event(), threading.Event()

    def second() -> None:
        with turns.turn(lambda: False) as gentle:
            assert gentle
            entered.set()
            leave.wait(30)

    with turns.turn(lambda: False) as gentle:
        assert gentle
        other = threading.Thread(target=second)
        other.start()
        assert not entered.wait(0.3)
    assert entered.wait(30)
    leave.set()
    other.join(30)


def test_without_a_recording_they_are_processed_side_by_side() -> None:
    turns = WorkTurns(recording=lambda: False)
    with turns.turn(lambda: False) as one, turns.turn(lambda: False) as two:
        assert not one
        assert not two


@pytest.mark.venue
def test_a_worker_that_crashes_costs_one_recording(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / "crash.flv", tmp_path / "good.flv"]
    for path in paths:
        shutil.copy(talk, path)
    start = subprocess.Popen

    class Crashing(start):  # type: ignore[misc, valid-type]
        """A worker that is ended by the signal of a crash as soon as it has its job, if it is the first."""

        first = True

        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)
            if Crashing.first:
                Crashing.first = False
                self.send_signal(signal.SIGSEGV)

    monkeypatch.setattr(subprocess, "Popen", Crashing)
    results = Batch(Settings(), out=tmp_path / "out", jobs=1).run(recordings(paths))
    assert [one.report.verdict for one in results] == [Verdict.FAILED, Verdict.OK]
    assert "signal 11" in results[0].report.findings[0].message


@pytest.mark.venue
def test_ctrl_c_stops_tidily(talk: Path, tmp_path: Path) -> None:
    for number in range(60):
        shutil.copy(talk, tmp_path / f"{number}.flv")
    run = subprocess.Popen(
        [sys.executable, "-m", "stagebox", "process", str(tmp_path), "--out", str(tmp_path / "out")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert run.stderr is not None
    run.stderr.readline()  # The first recording is done.
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130, said
    assert b"Traceback" not in said
    assert not list((tmp_path / "out").rglob("*.part"))


@pytest.mark.venue
def test_verify_writes_nothing(talk: Path, tmp_path: Path) -> None:
    shutil.copy(talk, tmp_path / "talk.flv")
    (one,) = Batch(Settings(), verify=True).run(recordings([tmp_path]))
    assert (one.report.verdict, one.report.output, one.report.lossless) == (Verdict.OK, None, None)
    assert [path.name for path in tmp_path.iterdir()] == ["talk.flv"]


@pytest.mark.venue
def test_an_own_output_is_no_recording(talk: Path, tmp_path: Path, repack: Callable[..., Path]) -> None:
    shutil.copy(talk, tmp_path / "talk.flv")
    Batch(Settings()).run(recordings([tmp_path]))
    shutil.copy(repack("foreign.mp4"), tmp_path / "foreign.mp4")
    assert collect.own_outputs(tmp_path) == {tmp_path / "talk.mp4"}
    assert [one.path.name for one in recordings([tmp_path])] == ["foreign.mp4", "talk.flv"]


@pytest.mark.venue
def test_what_was_done_before_needs_no_process_and_no_thread(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        shutil.copy(talk, tmp_path / f"{number}.flv")
    out = tmp_path / "out"
    Batch(Settings(), out=out).run(recordings([tmp_path]))

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError(f"started: {arguments}")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(Batch, "_one", refuse)
    again = Batch(Settings(), out=out).run(recordings([tmp_path]))
    assert [one.skipped for one in again] == [True] * 4


def test_what_was_left_for_later_is_not_told_as_done() -> None:
    done = BatchResult(Report("a", None, None, 1.0, usable=True))
    assert how_many_done([done, stopped(Path("b.flv")), done]) == 2
