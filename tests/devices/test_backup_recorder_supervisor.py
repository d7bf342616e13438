"""The backup recorder for real: a sound server, PortAudio, a process that is killed, hung and starved."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import soundfile

from stagebox.devices.backup_recorder_supervisor import BackupRecorderSupervisor, can_hear
from stagebox.model.facts.sound import BackupRecorderReading
from stagebox.model.settings import AudioSource
from tests.sound_tools import RATE_HZ, Room, sound_room, tone, until
from tests.venue_tools import Seen

pytestmark = pytest.mark.venue
MIC = AudioSource(kind="pulse", device="room.monitor")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with sound_room(tmp_path_factory.mktemp("pulse")) as one:
        yield one


@contextmanager
def kept(
    room: Room, source: AudioSource = MIC, *, hang_s: float = 5.0, **environment: str
) -> Iterator[tuple[BackupRecorderSupervisor, Seen]]:
    seen = Seen()
    keeper = BackupRecorderSupervisor(
        source, seen.post, environment={**room.env, **environment}, hang_s=hang_s
    )
    keeper.start()
    try:
        yield keeper, seen
    finally:
        assert keeper.close()
        assert keeper.pid is None


def loud(seen: BackupRecorderReading) -> bool:
    return seen.status == "listening" and all(level.rms_dbfs > -40 for level in seen.levels)


def test_the_backup_recorder_tells_the_level_of_each_channel(room: Room) -> None:
    room.play("room", tone(30, -20.0, -30.0))
    with kept(room) as (_, seen):
        heard = seen.wait_for(BackupRecorderReading, loud)
    left, right = heard.levels
    assert left.rms_dbfs == pytest.approx(-20.0, abs=1.0)
    assert right.rms_dbfs == pytest.approx(-30.0, abs=1.0)
    assert heard.rate_hz == RATE_HZ


def test_a_clipped_microphone_is_heard_as_clipped(room: Room) -> None:
    room.play("room", tone(30, -1.0, -1.0))
    with kept(room) as (_, seen):
        seen.wait_for(BackupRecorderReading, lambda it: it.clipped > 20)


def test_a_killed_ear_comes_back_and_its_backup_reads_and_is_not_overwritten(
    room: Room, tmp_path: Path
) -> None:
    room.play("room", tone(60, -20.0, -20.0))
    wanted = tmp_path / "talk.flac"
    with kept(room) as (keeper, seen):
        seen.wait_for(BackupRecorderReading, loud)
        keeper.set_backup(wanted)
        before = seen.wait_for(BackupRecorderReading, lambda it: it.backup_s >= 2.0)
        assert keeper.pid is not None
        os.kill(keeper.pid, signal.SIGKILL)
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "down")
        after = seen.wait_for(BackupRecorderReading, lambda it: it.run == 2 and it.backup_s >= 0.5)
        assert before.backup == str(wanted)
        assert after.backup == str(tmp_path / "talk-part-2.flac")
        keeper.set_backup(None)
        seen.wait_for(BackupRecorderReading, lambda it: it.run == 2 and it.backup == "")
    sound, rate_hz = soundfile.read(wanted)
    assert len(sound) / rate_hz >= before.backup_s - 1.0
    first, second = (
        json.loads((tmp_path / f"{name}.json").read_text()) for name in ("talk.flac", "talk-part-2.flac")
    )
    assert first["closed"] is False
    assert second["closed"] is True
    assert second["started_monotonic_s"] > first["started_monotonic_s"]


def test_a_backup_recorder_that_hangs_is_replaced(room: Room) -> None:
    room.play("room", tone(60, -20.0, -20.0))
    with kept(room, hang_s=4.0) as (keeper, seen):
        seen.wait_for(BackupRecorderReading, loud)
        assert keeper.pid is not None
        stopped_at = time.monotonic()
        os.kill(keeper.pid, signal.SIGSTOP)
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "down" and it.run == 1)
        assert time.monotonic() - stopped_at < 4.0, "said before the process is given up"
        seen.wait_for(BackupRecorderReading, lambda it: it.run == 2 and loud(it))


def test_a_backup_recorder_that_only_stumbled_goes_on_with_its_backup(room: Room, tmp_path: Path) -> None:
    room.play("room", tone(60, -20.0, -20.0))
    with kept(room, hang_s=10.0) as (keeper, seen):
        keeper.set_backup(tmp_path / "talk.flac")
        seen.wait_for(BackupRecorderReading, lambda it: loud(it) and it.backup_s > 0.5)
        assert keeper.pid is not None
        os.kill(keeper.pid, signal.SIGSTOP)
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "down")
        os.kill(keeper.pid, signal.SIGCONT)
        back = seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening" and it.backup_s > 1.0)
        assert (back.run, back.backup) == (1, str(tmp_path / "talk.flac"))


def test_a_pulled_microphone_is_said_and_heard_again_when_it_is_back(room: Room, tmp_path: Path) -> None:
    room.plug("usb")
    room.play("usb", tone(60, -20.0, -20.0))
    with kept(room, AudioSource(kind="pulse", device="usb.monitor")) as (keeper, seen):
        keeper.set_backup(tmp_path / "a.flac")
        seen.wait_for(BackupRecorderReading, lambda it: loud(it) and it.backup_s > 0.5)
        room.unplug("usb")
        lost = seen.wait_for(
            BackupRecorderReading, lambda it: it.status in ("lost", "no_device"), timeout_s=5
        )
        assert lost.detail
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "no_device")
        room.plug("usb")
        room.play("usb", tone(60, -20.0, -20.0))
        back = seen.wait_for(BackupRecorderReading, loud)
        assert back.run == 1, "the process lived through it"
        seen.wait_for(BackupRecorderReading, lambda it: it.backup == str(tmp_path / "a-part-2.flac"))
    room.unplug("usb")
    assert soundfile.info(tmp_path / "a.flac").frames > 0.5 * RATE_HZ


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (AudioSource(kind="pulse", device="nobody.monitor"), "not there"),
        (AudioSource(kind="alsa", device="hw:CARD=Nobody,DEV=0"), "no microphone"),
    ],
)
def test_a_microphone_that_is_not_there_is_a_sentence(room: Room, source: AudioSource, words: str) -> None:
    with kept(room, source) as (_, seen):
        said = seen.wait_for(BackupRecorderReading, lambda it: it.status == "no_device")
    assert words in said.detail
    assert said.remedy


def test_without_portaudio_there_is_a_sentence_that_says_how_to_install_it(
    room: Room, tmp_path: Path
) -> None:
    # The one thing changed is what the loader finds; sounddevice itself then raises what it raises.
    (tmp_path / "sitecustomize.py").write_text(
        "import ctypes.util\nreal = ctypes.util.find_library\n"
        "ctypes.util.find_library = lambda name: None if 'portaudio' in name else real(name)\n"
    )
    with kept(room, PYTHONPATH=str(tmp_path)) as (_, seen):
        said = seen.wait_for(BackupRecorderReading, lambda it: it.status == "no_portaudio")
    assert "libportaudio2" in said.remedy


def test_a_backup_into_a_folder_that_is_gone_is_said_and_begins_when_it_is_back(
    room: Room, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    with kept(room) as (keeper, seen):
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening")
        keeper.set_backup(folder / "a.flac")
        fault = seen.wait_for(BackupRecorderReading, lambda it: it.backup_fault != "")
        assert str(folder) in fault.backup_fault
        assert fault.status == "listening"
        folder.mkdir()
        seen.wait_for(BackupRecorderReading, lambda it: it.backup_s > 0 and it.backup_fault == "")


def test_the_backup_recorder_ends_in_good_order_when_its_parent_is_killed(room: Room, tmp_path: Path) -> None:
    script = (
        "import sys, threading; from pathlib import Path\n"
        "from stagebox.devices.backup_recorder_supervisor import BackupRecorderSupervisor\n"
        "from stagebox.model.settings import AudioSource\n"
        "keeper = BackupRecorderSupervisor(AudioSource(kind='pulse', device='room.monitor'),"
        " lambda seen: print(keeper.pid, seen.backup_s, flush=True))\n"
        "keeper.set_backup(Path(sys.argv[1])); keeper.start(); threading.Event().wait(60)\n"
    )
    path = tmp_path / "a.flac"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], env=room.env, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid, written_s = "0", 0.0
        while written_s < 1.0:
            pid, said_s = parent.stdout.readline().split()
            written_s = float(said_s)
        ear = psutil.Process(int(pid))
        parent.kill()
    assert psutil.wait_procs([ear], timeout=10)[1] == []
    assert json.loads((tmp_path / "a.flac.json").read_text())["closed"] is True
    assert soundfile.info(path).frames >= written_s * RATE_HZ


def test_a_recorder_that_cannot_even_start_is_said_again_and_again_with_growing_pauses(
    room: Room,
) -> None:
    seen = Seen()
    keeper = BackupRecorderSupervisor(MIC, seen.post, command=("/nonexistent/ear",), environment=room.env)
    keeper.start()
    first = seen.wait_for(BackupRecorderReading, lambda it: it.status == "down")
    seen.wait_for(BackupRecorderReading, lambda it: it.run == 2)
    assert keeper.close()
    assert "could not be started" in first.detail


@pytest.mark.parametrize("kind", ["none", "media"])
def test_what_is_no_microphone_starts_no_ear(kind: str) -> None:
    source = AudioSource.model_validate({"kind": kind, "device": "x"})
    seen = Seen()
    keeper = BackupRecorderSupervisor(source, seen.post)
    keeper.start()
    assert not can_hear(source)
    assert keeper.close()
    assert seen.all == []


def test_the_backup_recorder_is_quiet_in_processor_and_memory(room: Room) -> None:
    """No figure of time: only that reports come at their pace and memory stands still."""
    with kept(room) as (keeper, seen):
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening")
        assert keeper.pid is not None
        process = psutil.Process(keeper.pid)
        reports = len(seen.all)
        until(lambda: len(seen.all) > reports + 20, 15, "twenty reports")
        before = process.memory_info().rss
        until(lambda: len(seen.all) > reports + 60, 15, "forty more reports")
        assert process.memory_info().rss - before < 2_000_000
        last = seen.of(BackupRecorderReading)[-1]
    assert last.dropped == 0
