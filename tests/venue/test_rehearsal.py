"""A newcomer's first command beside two programs that never rest: the chain works, and the exit code says so.

Judged by reading its files anew: nothing here trusts what the rehearsal said.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from stagebox.rehearsal.canvas_ladder import LADDER
from stagebox.rehearsal.continuity import GAP_S
from stagebox.rehearsal.flow import SCENES
from stagebox.rehearsal.readback import Readback, read_back

pytestmark = [pytest.mark.venue, pytest.mark.timeout(500)]

LOOP = "while :; do :; done"
LOOPS = 2
SECONDS = 14


@dataclass(frozen=True)
class Rehearsed:
    """What a rehearsal said and left."""

    code: int
    said: dict[str, Any]
    steps: str
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


@pytest.fixture(scope="module")
def loops() -> Iterator[None]:
    """Two programs that never rest, at normal priority, each in a session of its own."""
    running = [subprocess.Popen(["sh", "-c", LOOP], start_new_session=True) for _ in range(LOOPS)]
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


@pytest.fixture(scope="module")
def rehearsed(loops: None, tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    folder = tmp_path_factory.mktemp("rehearsal")
    temporary, kept = folder / "t", folder / "kept"
    temporary.mkdir()
    command = [sys.executable, "-m", "stagebox", "rehearse", "--seconds", str(SECONDS), "--json"]
    done = subprocess.run(
        [*command, "--keep", str(kept)],
        capture_output=True,
        text=True,
        timeout=450,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert done.stdout, done.stderr
    assert left_behind(temporary) == []
    assert list(temporary.iterdir()) == []
    said = json.loads(done.stdout)
    drawn = kept / "state" / "cards"
    cards = {scene: drawn / f"{scene}.png" for scene in ("intro", "intermission", "outro")}
    read = read_back(Path(said["output"]), pictures=cards)
    return Rehearsed(done.returncode, said, done.stderr, kept, read)


def packet_hashes(path: Path) -> list[str]:
    """Per stream, the MD5 of its packets, as plain ffmpeg tells them."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0", "-c", "copy", "-f", "streamhash"]
    done = subprocess.run([*command, "-hash", "md5", "-"], capture_output=True, text=True, check=True)
    return sorted(line.split(",", 1)[1] for line in done.stdout.splitlines())


def test_it_ends_well_and_lacks_nothing(rehearsed: Rehearsed) -> None:
    assert rehearsed.said["problems"] == []
    assert (rehearsed.code, rehearsed.said["gap_s"], rehearsed.said["audio_gap_s"]) == (0, 0.0, 0.0)


def test_the_recording_itself_goes_on_without_a_gap(rehearsed: Rehearsed) -> None:
    read = rehearsed.read
    assert read.duration_s == pytest.approx(SECONDS, abs=3.0)
    steps = [after.at_s - before.at_s for before, after in zip(read.frames, read.frames[1:], strict=False)]
    # Nowhere does a gap's worth of pictures lack: a picture stands until the next one comes.
    assert max(steps) - min(steps) < GAP_S + 0.005


def test_the_canvas_is_one_that_was_measured_and_is_in_the_recording(rehearsed: Rehearsed) -> None:
    canvas = rehearsed.said["canvas"]
    tried = [(one["width"], one["height"], one["fps"]) for one in canvas["trials"]]
    taken = (canvas["width"], canvas["height"], canvas["fps"])
    assert taken in tried
    assert taken in [(rung.width, rung.height, rung.fps) for rung in LADDER]
    probe = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "json"]
    probe += ["-show_entries", "stream=width,height,avg_frame_rate", rehearsed.said["output"]]
    stream = json.loads(subprocess.run(probe, capture_output=True, check=True, text=True).stdout)["streams"][
        0
    ]
    above, _, below = stream["avg_frame_rate"].partition("/")
    assert (stream["width"], stream["height"]) == taken[:2]
    assert float(above) / float(below) == pytest.approx(taken[2], rel=0.05)
    assert f"Canvas: {canvas['why']}" in rehearsed.steps


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may ask for the processor here")
def test_obs_was_given_the_processor_first(rehearsed: Rehearsed) -> None:
    assert rehearsed.said["canvas"]["obs_first"] is True


def test_nothing_that_a_newcomer_would_ask_about_is_among_its_alarms(rehearsed: Rehearsed) -> None:
    assert {row["code"] for row in rehearsed.said["alarms"]} <= {"render_lag", "encoder_lag", "cpu_busy"}
    assert {row["code"] for row in rehearsed.said["noted"]} <= {"clock_unsynced"}


def test_the_trials_leave_nothing_behind(rehearsed: Rehearsed) -> None:
    assert len(list((rehearsed.folder / "recordings").glob("*.flv"))) == 1
    assert not list(rehearsed.folder.rglob("trial"))


def test_the_recording_is_proven_and_unflagged(rehearsed: Rehearsed) -> None:
    assert rehearsed.said["verdict"] == "ok"
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
    assert said["duration_s"] == pytest.approx(SECONDS, abs=3.0)
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
