"""The readings of this very machine, and of machines told by files as Linux writes them."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stagebox.devices.heat import HeatState, ThrottleDetector, nearest_to_limit
from stagebox.devices.host import HostProbe, HostReader
from stagebox.devices.power import PowerState, power
from stagebox.devices.process_memory import ProcessMemory
from stagebox.model.facts.machine import HostReading
from stagebox.model.settings import RecordingSettings, Settings
from stagebox.system import clocks


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n")
    return path


def settings_for(folder: Path) -> Settings:
    return Settings(state_dir=folder, recording=RecordingSettings(folder=folder / "recordings"))


def test_this_machine_tells_its_disk_memory_and_clock(tmp_path: Path) -> None:
    (tmp_path / "recordings").mkdir()
    seen = HostReader(settings_for(tmp_path)).read()
    assert seen.recording_folder == "ok"
    assert seen.recording_free_bytes is not None
    assert seen.recording_free_bytes > 0
    assert seen.planned_bytes_per_s == pytest.approx((6000 + 160) * 125)
    (ours,) = [group for group in seen.memory if group.group == "stagebox"]
    assert ours.rss_bytes > 10_000_000
    assert seen.cpu_percent is None, "the first reading has nothing to compare with"


def test_a_folder_that_is_gone_is_told_and_comes_back(tmp_path: Path) -> None:
    reader = HostReader(settings_for(tmp_path))
    assert reader.read().recording_folder == "gone"
    (tmp_path / "recordings").mkdir()
    assert reader.read().recording_folder == "ok"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "recordings").mkdir()
    # Root may write everywhere, so what a read-only disk answers is put in its place.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert HostReader(settings_for(tmp_path)).read().recording_folder == "read_only"


@pytest.fixture
def failing_disk(tmp_path: Path) -> Iterator[tuple[Path, Callable[[], None]]]:
    """An ext4 of its own, and what makes the kernel stop writing to it; skips where none can be mounted."""
    folder, image = tmp_path / "recordings", tmp_path / "disk.img"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(16_000_000)

    def run(*command: str | Path) -> str:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        if done.returncode != 0:
            pytest.skip(f"no disk can be made and mounted here: {done.stderr.strip()}")
        return done.stdout.strip()

    if shutil.which("mkfs.ext4") is None:
        pytest.skip("mkfs.ext4 is not installed here")
    run("mkfs.ext4", "-q", "-F", image)
    run("mount", "-o", "loop,errors=remount-ro", image, folder)
    try:
        device = Path(run("findmnt", "-n", "-o", "SOURCE", folder)).name
        trigger = Path(f"/sys/fs/ext4/{device}/trigger_fs_error")

        def fail() -> None:
            trigger.write_text("1")

        yield folder, fail
    finally:
        run("umount", "-l", folder)


@pytest.mark.venue
def test_a_disk_that_fails_is_told_although_the_kernel_calls_it_writable(
    tmp_path: Path, failing_disk: tuple[Path, Callable[[], None]]
) -> None:
    folder, fail = failing_disk
    reader = HostReader(settings_for(tmp_path))
    reader.in_use = True
    assert reader.read().recording_folder == "ok"
    assert [one.name for one in folder.iterdir()] == ["lost+found"], "looking leaves nothing behind"
    fail()
    assert reader.read().recording_folder == "read_only"


def test_a_recording_on_another_computer_has_no_disk_of_ours(tmp_path: Path) -> None:
    seen = HostReader(settings_for(tmp_path), local=False).read()
    assert (seen.recording_folder, seen.recording_free_bytes) == (None, None)


def test_helpers_are_counted_and_obs_is_not_one_of_them() -> None:
    sleeper = [sys.executable, "-c", "import sys; print('up', flush=True); sys.stdin.read()"]
    with (
        subprocess.Popen(sleeper, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as obs,
        subprocess.Popen(sleeper, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as helper,
    ):
        for child in (obs, helper):
            assert child.stdout is not None
            child.stdout.readline()
        processes = ProcessMemory(lambda: obs.pid)
        processes.look()
        groups = {group.group: group for group in processes.memory()}
        assert groups["obs"].processes == 1
        assert groups["helpers"].processes >= 1
        assert groups["obs"].rss_bytes > 1_000_000
        obs.communicate()
        helper.communicate()
    processes.look()
    assert "obs" not in {group.group for group in processes.memory()}


def test_the_probe_posts_and_ends() -> None:
    came = threading.Event()
    probe = HostProbe(lambda: HostReading(mains=True), lambda seen: came.set())
    probe.start()
    assert came.wait(5.0)
    assert probe.close()


def test_a_reading_that_fails_does_not_end_the_watch(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []
    came = threading.Event()

    def read() -> HostReading:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("a sensor said nonsense")
        return HostReading()

    probe = HostProbe(read, lambda seen: came.set())
    probe.start()
    assert came.wait(5.0)
    assert probe.close()
    assert caplog.text.count("the machine could not be read") == 1


def test_a_probe_that_was_never_started_closes() -> None:
    assert HostProbe(HostReading, lambda seen: None).close()


def test_the_clock_tells_what_the_kernel_says() -> None:
    assert clocks.clock_synced() in (True, False, None)
    first, second = clocks.wall_offset_s(), clocks.wall_offset_s()
    assert first is not None
    assert second is not None
    assert abs(first - second) < 0.4
    slept = clocks.slept_s()
    assert slept is not None
    assert slept > -1.0


@pytest.mark.parametrize(
    ("sensors", "expected"),
    [
        ([], HeatState()),
        ([(60.0, 80.0, 100.0), (50.0, 70.0, None)], HeatState(50.0, 70.0)),
        ([(70.0, None, None)], HeatState(70.0, None)),
        ([(-40.0, 80.0, 90.0), (0.0, 1.0, 2.0), (255.0, None, None)], HeatState()),
        ([(60.0, 255.0, 0.0)], HeatState(60.0, None)),
        ([(None, 80.0, 90.0)], HeatState()),
        ([(85.0, 84.0, 100.0)], HeatState(85.0, 95.0)),
    ],
)
def test_the_sensor_nearest_to_its_limit_counts(
    sensors: list[tuple[float | None, float | None, float | None]], expected: HeatState
) -> None:
    assert nearest_to_limit(sensors) == expected


def test_throttling_counts_from_one_look_to_the_next(tmp_path: Path) -> None:
    counter = write(tmp_path / "devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "7")
    throttle = ThrottleDetector(tmp_path)
    assert throttle.seen() is False, "what happened before nobody looked is no news"
    counter.write_text("8\n")
    assert throttle.seen() is True
    assert throttle.seen() is False


def test_a_cooled_processor_is_throttled_and_a_fan_is_not(tmp_path: Path) -> None:
    write(tmp_path / "class/thermal/cooling_device0/type", "Fan")
    write(tmp_path / "class/thermal/cooling_device0/cur_state", "3")
    write(tmp_path / "class/thermal/cooling_device1/type", "Processor")
    state = write(tmp_path / "class/thermal/cooling_device1/cur_state", "0")
    throttle = ThrottleDetector(tmp_path)
    assert throttle.seen() is False
    state.write_text("2\n")
    assert throttle.seen() is True


@pytest.mark.parametrize(
    ("flags", "slowed"), [("0", False), ("50000", False), ("4", True), ("nonsense", False)]
)
def test_a_raspberry_tells_by_its_flags(tmp_path: Path, flags: str, slowed: bool) -> None:
    write(tmp_path / "devices/platform/soc/soc:firmware/get_throttled", flags)
    assert ThrottleDetector(tmp_path).seen() is slowed


def test_a_machine_that_tells_nothing_of_heat_is_unknown(tmp_path: Path) -> None:
    assert ThrottleDetector(tmp_path).seen() is None


def supply(folder: Path, name: str, **values: str) -> None:
    for key, value in values.items():
        write(folder / name / key, value)


def test_a_laptop_on_mains_and_on_battery(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", status="Charging", capacity="64")
    supply(tmp_path, "AC", type="Mains", online="1")
    assert power(tmp_path) == PowerState(True, 64.0)
    supply(tmp_path, "AC", online="0")
    assert power(tmp_path) == PowerState(False, 64.0)


def test_a_wireless_mouse_is_no_battery_of_the_machine(tmp_path: Path) -> None:
    supply(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", status="Discharging", capacity="5")
    assert power(tmp_path) == PowerState(True, None)


def test_a_machine_without_a_word_of_its_power_is_unknown(tmp_path: Path) -> None:
    assert power(tmp_path) == PowerState()
    assert power(tmp_path / "nothing") == PowerState()
