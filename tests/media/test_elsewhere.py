"""The batch and its commands in a Python that lacks what only Linux has, beside the same in this one."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.system import elsewhere

pytestmark = pytest.mark.slow

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "XDG_STATE_HOME": str(tmp_path / "state")}


@pytest.fixture(params=["here", "elsewhere"])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Run:
    if request.param == "elsewhere":
        (tmp_path / "site").mkdir()
        shutil.copy(elsewhere.SOURCE, tmp_path / "site" / "sitecustomize.py")

    def asked(*arguments: object, ends: int = 0) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "stagebox", *map(str, arguments)],
            env=environment(tmp_path),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=100,
        )
        assert done.returncode == ends, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return asked


def reports(done: "subprocess.CompletedProcess[str]") -> dict[str, dict[str, Any]]:
    """The reports of a run by the names of their recordings."""
    return {Path(one["source"]).name: one for one in json.loads(done.stdout)}


def test_the_platform_lacks_what_it_should(tmp_path: Path) -> None:
    shutil.copy(elsewhere.SOURCE, tmp_path / "sitecustomize.py")
    words = "import os, signal; print(hasattr(os, 'pread'), hasattr(os, 'fork'), hasattr(signal, 'SIGKILL'))"
    done = subprocess.run(
        [sys.executable, "-c", words + "\nimport fcntl"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["False"] * 3
    assert "ModuleNotFoundError" in done.stderr


def test_a_whole_a_torn_and_a_foreign_recording(run: Run, talk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    whole = talk.read_bytes()
    (folder / "whole.flv").write_bytes(whole)
    (folder / "torn.flv").write_bytes(whole[: len(whole) * 2 // 3])
    (folder / "rubbish.mp4").write_bytes(b"\r\n\x1a" * 4000)
    made = reports(run("process", folder, "--out", "out", "--json", ends=1))
    assert {name: one["verdict"] for name, one in made.items()} == {
        "whole.flv": "ok",
        "torn.flv": "flagged",
        "rubbish.mp4": "failed",
    }
    assert all(made[name]["lossless"] for name in ("whole.flv", "torn.flv"))
    for name in ("whole.mp4", "torn.mp4"):
        plays = ["ffmpeg", "-v", "error", "-xerror", "-i", tmp_path / "out" / name, "-f", "null", "-"]
        assert subprocess.run(plays, capture_output=True, check=False).stderr == b""
    again = run("process", folder, "--out", "out", ends=1)
    assert "whole" in again.stdout
    assert not list((tmp_path / "out").glob("*(2)*"))
    assert (folder / "whole.flv").read_bytes() == whole
    seen = reports(run("verify", folder, "--json", ends=1))
    assert {name: one["verdict"] for name, one in seen.items()} == {
        name: one["verdict"] for name, one in made.items()
    }


def test_a_word_against_a_finding(run: Run, talk: Path, tmp_path: Path) -> None:
    (tmp_path / "torn.flv").write_bytes(talk.read_bytes()[:-3000])
    found = reports(run("process", "torn.flv", "--json", ends=1))["torn.flv"]
    for code in {one["code"] for one in found["findings"] if one["severity"] != "note"}:
        run("accept", "torn.mp4", code, "--note", "the speaker had ended")
    assert (
        "the speaker had ended"
        in run("process", "torn.flv").stdout + (tmp_path / "reports/torn.html").read_text()
    )


def test_settings_and_help(run: Run, tmp_path: Path) -> None:
    assert "process" in run("--help").stdout
    (tmp_path / "stagebox.toml").write_bytes('[event]\r\nroom = "Großer Saal"\r\n'.encode())
    assert "Großer Saal" in run("--config", "stagebox.toml", "config").stdout
    example = run("config", "--example").stdout
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")
    run("--config", "example.toml", "config", "--json")


def test_a_folder_is_watched(run: Run, talk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "arrivals"
    folder.mkdir()
    shutil.copy(talk, folder / "first.flv")
    watching = subprocess.Popen(
        [sys.executable, "-m", "stagebox", "watch", str(folder), "--json"],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert watching.stdout is not None
        assert json.loads(watching.stdout.readline())["verdict"] == "ok"
        assert (folder / "first.mp4").is_file()
    finally:
        watching.terminate()
        watching.communicate(timeout=30)
