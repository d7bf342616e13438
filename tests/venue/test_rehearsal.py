"""A whole rehearsal, judged by reading its files anew: nothing here trusts what the rehearsal said."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from stagebox.rehearsal.flow import SCENES
from stagebox.rehearsal.readback import Readback, read_back

pytestmark = [pytest.mark.venue, pytest.mark.timeout(300)]


@dataclass(frozen=True)
class Rehearsed:
    """What a rehearsal said and left."""

    code: int
    said: dict[str, Any]
    folder: Path
    read: Readback

    @property
    def output(self) -> Path:
        return Path(self.said["output"])


def left_behind(temporary: Path) -> list[str]:
    """Processes that a rehearsal with this temporary folder started, and that still run."""
    found = []
    for process in psutil.process_iter():
        try:
            mine = process.environ().get("TMPDIR") == str(temporary)
            if mine and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
        except (psutil.Error, OSError):
            continue
    return found


TRIES = 3
UNFAIR_LATE_S = 0.25
"""A machine that keeps the venue's own painters waiting this long is too busy for a fair rehearsal."""


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """A rehearsal on a machine that had time for it: an unfair one is done again, up to three times."""
    for number in range(TRIES):
        found = rehearse(tmp_path_factory.mktemp(f"rehearsal{number}"))
        if not found.said["problems"] or found.said["venue_late_s"] < UNFAIR_LATE_S:
            break
    return found


def rehearse(folder: Path) -> Rehearsed:
    temporary, kept = folder / "t", folder / "kept"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "stagebox", "rehearse", "--seconds", "18", "--keep", str(kept), "--json"],
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert done.returncode in (0, 1), done.stderr
    assert left_behind(temporary) == []
    assert list(temporary.iterdir()) == []
    said = json.loads(done.stdout)
    drawn = kept / "state" / "cards"
    cards = {scene: drawn / f"{scene}.png" for scene in ("intro", "intermission", "outro")}
    return Rehearsed(done.returncode, said, kept, read_back(Path(said["output"]), pictures=cards))


def packet_hashes(path: Path) -> list[str]:
    """Per stream, the MD5 of its packets, as plain ffmpeg tells them."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0", "-c", "copy", "-f", "streamhash"]
    done = subprocess.run([*command, "-hash", "md5", "-"], capture_output=True, text=True, check=True)
    return sorted(line.split(",", 1)[1] for line in done.stdout.splitlines())


def test_the_recording_is_proven_and_unflagged(rehearsed: Rehearsed) -> None:
    assert rehearsed.said["verdict"] == "ok"
    assert [alarm for alarm in rehearsed.said["alarms"] if alarm["level"] != "note"] == []
    assert rehearsed.said["fault"] is None


def test_each_streams_packets_are_those_of_the_flv(rehearsed: Rehearsed) -> None:
    (flv,) = (rehearsed.folder / "recordings").glob("*.flv")
    assert packet_hashes(flv) == packet_hashes(rehearsed.output)
    assert len(packet_hashes(flv)) == 2


def test_the_counter_counts_on_without_a_gap(rehearsed: Rehearsed) -> None:
    assert rehearsed.read.picture.gap_s == 0.0
    # Ticks of the venue's clock (60 a second) pass exactly as the file's own time does.
    first, last = rehearsed.read.picture.first_tick, rehearsed.read.picture.last_tick
    assert first is not None
    assert last is not None
    numbered = [frame for frame in rehearsed.read.frames if frame.tick is not None]
    assert (last - first) / 60 == pytest.approx(numbered[-1].at_s - numbered[0].at_s, abs=0.1)
    ticks = [frame.tick for frame in numbered if frame.tick is not None]
    assert ticks == sorted(ticks)


def test_the_speech_is_audible_and_whole(rehearsed: Rehearsed) -> None:
    assert rehearsed.read.sound.speech_audible
    assert rehearsed.said["audio_gap_s"] == 0.0


def test_each_scene_appears_in_the_order_asked(rehearsed: Rehearsed) -> None:
    seen = [span.scene for span in rehearsed.read.scenes]
    changes = [scene for number, scene in enumerate(seen) if number == 0 or seen[number - 1] != scene]
    assert changes == [*SCENES]


def test_the_json_keeps_the_contract_and_the_exit_code_agrees(rehearsed: Rehearsed) -> None:
    said = rehearsed.said
    keys = "verdict session output segments duration_s alarms gap_s audio_gap_s fault"
    assert set(keys.split()) <= set(said)
    assert said["duration_s"] == pytest.approx(18.0, abs=3.0)
    assert all(Path(segment).exists() for segment in said["segments"])
    assert rehearsed.code == (1 if said["problems"] else 0)


def test_no_secret_is_in_any_log_or_settings_file(rehearsed: Rehearsed) -> None:
    state = rehearsed.folder / "state"
    secrets = [
        (state / "api-token").read_text().strip(),
        (state / "obs" / "websocket-password").read_text().strip(),
    ]
    told = [rehearsed.folder / "serve.log", rehearsed.folder / "stagebox.toml"]
    told += list((rehearsed.folder / "talks" / "reports").iterdir())
    told += list((state / "journal").iterdir())
    for path in told:
        text = path.read_bytes()
        for secret in secrets:
            assert len(secret) > 20
            assert secret.encode() not in text, path


def test_secret_files_are_for_their_owner_alone(rehearsed: Rehearsed) -> None:
    for name in ("api-token", "obs/websocket-password"):
        assert (rehearsed.folder / "state" / name).stat().st_mode & 0o077 == 0


def test_interrupted_in_the_middle_it_leaves_nothing_behind(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "stagebox", "rehearse", "--seconds", "60"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        start_new_session=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "On program: speaker" in line:
            break
    process.send_signal(2)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert left_behind(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
