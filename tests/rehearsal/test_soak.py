"""The short form of the soak: hours of talks through the real engine leave nothing behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from stagebox.rehearsal.growth import SIMULATED_OBJECTS, ProcessReading, growth_of, real_growth_of, watch
from stagebox.rehearsal.soak import Soak

pytestmark = pytest.mark.slow


def row(
    minute: float, rss: int = 50_000_000, objects: int = 30_000, threads: int = 3, files: int = 8
) -> ProcessReading:
    return ProcessReading(minute, rss, objects, threads, files)


def test_an_hour_of_talks_raises_no_alarm_but_for_trouble_and_leaves_nothing_behind(tmp_path: Path) -> None:
    soak = Soak(tmp_path)
    soak.run(60, readings=6)
    assert soak.alarms == [], "in an ordinary talk"
    seen = {"black", "frozen", "missing", "muted", "obs_deaf", "ear_down", "folder_gone", "on_battery"}
    assert seen <= soak.troubles.keys()
    assert soak.messages > 25_000
    assert growth_of(soak.rows) == []
    assert max(one.objects for one in soak.rows) - min(one.objects for one in soak.rows) < SIMULATED_OBJECTS
    assert len(list((tmp_path / "journal").glob("*.journal"))) <= 6


def test_a_leak_of_a_few_objects_a_minute_is_found() -> None:
    rows = [row(minute, objects=30_000 + 3 * minute) for minute in range(0, 1000, 100)]
    assert growth_of(rows) == ["objects grew by 1500"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([{}] * 12, []),
        ([{"rss": 90_000_000}] * 4 + [{}] * 8, []),
        ([{"rss": 50_000_000 + n * 3_000_000} for n in range(12)], ["memory grew by 12.0 MB"]),
        ([{"threads": 3 + n // 4} for n in range(12)], ["threads grew from 4 to 5"]),
        ([{"files": 8 + n} for n in range(12)], ["descriptors grew from 15 to 16"]),
        ([{"files": 8 + n % 3} for n in range(12)], []),
    ],
)
def test_growth_of_a_running_process_is_told_from_its_warm_up_and_its_breath(
    changes: list[dict[str, int]], said: list[str]
) -> None:
    found = real_growth_of([row(minute, **change) for minute, change in enumerate(changes)])
    assert found == said


def test_a_running_process_is_watched() -> None:
    told: list[ProcessReading] = []
    code = "import sys; print('up', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        rows = watch(child.pid, 0.01, 0.1, told.append)
        child.communicate()
    assert rows == told
    assert len(rows) >= 2
    assert all(one.threads == 1 for one in rows)
    assert real_growth_of(rows) == []
