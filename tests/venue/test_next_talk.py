"""Talks back to back in real OBS: every second is in one of the MP4s, also when OBS dies between two."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.venue, pytest.mark.timeout(400)]


def rehearsed(folder: Path, *more: str) -> dict[str, Any]:
    """What `stagebox rehearse --talks` tells."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "stagebox", "rehearse", "--json", "--keep", str(folder)),
            *more,
        ],
        capture_output=True,
        text=True,
        timeout=380,
    )
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_three_talks_back_to_back_lack_nothing_at_their_seams(tmp_path: Path) -> None:
    told = rehearsed(tmp_path / "work", "--seconds", "24", "--talks", "3")
    talks = told["talks"]
    assert len(talks) == 3
    assert len({one["output"] for one in talks}) == 3
    title = "The night the recording died"
    assert [one["title"] for one in talks] == [title, f"{title}, part 2", f"{title}, part 3"], "by schedule"
    assert told["between_gap_s"] <= 0.0, talks
    for one in talks:
        assert one["gap_s"] == 0.0, told
        assert Path(one["output"]).exists()
        assert one["last_counter"] - one["first_counter"] > 5 * 60
    assert len(told["segments"]) == 1, "OBS was to record on"


def test_obs_that_dies_between_two_talks_costs_the_second_what_it_took_to_come_back(tmp_path: Path) -> None:
    told = rehearsed(tmp_path / "work", "--seconds", "24", "--talks", "3", "--fault", "obs-killed")
    first, second, third = told["talks"]
    assert first["verdict"] == third["verdict"] == "ok"
    assert first["gap_s"] == 0.0
    assert third["gap_s"] < 1.0, "an OBS that has just begun leaves out pictures on a busy computer"
    assert 0.0 < second["gap_s"] < 10.0
    assert told["between_gap_s"] <= 0.0, told["talks"]
    assert len(told["segments"]) == 2
