"""Clipped peaks: the same sound counts as it comes from a device and as it is decoded from a recording."""

import numpy as np
import pytest

from stagebox.hearing.peaks import Floats, clipped_runs, decoded_clipped_runs

RATE_HZ = 48_000


def tone(gain: float) -> Floats:
    """Half a second at 440 Hz, cut off at full scale."""
    at = np.arange(RATE_HZ // 2) / RATE_HZ
    return np.clip(gain * np.sin(2 * np.pi * 440 * at), -1.0, 1.0).astype(np.float32)


def softened(wave: Floats) -> Floats:
    """With tops that are uneven, as a codec leaves them."""
    noise = np.random.default_rng(3).normal(0.0, 0.002, wave.size)
    return (wave + noise).astype(np.float32)


@pytest.mark.parametrize(("gain", "clipped"), [(0.5, False), (0.98, False), (2.0, True), (10.0, True)])
def test_a_sound_is_clipped_live_and_afterwards_or_neither(gain: float, clipped: bool) -> None:
    wave = tone(gain)
    assert (clipped_runs(wave[:, None]) > 0) is clipped
    assert (decoded_clipped_runs(wave[None, :], RATE_HZ).size > 0) is clipped
    assert (decoded_clipped_runs(softened(wave)[None, :], RATE_HZ).size > 0) is clipped


def test_each_clipped_top_counts_once_live_and_afterwards() -> None:
    wave = tone(3.0)
    assert clipped_runs(wave[:, None]) == decoded_clipped_runs(wave[None, :], RATE_HZ).size == 440


def test_single_samples_at_full_scale_are_no_clipping() -> None:
    wave = np.zeros(4800, np.float32)
    wave[::100] = 1.0
    assert clipped_runs(wave[:, None]) == 0
    assert decoded_clipped_runs(wave[None, :], RATE_HZ).size == 0
