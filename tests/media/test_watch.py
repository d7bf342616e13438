"""The watch folder takes what is complete, once, and outlives its folder."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stagebox.media import storage
from stagebox.media.batch import BatchResult
from stagebox.media.index import gather, run_log
from stagebox.media.index.rows import SkippedFile
from stagebox.media.index.talk_place import TalkPlace
from stagebox.media.watch import FileArrivals, FolderWatch
from stagebox.model.report import Verdict
from stagebox.model.settings import Settings
from stagebox.system.writers import written_by_anyone

TALK = Path("/recordings/talk.flv")


def nobody(path: Path) -> bool:
    del path
    return False


def test_a_file_is_taken_when_it_has_stood_still() -> None:
    arrivals = FileArrivals(settle_s=4.0)
    assert arrivals.ready(0.0, {TALK: (10, 1)}, nobody) == []
    assert arrivals.ready(3.0, {TALK: (20, 2)}, nobody) == []
    assert arrivals.ready(6.0, {TALK: (20, 2)}, nobody) == []
    assert arrivals.ready(7.0, {TALK: (20, 2)}, nobody) == [TALK]


def test_a_file_that_somebody_writes_is_left_however_long_it_stands_still() -> None:
    arrivals = FileArrivals(settle_s=4.0)
    arrivals.ready(0.0, {TALK: (10, 1)}, nobody)
    assert arrivals.ready(60.0, {TALK: (10, 1)}, lambda path: True) == []


def test_a_taken_file_is_taken_again_only_when_it_changes() -> None:
    arrivals = FileArrivals(settle_s=4.0)
    arrivals.ready(0.0, {TALK: (10, 1)}, nobody)
    arrivals.took(TALK, (10, 1))
    assert arrivals.ready(100.0, {TALK: (10, 1)}, nobody) == []
    arrivals.ready(101.0, {TALK: (11, 2)}, nobody)
    assert arrivals.ready(106.0, {TALK: (11, 2)}, nobody) == [TALK]


def test_a_file_for_which_the_disk_was_full_is_tried_again_later() -> None:
    arrivals = FileArrivals(settle_s=4.0)
    arrivals.ready(0.0, {TALK: (10, 1)}, nobody)
    arrivals.took(TALK, (10, 1), again_s=60.0)
    assert arrivals.ready(59.0, {TALK: (10, 1)}, nobody) == []
    assert arrivals.ready(60.0, {TALK: (10, 1)}, nobody) == [TALK]


def test_a_writer_is_seen_and_a_reader_is_none(tmp_path: Path) -> None:
    path = tmp_path / "talk.flv"
    path.write_bytes(b"x")
    with path.open("rb"):
        assert not written_by_anyone(path)
    with path.open("ab"):
        assert written_by_anyone(path)
    assert not written_by_anyone(path)


@dataclass
class Running:
    """A watch in a thread, and what it said; `wait_for` waits for a line that has these words."""

    folder: Path
    out: Path
    lines: list[str] = field(default_factory=list)
    done: list[BatchResult] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    news: threading.Condition = field(default_factory=threading.Condition)

    def say(self, line: str) -> None:
        with self.news:
            self.lines.append(line)
            self.news.notify_all()

    def wait_for(self, words: str, count: int = 1) -> None:
        with self.news:
            enough = self.news.wait_for(
                lambda: sum(words in line for line in self.lines) >= count, timeout=40
            )
        assert enough, self.lines


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "in", tmp_path / "out")
    running.folder.mkdir()
    watching = FolderWatch(
        running.folder,
        Settings(),
        out=running.out,
        say=running.say,
        done=running.done.append,
        stop=running.stop,
        settle_s=0.3,
        rescan_s=0.4,
    )
    thread = threading.Thread(target=watching.run)
    thread.start()
    yield running
    running.stop.set()
    thread.join(30)
    assert not thread.is_alive()


@pytest.mark.venue
def test_what_arrives_is_processed_also_after_the_folder_was_deleted_and_made_anew(
    talk: Path, watch: Running
) -> None:
    watch.wait_for("is being watched")
    shutil.copy(talk, watch.folder / "one.flv")
    watch.wait_for("one.flv: good")
    shutil.rmtree(watch.folder)
    watch.wait_for("cannot be read")
    watch.folder.mkdir()
    watch.wait_for("is back")
    shutil.copy(talk, watch.folder / "two.flv")
    watch.wait_for(
        "two.flv: good, one.mp4"
    )  # the very same recording as the one that is gone, by another name
    assert [done.report.verdict for done in watch.done] == [Verdict.OK, Verdict.OK]
    assert sorted(os.listdir(watch.out)) == [".stagebox", "one.mp4", "reports"]  # noqa: PTH208
    assert sum("cannot be read" in line for line in watch.lines) == 1


@pytest.mark.venue
def test_a_name_that_hardly_is_one_is_watched_like_any_other(talk: Path, watch: Running) -> None:
    watch.wait_for("is being watched")
    shutil.copy(talk, os.fsencode(watch.folder) + b"/-b\xff\ned.flv")
    watch.wait_for("-b\\xff\\ned.flv: good, -b\\xff\\ned.mp4")


@pytest.mark.venue
@pytest.mark.files
def test_what_a_run_passed_over_or_left_stays_in_the_index(talk: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "rec", tmp_path / "out"
    folder.mkdir()
    (folder / "notes.txt").write_text("no recording")
    (folder / "fetched.flv.part").write_bytes(b"half")
    shutil.copy(talk, folder / "left.flv")
    left = gather.not_done(folder / "left.flv", TalkPlace(), "disk_full", "the disk is full")
    gone = SkippedFile(str(folder / "gone.part"), "part", "not whole yet")
    storage.prepare(out)
    run_log.save(out, run_log.RunLog(roots=(str(folder),), not_done=(left,), skipped=(gone,)))
    watching = FolderWatch(
        folder,
        Settings(),
        out=out,
        say=lambda line: None,
        done=lambda done: None,
        stop=threading.Event(),
        settle_s=0.0,
    )
    shutil.copy(talk, folder / "a.flv")
    os.utime(folder / "a.flv", (1_700_000_000, 1_700_000_000))
    with (folder / "left.flv").open("ab"):  # it is written again, so that it waits
        watching.step(0.0)
        watching.step(1.0)
    told = json.loads((out / "reports" / "index.json").read_bytes())
    assert {row["talk"]: row["state"] for row in told["talks"]} == {"a": "ok", "left": "not_done"}
    assert {Path(one["source"]).name: one["why"] for one in told["skipped"]} == {
        "notes.txt": "no_recording",
        "fetched.flv.part": "part",
    }
    os.utime(folder / "left.flv", (1_700_000_000, 1_700_000_000))
    (folder / "fetched.flv.part").unlink()
    watching.step(2.0)
    watching.step(3.0)
    told = json.loads((out / "reports" / "index.json").read_bytes())
    assert {row["talk"]: row["state"] for row in told["talks"]} == {"a": "ok", "left": "ok"}
    assert [Path(one["source"]).name for one in told["skipped"]] == ["notes.txt"]
    assert told["not_done"] == []
