"""What the backup recorder measures of a block of sound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.devices.backup_recorder.sound_levels import SampleCadence, dbfs, levels
from stagebox.hearing.peaks import clipped_runs
from stagebox.model.facts.sound import FLOOR_DBFS
from tests.sound_tools import tone

RATE_HZ = 48_000
BLOCK = 4800


def test_levels_are_told_for_each_channel() -> None:
    left, right = levels(tone(0.1, -20.0, -40.0))
    assert left.rms_dbfs == pytest.approx(-20.0, abs=0.05)
    assert left.peak_dbfs == pytest.approx(-17.0, abs=0.05)
    assert right.rms_dbfs == pytest.approx(-40.0, abs=0.05)


@pytest.mark.parametrize("amplitude", [0.0, -0.0, 1e-9, float("nan")])
def test_digital_silence_and_nonsense_have_the_lowest_level(amplitude: float) -> None:
    assert dbfs(amplitude) == FLOOR_DBFS


def test_a_loud_whole_tone_is_not_clipped_and_a_cut_one_is() -> None:
    wave = tone(0.1, -3.02, -30.0)
    assert np.abs(wave).max() > 0.99
    assert clipped_runs(wave) == 0
    cut = np.clip(wave * 2, -1.0, 1.0).astype(np.float32)
    assert clipped_runs(cut) == 88  # 44 periods with two ends each, on one channel


def test_two_samples_at_full_scale_are_no_run() -> None:
    block = np.zeros((100, 1), np.float32)
    block[10:12] = 1.0
    assert clipped_runs(block) == 0
    block[12] = 1.0
    assert clipped_runs(block) == 1


def cadence_after(arrivals: list[float]) -> tuple[list[int], SampleCadence]:
    cadence = SampleCadence(RATE_HZ)
    return [cadence.came(BLOCK, at) for at in arrivals], cadence


def test_blocks_that_come_on_time_lose_nothing() -> None:
    lost, cadence = cadence_after([100 + 0.1 * n for n in range(300)])
    assert not any(lost)
    assert cadence.measured_rate_hz == pytest.approx(RATE_HZ, rel=1e-6)


def test_a_hole_is_found_within_two_windows_and_measured() -> None:
    lost, _ = cadence_after([100 + 0.1 * n + (0.5 if n >= 120 else 0.0) for n in range(300)])
    found = [(n, frames) for n, frames in enumerate(lost) if frames]
    assert len(found) == 1
    at, frames = found[0]
    assert 120 <= at <= 142
    assert frames == pytest.approx(0.5 * RATE_HZ, abs=2)


@settings(deadline=None)
@given(late=st.lists(st.floats(0, 0.5), min_size=60, max_size=60), on_time_every=st.integers(1, 5))
def test_blocks_that_come_late_but_all_come_are_no_hole(late: list[float], on_time_every: int) -> None:
    due = [100 + 0.1 * n for n in range(60)]
    # A late block comes at the latest together with the next that is on time.
    caught_up = [due[min(59, -(-n // on_time_every) * on_time_every)] for n in range(60)]
    arrivals = [min(at + delay, limit) for at, delay, limit in zip(due, late, caught_up, strict=True)]
    lost, _ = cadence_after(arrivals)
    assert not any(lost)


def test_a_machine_that_is_busy_for_seconds_again_and_again_is_taken_for_a_loss_once() -> None:
    lost, _ = cadence_after([100 + 0.1 * n + (0.3 if n // 40 % 2 else 0.0) for n in range(1200)])
    assert 0 < sum(lost) <= 0.35 * RATE_HZ


def test_a_device_that_runs_too_fast_is_measured() -> None:
    _, cadence = cadence_after([100 + 0.1 * n * 44_100 / 48_000 for n in range(400)])
    assert cadence.measured_rate_hz == pytest.approx(RATE_HZ * 48_000 / 44_100, rel=0.001)


def test_a_device_that_runs_too_slow_is_measured_or_counted_as_holes() -> None:
    lost, cadence = cadence_after([100 + 0.1 * n * 48_000 / 44_100 for n in range(400)])
    assert sum(lost) or cadence.measured_rate_hz == pytest.approx(RATE_HZ * 44_100 / 48_000, rel=0.001)
