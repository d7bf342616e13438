"""Nothing is lost and nothing is half: killed runs, runs at once, full disks, files that are in the way."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stagebox.media import storage
from stagebox.media.collect import recordings
from stagebox.media.job import Job, SessionFacts
from stagebox.media.pipeline import process
from stagebox.media.probe import probe
from stagebox.model.errors import StorageError
from stagebox.model.report import Code, Verdict
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg, hashes_of

pytestmark = pytest.mark.venue


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "stagebox", "process", "--json", *map(os.fspath, arguments)]


def finish(*arguments: str | Path) -> list[dict[str, object]]:
    done = subprocess.run(command(*arguments), capture_output=True, timeout=100, check=False)
    value: list[dict[str, object]] = json.loads(done.stdout)
    return value


@pytest.fixture(scope="module")
def larger(talk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of some 40 MB, so that a run can be killed while it writes."""
    path = tmp_path_factory.mktemp("larger") / "larger.flv"
    ffmpeg("-stream_loop", "40", "-i", talk, "-map", "0", "-c", "copy", path)
    return path


def test_a_run_killed_at_any_moment_leaves_each_output_whole_or_absent(larger: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "talk.flv", tmp_path / "out"
    shutil.copy(larger, source)
    truth = hashes_of(source)
    for number in range(8):
        run = subprocess.Popen(
            command(source, "--out", out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        # Not a wait for something: the moment of the kill is what is varied.
        time.sleep(0.35 + 0.2 * number)
        run.send_signal(signal.SIGKILL)
        run.wait(10)
        for output in out.glob("*.mp4"):
            assert hashes_of(output) == truth
    (report,) = finish(source, "--out", out)
    assert report["output"] == str(out / "talk.mp4")
    assert [path.name for path in out.glob("*.mp4")] == ["talk.mp4"]
    assert hashes_of(out / "talk.mp4") == truth
    assert not list(out.rglob("*.part"))
    assert len(list((out / "reports").glob("talk*.html"))) == 1


def test_two_runs_on_one_folder_make_each_output_once(talk: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(4):
        shutil.copy(talk, folder / f"{number}.flv")
    runs = [
        subprocess.Popen(command(folder, "--out", out), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    told = [json.loads(run.communicate(timeout=100)[0]) for run in runs]
    assert told[0] == told[1]
    assert sorted(path.name for path in out.glob("*.mp4")) == [f"{number}.mp4" for number in range(4)]


def test_a_second_run_does_only_what_is_missing(talk: Path, tmp_path: Path) -> None:
    shutil.copy(talk, tmp_path / "a.flv")
    (first,) = finish(tmp_path)
    made = (tmp_path / "a.mp4").stat()
    shutil.copy(talk, tmp_path / "b.flv")
    again, second = finish(tmp_path)
    assert again == first
    assert Path(str(second["output"])).name == "b.mp4"
    assert (tmp_path / "a.mp4").stat().st_ino == made.st_ino
    assert [one.path.name for one in recordings([tmp_path])] == ["a.flv", "b.flv"]


def test_other_limits_make_a_new_verdict_and_keep_the_file(talk: Path, tmp_path: Path) -> None:
    process(Job((talk,), tmp_path), Settings())
    before = (tmp_path / "talk.mp4").stat()
    outcome = process(Job((talk,), tmp_path, expected_s=60.0), Settings())
    assert [finding.code for finding in outcome.report.findings] == [Code.SHORT]
    assert (tmp_path / "talk.mp4").stat() == before


def test_new_session_facts_replace_the_own_output(talk: Path, tmp_path: Path) -> None:
    process(Job((talk,), tmp_path), Settings())
    outcome = process(Job((talk,), tmp_path, facts=SessionFacts(title="Now with a title")), Settings())
    assert outcome.report.verdict is Verdict.OK
    assert outcome.report.output == str(tmp_path / "talk.mp4")
    assert probe(tmp_path / "talk.mp4").tags["title"] == "Now with a title"


def test_a_run_killed_while_it_replaced_its_own_output_leaves_no_second_one(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process(Job((talk,), tmp_path), Settings())
    job = Job((talk,), tmp_path, facts=SessionFacts(title="Now with a title"))
    with monkeypatch.context() as patch:
        # The moment between entry and rename, which a kill seldom hits.
        patch.setattr(Path, "replace", _killed_at_the_rename(Path.replace))
        with pytest.raises(KeyboardInterrupt):
            process(job, Settings())
    assert process(job, Settings()).report.output == str(tmp_path / "talk.mp4")
    assert [path.name for path in tmp_path.glob("*.mp4")] == ["talk.mp4"]


def _killed_at_the_rename(rename: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    def replace(path: Path, target: Path) -> Path:
        if target.suffix == ".mp4":
            raise KeyboardInterrupt
        return rename(path, target)

    return replace


def test_an_output_is_never_replaced_by_a_worse_one(talk: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "talk.flv", tmp_path / "out"
    shutil.copy(talk, source)
    process(Job((source,), out), Settings())
    good = (out / "talk.mp4").read_bytes()
    source.write_bytes(talk.read_bytes()[:200_000])
    worse = process(Job((source,), out), Settings())
    assert worse.report.output == str(out / "talk (2).mp4")
    source.write_bytes(b"")
    assert process(Job((source,), out), Settings()).report.verdict is Verdict.FAILED
    assert (out / "talk.mp4").read_bytes() == good


def test_an_output_that_somebody_changed_is_theirs(talk: Path, tmp_path: Path) -> None:
    process(Job((talk,), tmp_path), Settings())
    (tmp_path / "talk.mp4").write_bytes(b"edited")
    outcome = process(Job((talk,), tmp_path), Settings())
    assert outcome.report.output == str(tmp_path / "talk (2).mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == b"edited"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB, where this machine lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        yield tmp_path / "not mounted"
        return
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_too_small_is_refused_before_anything_is_written(
    larger: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not small_disk.exists():
        small_disk.mkdir()
        monkeypatch.setattr(storage, "ROOM_RESERVE_BYTES", 1 << 60)
    with pytest.raises(StorageError, match=r"are needed, .* are free"):
        process(Job((larger,), small_disk), Settings())
    assert not [path for path in small_disk.rglob("*") if path.suffix in (".part", ".mp4", ".html")]


def test_a_disk_that_fills_up_meanwhile_leaves_no_partial_output(
    larger: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "check_room", lambda out, size_bytes: None)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not small_disk.exists():
        small_disk.mkdir()
        resource.setrlimit(resource.RLIMIT_FSIZE, (24 << 20, limits[1]))
    try:
        with pytest.raises(StorageError) as caught:
            process(Job((larger,), small_disk), Settings())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "MB" in caught.value.what
    assert not [path for path in small_disk.rglob("*") if path.suffix in (".part", ".mp4", ".html")]


def on_a_small_disk(folder: Path, size_mb: int, *arguments: str | Path) -> tuple[int, list[Any], list[str]]:
    """Run `process` with its output on a disk of this size, of its own, which needs no rights to be made.

    Returns its exit code, its reports, and what it left on the disk.
    """
    folder.mkdir()
    left = folder.with_name("left.txt")
    script = (
        'disk=$1 left=$2 size=$3; shift 3; mount -t tmpfs -o size="$size" tmpfs "$disk" || exit 99; '
        '"$@"; code=$?; find "$disk" -type f -printf "%P\\n" > "$left"; exit $code'
    )
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]
        + [str(folder), str(left), f"{size_mb}m", *command(*arguments, "--out", folder)],
        capture_output=True,
        timeout=100,
        check=False,
    )
    if done.returncode == 99 or not left.exists():
        pytest.skip(
            "No disk could be filled: this system lets no user mount one of their own "
            f"({done.stderr.decode().strip() or 'unshare refused'}). Run the tests as root."
        )
    return done.returncode, json.loads(done.stdout), left.read_text().splitlines()


def test_a_full_disk_is_said_by_the_command_with_its_exit_code(larger: Path, tmp_path: Path) -> None:
    code, (report,), left = on_a_small_disk(tmp_path / "disk", 24, larger)
    assert code == 2
    assert report["findings"][0]["code"] == "disk_full"
    assert re.search(r"[\d.]+ MB are needed, [\d.]+ MB are free", report["findings"][0]["message"])
    assert report["verdict"] == "flagged"  # nothing is said of a recording that was not worked on
    made = [name for name in left if name.endswith((".part", ".mp4", ".html"))]
    assert made == ["reports/index.html"]  # which says that it is not done yet


def test_a_disk_with_room_for_one_of_two_fills_up_while_they_are_written(
    larger: Path, tmp_path: Path
) -> None:
    room_mb = storage.room_needed(larger.stat().st_size) // 1_000_000
    other = tmp_path / "other.flv"
    os.link(larger, other)
    code, reports, left = on_a_small_disk(tmp_path / "disk", room_mb, "--jobs", "2", larger, other)
    full = [report for report in reports if report["output"] is None]
    assert code == 2
    assert [report["findings"][0]["code"] for report in full] == ["disk_full"] * len(full)
    assert full
    assert all("are needed" in report["findings"][0]["message"] for report in full)
    made = {Path(report["output"]).name for report in reports if report["output"] is not None}
    assert {name for name in left if name.endswith((".part", ".mp4"))} == made


def test_parts_of_dead_runs_are_swept_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    hidden = storage.prepare(tmp_path)
    dead, alive = hidden / "dead.part", hidden / "alive.entry.part"
    dead.write_bytes(b"x")
    alive.write_bytes(b"x")
    with storage.exclusive(hidden, "alive", deadline_s=1.0):
        storage.sweep(hidden)
    assert (dead.exists(), alive.exists()) == (False, True)
