"""The backup file: readable after any death of its writer, never overwritten, honest about its gaps."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from stagebox.devices.backup_recorder.backup import (
    GAPS,
    MARKS,
    BackupDiary,
    BackupWriter,
    ClockMark,
    FilledGap,
    claim,
    diary_path,
)
from stagebox.media.rescue.backups import read_diary
from tests.sound_tools import RATE_HZ, tone, until

BLOCK = RATE_HZ // 10


def begin(path: Path) -> BackupWriter:
    return BackupWriter(path, device="room.monitor", rate_hz=RATE_HZ, channels=2, latency_s=0.2)


def told(path: Path) -> dict[str, object]:
    said = json.loads(diary_path(path).read_text())
    assert isinstance(said, dict)
    return said


def test_what_was_heard_comes_back_sample_for_sample(tmp_path: Path) -> None:
    sound = tone(2.0, -20.0, -30.0)
    backup = begin(tmp_path / "a.flac")
    for n in range(20):
        backup.add(sound[n * BLOCK : (n + 1) * BLOCK], 0, 50.0 + n / 10)
    assert backup.close()
    read, rate_hz = soundfile.read(tmp_path / "a.flac", dtype="float32")
    assert rate_hz == RATE_HZ
    assert read.shape == sound.shape
    assert float(np.abs(read - sound).max()) < 1 / 32_000
    said = told(tmp_path / "a.flac")
    assert said["closed"] is True
    assert said["frames"] == 2 * RATE_HZ


def test_the_diary_says_when_the_first_sample_was_heard(tmp_path: Path) -> None:
    backup = begin(tmp_path / "a.flac")
    for n in range(3):
        backup.add(tone(0.1, -20.0, -20.0), 0, 50.1 + n / 10)
    assert backup.close()
    said = told(tmp_path / "a.flac")
    assert said["started_monotonic_s"] == pytest.approx(50.0)
    assert said["rate_hz"] == RATE_HZ
    assert said["device"] == "room.monitor"


def test_blocks_that_waited_while_the_recorder_was_busy_make_no_step_in_the_clocks(
    tmp_path: Path,
) -> None:
    backup = begin(tmp_path / "a.flac")
    apart_s = time.time() - time.monotonic()
    # They all come at once, as after a device was opened on a busy computer.
    arrived = [time.monotonic() - 12.0 + n / 10 for n in range(120)]
    for at in arrived:
        backup.add(tone(0.1, -20.0, -20.0), 0, at)
    assert backup.close()
    diary = read_diary(tmp_path / "a.flac")
    assert diary.started_utc == pytest.approx(arrived[0] - 0.1 + apart_s - 0.2, abs=0.1)
    assert diary.started_monotonic_s == pytest.approx(arrived[0] - 0.1 - 0.2)


def test_lost_sound_becomes_silence_so_that_what_follows_stays_in_its_place(tmp_path: Path) -> None:
    backup = begin(tmp_path / "a.flac")
    block = tone(0.1, -20.0, -20.0)
    backup.add(block, 0, 50.1)
    backup.add(block, RATE_HZ // 2, 50.7)
    assert backup.close()
    read, _ = soundfile.read(tmp_path / "a.flac")
    assert len(read) == round(0.7 * RATE_HZ)
    assert not read[BLOCK : BLOCK + RATE_HZ // 2].any()
    assert read[-BLOCK:].any()
    gaps = told(tmp_path / "a.flac")["gaps"]
    assert isinstance(gaps, list)
    assert gaps[0]["frame"] == BLOCK
    assert gaps[0]["frames"] == RATE_HZ // 2


def test_a_backup_never_overwrites_a_file(tmp_path: Path) -> None:
    wanted = tmp_path / "talk.flac"
    wanted.write_bytes(b"somebody's talk")
    backup = begin(wanted)
    assert backup.path == tmp_path / "talk-part-2.flac"
    assert backup.close()
    assert wanted.read_bytes() == b"somebody's talk"
    assert claim(wanted) == tmp_path / "talk-part-3.flac"


def test_a_diary_without_its_file_is_not_overwritten_either(tmp_path: Path) -> None:
    (tmp_path / "talk.flac.json").write_text("{}")
    assert claim(tmp_path / "talk.flac") == tmp_path / "talk-part-2.flac"


def test_a_folder_that_is_not_there_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        begin(tmp_path / "gone" / "a.flac")


def test_a_disk_that_stops_taking_sound_ends_the_file_with_a_sentence(tmp_path: Path) -> None:
    script = (
        "import sys, numpy as np; from pathlib import Path\n"
        "from stagebox.devices.backup_recorder.backup import BackupWriter\n"
        "backup = BackupWriter(Path(sys.argv[1]), device='x', rate_hz=48000, channels=2, latency_s=0.0)\n"
        "noise = np.random.default_rng(1).uniform(-1, 1, (4800, 2)).astype('float32')\n"
        "for n in range(100): backup.add(noise, 0, n / 10)\n"
        "backup.close(20); print(backup.fault)\n"
    )
    done = subprocess.run(
        [
            "bash",
            "-c",
            'ulimit -f 64; exec "$0" "$@"',
            sys.executable,
            "-c",
            script,
            str(tmp_path / "a.flac"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "cannot be written" in done.stdout, done.stderr
    assert (tmp_path / "a.flac").stat().st_size > 0


@pytest.mark.slow
def test_a_killed_writer_loses_less_than_a_second_and_leaves_a_file_that_reads(tmp_path: Path) -> None:
    script = (
        "import sys, time, numpy as np; from pathlib import Path\n"
        "from stagebox.devices.backup_recorder.backup import BackupWriter\n"
        "backup = BackupWriter(Path(sys.argv[1]), device='x', rate_hz=48000, channels=2, latency_s=0.0)\n"
        "noise = np.random.default_rng(1).uniform(-.1, .1, (4800, 2)).astype('float32')\n"
        "began = time.monotonic()\n"
        "for n in range(1000):\n"
        "    time.sleep(max(0.0, began + n / 10 - time.monotonic()))\n"
        "    backup.add(noise, 0, time.monotonic()); print(n + 1, flush=True)\n"
    )
    path = tmp_path / "a.flac"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        given = 0
        while given < 30:
            given = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
    read, rate_hz = soundfile.read(path)
    assert 3.0 - 1.0 < len(read) / rate_hz <= 3.2
    decoded = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-"],
        capture_output=True,
        timeout=60,
        check=True,
    )
    # A kill in the middle of a frame leaves its beginning, of which ffmpeg complains; nothing before is bad.
    assert decoded.stderr.count(b"Error while decoding") <= 1, decoded.stderr
    assert len(decoded.stdout) / 4 >= len(read)
    assert told(path)["closed"] is False


def test_a_disk_that_stands_still_costs_a_counted_gap_and_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from stagebox.devices.backup_recorder import backup as module

    stuck = threading.Event()
    real = module._put_count

    def wait(header: object, frames: int) -> None:
        assert stuck.wait(30)
        real(header, frames)  # type: ignore[arg-type]  # Passed on as it came.

    monkeypatch.setattr(module, "_put_count", wait)
    monkeypatch.setattr(module, "QUEUE_BLOCKS", 5)
    backup = begin(tmp_path / "a.flac")
    block = tone(0.1, -20.0, -20.0)
    backup.add(block, 0, 50.0)
    until(lambda: backup.written_s > 0, 10, "the first block")
    for n in range(1, 21):
        backup.add(block, 0, 50.0 + n / 10)
    assert backup.dropped == 15
    stuck.set()
    until(lambda: backup.written_s >= 0.6 - 1e-6, 10, "the blocks that waited")
    backup.add(block, 0, 52.1)
    assert backup.close()
    assert backup.written_s == pytest.approx(2.2)
    assert told(backup.path)["frames"] == round(2.2 * RATE_HZ)


def test_the_diary_stays_bounded_and_keeps_its_first_mark() -> None:
    diary = BackupDiary(file="a", device="b", rate_hz=48_000, channels=2, latency_s=0.0, clock="c")
    for n in range(10 * MARKS):
        diary.mark(ClockMark(n, float(n), float(n)))
        diary.gap(FilledGap(n, 1, 1.0, "x"))
    assert len(diary.marks) <= MARKS
    assert diary.marks[0].frame == 0
    assert len(diary.gaps) == GAPS
    assert diary.gaps_left_out == 10 * MARKS - GAPS
