"""The worker speaks JSON lines and exits as `stagebox process` does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stagebox.media.job import Job, request
from stagebox.model.settings import Settings


def ask(text: str) -> tuple[int, list[dict[str, object]]]:
    done = subprocess.run(
        [sys.executable, "-m", "stagebox.media.worker"],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.venue
def test_the_last_line_is_the_report(talk: Path, tmp_path: Path) -> None:
    code, lines = ask(request(Job((talk,), tmp_path), Settings(), gentle=True))
    report = lines[-1]["report"]
    assert code == 0
    assert isinstance(report, dict)
    assert report["verdict"] == "ok"
    assert all(set(line) == {"progress"} for line in lines[:-1])


@pytest.mark.parametrize("text", ["", "{", "[]", '{"job": {}}', '{"job": {"sources": 3, "out": "/"}}'])
def test_what_is_no_job_is_refused_with_a_sentence(text: str) -> None:
    code, lines = ask(text)
    assert code == 2
    assert "error" in lines[-1]


@pytest.mark.venue
def test_an_index_that_cannot_be_written_costs_no_talk(talk: Path, tmp_path: Path) -> None:
    (tmp_path / "reports" / "index.html").mkdir(parents=True)
    code, lines = ask(request(Job((talk,), tmp_path), Settings()))
    report = lines[-1]["report"]
    assert code == 0
    assert isinstance(report, dict)
    assert report["output"] == str(tmp_path / "talk.mp4")
