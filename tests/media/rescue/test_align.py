"""Where a backup lies: found to the millisecond, with drift, noise and another level; never guessed."""

import numpy as np
import pytest

from stagebox.media.rescue.align import RATE_HZ, Sound, align

TALK_S = 240.0


def talk(seed: int, seconds: float = TALK_S) -> Sound:
    """Something like speech: noise with formants that comes and goes in syllables and pauses."""
    chance = np.random.default_rng(seed)
    count = int(seconds * RATE_HZ)
    voice = np.convolve(chance.normal(size=count), np.hanning(11) / 5, "same")
    syllables = np.repeat(
        chance.random(count // 1000 + 1) ** 2 * (chance.random(count // 1000 + 1) > 0.3), 1000
    )
    return (0.1 * voice * syllables[:count]).astype(np.float32)


def heard_by_another(
    sound: Sound, starts_s: float, *, ppm: float = 0.0, gain: float = 1.0, noise: float = 0.0005
) -> Sound:
    """The sound as another device took it down: begun at `starts_s` of it, with a slower clock, and noise."""
    stretch = 1.0 + ppm / 1e6
    count = int((len(sound) / RATE_HZ - starts_s) / stretch * RATE_HZ)
    at = (starts_s + np.arange(count) / RATE_HZ * stretch) * RATE_HZ
    hiss = np.random.default_rng(99).normal(size=count) * noise
    taken: Sound = (gain * np.interp(at, np.arange(len(sound)), sound, left=0.0) + hiss).astype(np.float32)
    return taken


@pytest.mark.parametrize("ppm", [0.0, 40.0, -120.0, 200.0])
@pytest.mark.parametrize("starts_s", [-2.5, 0.0, 1.2345])
def test_offset_and_drift_are_found_within_a_millisecond_over_the_whole_talk(
    ppm: float, starts_s: float
) -> None:
    own = talk(1)
    found = align(own, heard_by_another(own, starts_s, ppm=ppm), starts_s + 0.4)
    assert found is not None
    assert found.drift_ppm == pytest.approx(ppm, abs=2.0)
    for backup_s in (0.0, TALK_S / 2, TALK_S):
        true_s = starts_s + (1 + ppm / 1e6) * backup_s
        assert found.own_time_s(backup_s) == pytest.approx(true_s, abs=0.001)


@pytest.mark.parametrize("gain", [0.05, 1.0, 8.0, -1.0])
def test_another_level_and_a_turned_polarity_do_not_matter(gain: float) -> None:
    own = talk(2)
    found = align(own, heard_by_another(own, 0.7, gain=gain, noise=0.0001), 0.0)
    assert found is not None
    assert found.offset_s == pytest.approx(0.7, abs=0.001)


def test_a_noisy_room_is_still_aligned_within_20_ms() -> None:
    own = talk(3)
    loud_hiss = float(np.sqrt(np.mean(own**2)))
    found = align(own, heard_by_another(own, 0.7, noise=loud_hiss), 0.0)
    assert found is not None
    assert found.offset_s == pytest.approx(0.7, abs=0.005)
    assert found.residual_s <= 0.020


def test_a_talk_that_is_cut_in_the_middle_is_aligned_by_what_is_there() -> None:
    own = talk(4)
    own[int(80 * RATE_HZ) : int(200 * RATE_HZ)] = 0.0
    found = align(own, heard_by_another(talk(4), 0.7), 0.0)
    assert found is not None
    assert found.offset_s == pytest.approx(0.7, abs=0.001)


def test_five_seconds_are_enough_and_claim_no_drift() -> None:
    own = talk(5)
    found = align(own[: 5 * RATE_HZ], heard_by_another(own, 0.7), 0.0)
    assert found is not None
    assert found.offset_s == pytest.approx(0.7, abs=0.001)
    assert found.drift_ppm is None


def test_without_any_clock_it_is_looked_for_everywhere() -> None:
    own = talk(6)
    backup = heard_by_another(own, -30.0, ppm=100.0)
    found = align(own[100 * RATE_HZ :], backup, None)
    assert found is not None
    # 130 s of the backup are 130.013 s of the talk, which began 30 s into it; 100 s of it are cut.
    assert found.own_time_s(130.0) == pytest.approx(0.013, abs=0.005)


@pytest.mark.parametrize("about_s", [0.0, None])
def test_the_backup_of_another_talk_is_refused(about_s: float | None) -> None:
    assert align(talk(7), heard_by_another(talk(8), 0.0), about_s) is None


def test_a_hum_is_refused_for_it_would_fit_anywhere() -> None:
    at_s = np.arange(int(60 * RATE_HZ)) / RATE_HZ
    hum = (0.1 * np.sin(2 * np.pi * 50 * at_s)).astype(np.float32)
    assert align(hum, hum[RATE_HZ:], 1.0) is None


def test_a_sound_that_repeats_itself_is_refused() -> None:
    again = np.tile(talk(9, 1.5), 40)
    assert align(again, heard_by_another(again, 0.3), 0.0) is None


def test_silence_is_refused() -> None:
    assert align(np.zeros(60 * RATE_HZ, np.float32), talk(10), 0.0) is None


def test_clocks_that_differ_more_than_any_two_devices_are_refused() -> None:
    own = talk(11)
    assert align(own, heard_by_another(own, 0.0, ppm=3000.0), 0.0) is None


def test_a_recording_that_lost_sound_now_and_then_is_aligned_and_its_steps_are_told() -> None:
    own = talk(12, 60.0)
    lost = round(0.043 * RATE_HZ)
    torn = np.concatenate([own[: 25 * RATE_HZ], own[25 * RATE_HZ + lost :]])
    found = align(torn, heard_by_another(own, 0.5), 0.3)
    assert found is not None
    assert found.steps_s == pytest.approx(0.043, abs=0.01)
    assert found.residual_s <= 0.01
    assert min(abs(found.own_time_s(0.0) - at_s) for at_s in (0.5, 0.5 - 0.043)) < 0.01
