"""A short storm with real processes really killed: each second of the talk is held or explained."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stagebox.rehearsal.accounting import ReadOutput, account
from stagebox.rehearsal.readback import read_back

pytestmark = [pytest.mark.venue, pytest.mark.timeout(300)]

SEED = 4
"""Kills the engine, then OBS."""


def test_a_storm_leaves_every_second_in_an_output_or_in_a_finding(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "stagebox", "rehearse", "--json", "--fault", "random"]
    command += ["--seconds", "30", "--seed", str(SEED), "--keep", str(tmp_path / "kept")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, env={**os.environ})
    said = json.loads(done.stdout)
    assert [one["fault"] for one in said["played"]] == ["engine-killed", "obs-killed"], done.stderr
    assert all(one["recovered_after_s"] is not None for one in said["played"])
    assert said["seed"] == SEED
    assert f"seed {SEED}" in done.stderr
    # Anew, from the files alone: nothing here trusts what the rehearsal said of itself.
    output = Path(said["output"])
    (report,) = (tmp_path / "kept" / "talks" / "reports").glob(f"{output.stem}.json")
    findings = json.loads(report.read_text())["findings"]
    held = ReadOutput(read_back(output).frames, findings)
    found = account((said["ticks"][0], said["ticks"][1]), [held])
    assert found.unaccounted == ()
    assert len(found.held) > 6
    assert "gap" in [finding["code"] for finding in findings]
    assert said["rescue"] is not None
    assert said["audio_gap_s"] <= said["own_audio_gap_s"]
