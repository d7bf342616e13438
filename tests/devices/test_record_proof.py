"""The tail of a growing recording, decoded by the real ffmpeg; and of files that do not play."""

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.devices.record_proof import RecordProof, prove_tail, read_tail
from stagebox.model.facts.proof import ProofReading
from stagebox.model.said import said_of

pytestmark = pytest.mark.venue

TIMEOUT_S = 30.0


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds as OBS writes them: x264 and AAC in FLV, a keyframe every ten seconds."""
    return record(tmp_path_factory.mktemp("recorded") / "talk.flv", "sine=440:r=48000")


def record(path: Path, sound: str | None) -> Path:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=12"]
    if sound is not None:
        command += ["-f", "lavfi", "-i", sound, "-c:a", "aac", "-ac", "2"]
    command += ["-t", "12", "-c:v", "libx264", "-preset", "ultrafast", "-g", "300", "-bf", "2", str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


def test_a_healthy_tail_is_decoded(recording: Path) -> None:
    found = prove_tail(recording, TIMEOUT_S)
    assert found.fault == ""
    assert found.end_s == pytest.approx(12.0, abs=0.2)
    assert found.frames >= 3
    assert found.moving
    assert found.sound_packets > 50
    assert found.peak_dbfs is not None
    assert -25 < found.peak_dbfs < 0


def test_a_file_cut_anywhere_proves_itself_up_to_there(recording: Path, tmp_path: Path) -> None:
    data = recording.read_bytes()
    cut = tmp_path / "growing.flv"
    for share in (0.31, 0.62, 0.93):
        cut.write_bytes(data[: int(len(data) * share)])
        found = prove_tail(cut, TIMEOUT_S)
        assert found.fault == ""
        assert found.end_s == pytest.approx(12.0 * share, abs=2.5)


def test_a_keyframe_far_back_is_found(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stagebox.devices.record_proof.FIRST_READ_BYTES", 4096)
    cut = tmp_path / "growing.flv"
    cut.write_bytes(recording.read_bytes()[: recording.stat().st_size * 3 // 4])
    tail = read_tail(cut)
    assert tail is not None
    assert tail.end_s == pytest.approx(9.0, abs=2.0)


def test_a_recording_of_silence_has_a_peak_of_silence(tmp_path: Path) -> None:
    found = prove_tail(record(tmp_path / "silent.flv", "anullsrc=r=48000:cl=stereo"), TIMEOUT_S)
    assert found.fault == ""
    assert found.peak_dbfs is not None
    assert found.peak_dbfs < -80


@pytest.mark.parametrize(
    ("picture", "mean", "peak"),
    [
        ("color=c=black:s=640x360:r=15", (0, 3), (0, 12)),
        ("color=c=black:s=640x360:r=15,drawbox=x=40:y=40:w=160:h=14:c=white:t=fill", (0, 19), (150, 255)),
        ("testsrc2=s=640x360:r=15", (60, 200), (200, 255)),
    ],
    ids=["black", "dark with a line of white", "bright"],
)
def test_the_end_of_a_recording_tells_how_bright_it_is(
    tmp_path: Path, picture: str, mean: tuple[int, int], peak: tuple[int, int]
) -> None:
    path = tmp_path / "a.flv"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=r=48000"]
    command += ["-t", "2", "-c:v", "libx264", "-preset", "ultrafast", "-g", "15", "-c:a", "aac", str(path)]
    subprocess.run(command, check=True, timeout=60)
    tail = prove_tail(path, 20.0)
    assert tail.fault == ""
    assert tail.mean_level is not None
    assert tail.peak_level is not None
    assert mean[0] <= tail.mean_level <= mean[1]
    assert peak[0] <= tail.peak_level <= peak[1]


def test_a_recording_without_sound_has_no_peak(tmp_path: Path) -> None:
    found = prove_tail(record(tmp_path / "mute.flv", None), TIMEOUT_S)
    assert found.fault == ""
    assert found.peak_dbfs is None


def zeroes(data: bytearray) -> bytearray:
    return data[: len(data) // 2] + bytearray(len(data) // 2)


def scrambled(data: bytearray) -> bytearray:
    """All pictures replaced, with every length as it was."""
    at = 13
    while at + 15 < len(data):
        size = int.from_bytes(data[at + 1 : at + 4], "big")
        if data[at] == 9 and size > 20 and data[at + 12] == 1:
            data[at + 16 : at + 11 + size] = b"\x5a" * (size - 5)
        at += 15 + size
    return data


def empty(data: bytearray) -> bytearray:
    return data[:13]


@pytest.mark.parametrize(
    ("damage", "key"),
    [(zeroes, "torn"), (scrambled, "picture_damaged"), (empty, "no_picture")],
)
def test_a_file_that_grows_but_does_not_play_is_no_proof(
    recording: Path, tmp_path: Path, damage: Callable[[bytearray], bytearray], key: str
) -> None:
    path = tmp_path / "damaged.flv"
    path.write_bytes(damage(bytearray(recording.read_bytes())))
    assert said_of(prove_tail(path, TIMEOUT_S).fault).code == f"not_recording.{key}"


def test_a_decoder_that_hangs_is_given_up(recording: Path, tmp_path: Path) -> None:
    hangs = tmp_path / "ffmpeg"
    hangs.write_text("#!/bin/sh\nexec sleep 60\n")
    hangs.chmod(0o755)
    assert said_of(prove_tail(recording, 0.3, str(hangs)).fault).code == "not_recording.slow"


def test_a_computer_without_ffmpeg_says_so(recording: Path, tmp_path: Path) -> None:
    assert "cannot be started" in prove_tail(recording, TIMEOUT_S, str(tmp_path / "ffmpeg")).fault


def test_the_size_is_told_before_a_decoder_that_takes_long(recording: Path, tmp_path: Path) -> None:
    """On a busy computer decoding took ten seconds: meanwhile the file was said not to grow."""
    slow, go_on = tmp_path / "ffmpeg", tmp_path / "go-on"
    slow.write_text(f"#!/bin/sh\nuntil [ -e {go_on} ]; do sleep 0.05; done\n")
    slow.chmod(0o755)
    growing = tmp_path / "growing.flv"
    shutil.copy(recording, growing)
    posted = Posted()
    proof = RecordProof(posted.post, every_s=0.2, timeout_s=TIMEOUT_S, ffmpeg=str(slow))
    proof.start()
    try:
        proof.watch(growing, recording=True)
        posted.wait_for(lambda seen: sizes(posted) == 2)
        assert all(seen.tail is None for seen in posted.all)
        with growing.open("ab") as file:
            file.write(bytes(1000))
        go_on.touch()
        proven = posted.wait_for(lambda seen: seen.tail is not None)
        assert proven.file_bytes == growing.stat().st_size, "as it is when it is told"
    finally:
        go_on.touch()
        assert proof.close()


def sizes(posted: "Posted") -> int:
    return sum(seen.file_bytes is not None for seen in posted.all)


class Posted:
    def __init__(self) -> None:
        self.all: list[ProofReading] = []
        self._changed = threading.Condition()

    def post(self, seen: ProofReading) -> None:
        with self._changed:
            self.all.append(seen)
            self._changed.notify_all()

    def wait_for(self, holds: Callable[[ProofReading], bool]) -> ProofReading:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(holds, self.all)), 30.0), self.all[-3:]
            return next(seen for seen in self.all if holds(seen))


def test_the_thread_tells_size_and_tail_and_that_a_file_is_gone(recording: Path, tmp_path: Path) -> None:
    path = tmp_path / "talk.flv"
    shutil.copy(recording, path)
    posted = Posted()
    proof = RecordProof(posted.post, every_s=0.5, timeout_s=TIMEOUT_S)
    proof.start()
    try:
        proof.watch(path, recording=True)
        assert posted.wait_for(lambda seen: seen.tail is not None).file_bytes == path.stat().st_size
        path.unlink()
        posted.wait_for(lambda seen: seen.file_bytes is None)
        proof.watch(None, recording=True)
        posted.wait_for(lambda seen: seen.path == "")
    finally:
        assert proof.close()
