"""`stagebox release`: what may go goes only when somebody says so; what may not is told with its reason."""

import fcntl
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stagebox import __version__
from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.model.settings import Settings
from tests.media.asking import config, recorded, said, told
from tests.media.conftest import ffmpeg

pytestmark = [pytest.mark.venue, pytest.mark.files]


def states(value: dict[str, Any]) -> dict[str, str]:
    """State or reason of each recording, by name."""
    return {Path(one["source"]).name: one["code"] or one["state"] for one in value["recordings"]}


def files_in(folder: Path) -> set[Path]:
    """The files in a folder and the folders in it, without links."""
    return {path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def test_every_state_is_told_and_only_what_is_proven_and_settled_moves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, out, settings = tmp_path / "rec", tmp_path / "talks", config(tmp_path)
    command = ("-c", settings, "release", rec, "--out", out)
    assert said(capsys, *command)[0] == 2  # no such folder
    rec.mkdir()
    assert told(capsys, *command) == (
        0,
        {"schema": "stagebox.release/1", "folder": str(rec), "recordings": []},
    )
    good = recorded(rec / "hall 1" / "good.flv", quiet_from_s=100.0, length_s=4.0)
    names = ("source_changed", "output_gone", "output_changed", "differs", "busy", "old", "growing", "part 1")
    paths = {name: rec / "hall 1" / f"{name}.flv" for name in names}
    for path in paths.values():
        shutil.copy(good, path)
    ts = rec / "good.ts"
    ffmpeg("-i", good, "-c", "copy", ts)
    look = recorded(rec / "hall 2" / "needs a look.flv")
    fine = recorded(rec / "hall 2" / "accepted.flv")
    broken = rec / "hall 2" / "broken.flv"
    broken.write_bytes(b"no recording")
    for path in rec.rglob("*.flv"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    (rec / "hall 2" / "link.flv").symlink_to(good)

    assert {*states(told(capsys, *command)[1]).values()} == {"not_processed", "linked"}
    assert told(capsys, "-c", settings, "process", rec, "--out", out)[0] in (1, 2)
    (made,) = out.rglob("accepted.mp4")
    told(capsys, "-c", settings, "accept", made, "silent", "--note", "A film")

    # What may happen between the evening and the day on which somebody asks.
    by_name = {path.stem: path for path in out.rglob("*.mp4")}
    with paths["source_changed"].open("ab") as stream:
        stream.write(b"more")
    by_name["output_gone"].unlink()
    with by_name["output_changed"].open("ab") as stream:
        stream.write(b"more")
    entries = {
        Path(value["sources"][0]["path"]).stem: (path, value)
        for path in out.rglob(".stagebox/*.json")
        if (value := json.loads(path.read_text()))["schema"] == "stagebox.manifest/1"
    }
    path, value = entries["old"]
    path.write_text(json.dumps(value | {"version": "0.2.0"}))
    assert entries["good"][1]["version"] == __version__
    # Another recording's MP4 under this talk's name, size and time, as a careless copy leaves it.
    path, value = entries["differs"]
    by_name["differs"].write_bytes(by_name["accepted"].read_bytes())
    os.utime(by_name["differs"], (1_700_000_000, 1_700_000_000))
    seen = by_name["differs"].stat()
    value["output"] |= {"size_bytes": seen.st_size, "mtime_ns": seen.st_mtime_ns}
    path.write_text(json.dumps(value))
    path, value = entries["part 1"]
    gone = value["sources"][0] | {"path": str(rec / "hall 1" / "part 2.flv")}
    path.write_text(json.dumps(value | {"sources": [value["sources"][0], gone]}))

    lock = entries["busy"][0].with_suffix(".lock")
    with lock.open("w") as held, paths["growing"].open("ab"):
        fcntl.flock(held, fcntl.LOCK_EX)
        os.utime(paths["growing"])
        code, value = told(capsys, *command)
    expected = {
        "good.flv": "may_go",
        "good.ts": "may_go",
        "accepted.flv": "may_go",
        "source_changed.flv": "source_changed",
        "output_gone.flv": "output_gone",
        "output_changed.flv": "output_changed",
        "differs.flv": "differs",
        "busy.flv": "busy",
        "old.flv": "old_report",
        "growing.flv": "growing",
        "part 1.flv": "part_gone",
        "needs a look.flv": "needs_person",
        "broken.flv": "no_output",
        "link.flv": "linked",
    }
    assert (code, states(value)) == (1, expected)
    assert all(one["moved_to"] is None and not one["deleted"] for one in value["recordings"])
    code, text, _ = said(capsys, *command)
    assert "✓ may go" in text
    assert "Compared again now, recording and MP4 differ." in text

    before = {path: path.read_bytes() for path in files_in(rec)}
    aside = tmp_path / "aside"
    code, value = told(capsys, *command, "--move-to", aside)
    assert code == 1
    moved = {one["source"]: one["moved_to"] for one in value["recordings"] if one["moved_to"]}
    assert moved[str(good)] == str(aside / "hall 1" / "good.flv")
    assert {Path(path).name for path in moved} >= {"good.flv", "good.ts", "accepted.flv"}
    for source, target in moved.items():
        assert Path(target).read_bytes() == before[Path(source)]
    assert files_in(rec) == before.keys() - {Path(one) for one in moved}
    assert look.exists()
    assert not fine.exists()


def test_the_recordings_of_one_talk_go_together_also_after_a_kill_between_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, out, settings = tmp_path / "rec", tmp_path / "talks", config(tmp_path)
    first = recorded(rec / "talk.flv", quiet_from_s=100.0, length_s=4.0)
    second = recorded(rec / "talk-part-2.flv", quiet_from_s=100.0, length_s=3.0)
    outcome = process(Job((first, second), out, splits=(1,)), Settings())
    assert outcome.report.verdict == "ok"
    command = ("-c", settings, "release", out)
    code, value = told(capsys, *command)
    assert (code, states(value)) == (0, {"talk.flv": "may_go", "talk-part-2.flv": "may_go"})

    # As a run leaves it that is killed when the first was moved: written down, one here, one there.
    aside = tmp_path / "aside"
    (hidden,) = out.glob(".stagebox")
    (entry,) = hidden.glob("*.json")
    moves = {str(one): str(aside / one.name) for one in (first, second)}
    (hidden / "released").mkdir()
    (hidden / "released" / entry.name).write_text(
        json.dumps({"schema": "stagebox.released/1", "moved": moves})
    )
    aside.mkdir()
    first.rename(aside / first.name)
    code, value = told(capsys, *command, "--move-to", aside)
    assert (code, states(value)) == (0, {"talk-part-2.flv": "may_go"})
    assert sorted(path.name for path in aside.iterdir()) == ["talk-part-2.flv", "talk.flv"]
    assert list(rec.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "gone"), [("delete", True), ("yes", False), ("", False), ("Delete", False)]
)
def test_deleting_takes_the_word_at_a_terminal(tmp_path: Path, typed: str, gone: bool) -> None:
    rec, out, settings = tmp_path / "rec", tmp_path / "talks", config(tmp_path)
    path = recorded(rec / "talk.flv", quiet_from_s=100.0, length_s=3.0)
    process(Job((path,), out), Settings())
    command = [sys.executable, "-m", "stagebox", "-c", str(settings), "release", str(rec), "--out", str(out)]
    piped = subprocess.run(
        [*command, "--delete"], input=b"delete\n", capture_output=True, timeout=60, check=False
    )
    assert piped.returncode == 2
    assert b"terminal" in piped.stderr
    assert path.exists()
    ours, theirs = pty.openpty()
    try:
        asked = subprocess.Popen([*command, "--delete"], stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        told = b""
        while b"Type delete to delete 1 recording" not in told:
            told += os.read(ours, 4096)
        assert path.exists()
        os.write(ours, typed.encode() + b"\n")
        while asked.poll() is None:
            try:
                told += os.read(ours, 4096)
            except OSError:  # the other side of the terminal is closed
                break
        assert asked.wait(60) == 0, told
    finally:
        os.close(ours)
    assert path.exists() is not gone, told
    assert (out / "talk.mp4").exists()
