"""`stagebox rehearse` refuses what it cannot do, and ends tidily when told to."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stagebox.rehearsal import janitor
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.fault_catalogue import EVERY_FAULT

REPOSITORY = Path(__file__).parents[2]


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stagebox", "rehearse", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_unknown_fault_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    done = run("--fault", "coffee-spilt", cwd=tmp_path)
    assert done.returncode == 64
    assert all(name in done.stderr for name in EVERY_FAULT)


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "precious.flv").write_bytes(b"talk")
    done = run("--keep", str(tmp_path), cwd=tmp_path)
    assert done.returncode == 64
    assert "not an empty folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["precious.flv"]


@pytest.mark.venue
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=lambda ending: ending.name)
def test_ctrl_c_while_the_venue_is_set_up_leaves_nothing(tmp_path: Path, ending: signal.Signals) -> None:
    temporary, here, home = (tmp_path / name for name in ("t", "here", "home"))
    for folder in (temporary, here, home):  # a new home: nothing of its own sound server lies there yet
        folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "stagebox", "rehearse"],
        cwd=here,
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "TMPDIR": str(temporary),
            "HOME": str(home),
            "RUN": str(tmp_path),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        # As soon as the first child runs, in the middle of the set-up.
        assert wait_until(lambda: any(temporary.glob("stagebox-*/*.log")), 20)
        process.send_signal(ending)
        _, words = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in words
    assert list(temporary.iterdir()) == []
    assert list(here.iterdir()) == []
    assert list(home.iterdir()) == []
    assert janitor.carrying(f"RUN={tmp_path}") == []
