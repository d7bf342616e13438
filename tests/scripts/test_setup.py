"""What scripts/setup says where it cannot go on. That it works, scripts/test shows at its own start."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDS_PERSON = 2


@pytest.fixture
def clone() -> Iterator[Path]:
    """A folder with what set-up reads, which every user may read, and an empty `bin` for programs."""
    with tempfile.TemporaryDirectory(prefix="stagebox-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(ROOT / "scripts", folder / "scripts")
        for file in ("pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / file, folder)
        (folder / "bin").mkdir()
        yield folder


def _program(clone: Path, name: str, script: str) -> Path:
    file = clone / "bin" / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def _set_up(clone: Path, path: str, user: int | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", clone / "scripts/setup"],
        env={"PATH": path, "HOME": str(clone), **more},
        user=user,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_the_rights_it_prints_the_one_command_to_run(clone: Path) -> None:
    (clone / "scripts/debian-packages.txt").write_text(
        "# ours\nbash  # is everywhere\nstagebox-no-such-package\n"
    )
    _program(clone, "sudo", "exit 1")
    _program(clone, "apt-get", "echo apt-get was called >&2")
    _program(clone, "dpkg-query", "echo 'ii |bash'; exit 1")
    nobody = 65534 if os.geteuid() == 0 else None
    ended = _set_up(clone, f"{clone}/bin:{os.defpath}", user=nobody)
    assert ended.returncode == NEEDS_PERSON
    command = ended.stderr.splitlines()[-1].strip()
    assert command == (
        "sudo apt-get update && sudo apt-get install --no-install-recommends -y stagebox-no-such-package"
    )
    assert not (clone / ".venv").exists()


def test_where_there_is_no_apt_it_names_the_programs_that_must_be_there(clone: Path) -> None:
    for tool in ("dirname", "sed", "sort", "flock"):
        (clone / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    _program(clone, "ffmpeg", "")
    ended = _set_up(clone, str(clone / "bin"))
    assert ended.returncode == NEEDS_PERSON
    assert "this is not Debian" in ended.stderr
    assert "obs ffprobe Xvfb" in ended.stderr
    assert "Python 3.11" in ended.stderr


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ('case "$*" in *%d.%d.%d*) echo 3.9.2 ;; *) exit 1 ;; esac', "is 3.9.2"),
        ('case "$*" in *ensurepip*) exit 1 ;; esac', "cannot make virtual environments"),
        ("exit 127", "is broken"),
    ],
)
def test_a_python_that_does_not_do_is_named_with_the_reason(script: str, told: str, clone: Path) -> None:
    (clone / "scripts/debian-packages.txt").write_text("# none\n")
    python = _program(clone, "python3", script)
    _program(clone, "apt-get", "exit 1")
    _program(clone, "dpkg-query", "exit 1")
    ended = _set_up(clone, f"{clone}/bin:{os.defpath}", PYTHON=str(python))
    assert ended.returncode == NEEDS_PERSON
    assert f"{python} {told}" in ended.stderr
    assert "PYTHON=/path/to/python3 scripts/setup" in ended.stderr


def test_a_failing_step_shows_the_end_of_its_log_and_fails(clone: Path) -> None:
    (clone / "scripts/debian-packages.txt").write_text("# none\n")
    python = _program(
        clone,
        "python3",
        'case "$*" in *%d.%d.%d*) echo 3.11.2 ;; *"-m venv"*) echo the disk is full >&2; exit 1 ;; esac',
    )
    _program(clone, "apt-get", "exit 1")
    _program(clone, "dpkg-query", "exit 1")
    ended = _set_up(clone, f"{clone}/bin:{os.defpath}", PYTHON=str(python), TMPDIR=str(clone))
    assert ended.returncode == 1
    assert "failed" in ended.stdout
    assert "the disk is full" in ended.stderr
    assert not (clone / ".venv/.setup-stamp").exists()
