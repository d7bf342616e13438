"""Whether somebody speaks in a second of sound, and how waves are shaped."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from stagebox.hearing import voice
from stagebox.hearing.shape import flat_tops, mono_loss_db, swing_db
from tests.media import sounds

pytestmark = pytest.mark.slow

RATE_HZ = sounds.RATE_HZ
Sound = NDArray[np.float32]


@pytest.fixture(scope="module", params=["speech", "german", "slow"])
def spoken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sound:
    folder: Path = tmp_path_factory.mktemp("voice")
    return sounds.voice(folder, request.param, 20.0).astype(np.float32)


def pieces(sound: Sound, rate_hz: int = RATE_HZ) -> list[Sound]:
    found = [
        voice.piece_of(sound[at : at + 2 * rate_hz], rate_hz) for at in range(0, sound.size, 2 * rate_hz)
    ]
    return [voice.samples_of(one) for one in found if one is not None]


def share(sound: Sound, rate_hz: int = RATE_HZ) -> float:
    heard = [voice.ask(one) for one in pieces(sound, rate_hz)]
    return sum(heard) / len(heard)


@pytest.mark.parametrize("by_db", [0, 30, 60])
def test_a_voice_is_found_at_any_level(spoken: Sound, by_db: int) -> None:
    assert share(spoken * np.float32(10 ** (-by_db / 20))) >= 0.9


def test_a_voice_is_found_in_noise_louder_than_itself(spoken: Sound) -> None:
    noise = sounds.pink(np.random.default_rng(1), spoken.size)
    noise *= np.sqrt(np.mean(spoken**2) / np.mean(noise**2)) * 10 ** (1 / 20)
    assert share((spoken + noise).astype(np.float32)) >= 0.8


@pytest.mark.parametrize("rate_hz", [16_000, 32_000, 44_100, 96_000])
def test_a_voice_is_found_at_the_rates_that_devices_have(spoken: Sound, rate_hz: int) -> None:
    at = np.arange(0, spoken.size - 1, RATE_HZ / rate_hz)
    other = np.interp(at, np.arange(spoken.size), spoken).astype(np.float32)
    assert share(other, rate_hz) >= 0.9


@pytest.mark.parametrize("kind", ["hum", "hiss", "pink", "melody", "applause"])
def test_hum_noise_a_melody_and_applause_are_no_voice(kind: str) -> None:
    chance, count = np.random.default_rng(4), 20 * RATE_HZ
    time_s = np.arange(count) / RATE_HZ
    made = {
        "hum": 0.1 * sum(np.sin(2 * np.pi * 50 * n * time_s) / n for n in (1, 2, 3, 5)),
        "hiss": 0.003 * chance.standard_normal(count),
        "pink": 0.1 * sounds.pink(chance, count),
        "melody": sounds.music(time_s),
        "applause": sounds.applause(chance, count),
    }[kind]
    assert share(np.asarray(made, np.float32)) == 0.0


def test_nothing_at_all_gives_no_piece() -> None:
    assert voice.piece_of(np.zeros(2 * RATE_HZ, np.float32), RATE_HZ) is None


def test_the_loudest_second_is_kept_within_what_telephony_keeps(spoken: Sound) -> None:
    sound = np.concatenate([spoken[:RATE_HZ] * 0.01, spoken[RATE_HZ : 2 * RATE_HZ]]).astype(np.float32)
    piece = voice.piece_of(sound, RATE_HZ)
    assert piece is not None
    assert piece.size == int(voice.RATE_HZ * voice.PIECE_S)
    kept = voice.samples_of(piece)
    assert np.sqrt(np.mean(kept**2)) == pytest.approx(voice.LEVEL, rel=0.05)


# --- shapes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gain_db", [22, 28, 40])
def test_peaks_that_are_cut_off_are_told_at_any_level(spoken: Sound, gain_db: int) -> None:
    part = spoken[2 * RATE_HZ : 4 * RATE_HZ]
    for level in (0.9, 0.3, 0.05):
        assert flat_tops(np.clip(part * 10 ** (gain_db / 20), -1, 1) * np.float32(level), RATE_HZ)
        assert not flat_tops(part * np.float32(level), RATE_HZ)


def test_a_tone_is_not_cut_off_and_what_is_faint_is_not_judged() -> None:
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    tone = np.sin(2 * np.pi * 997 * time_s).astype(np.float32)
    assert not flat_tops(tone, RATE_HZ)
    square = np.sign(np.random.default_rng(1).standard_normal(2 * RATE_HZ)).astype(np.float32)
    assert flat_tops(square, RATE_HZ)
    assert not flat_tops(square * np.float32(0.005), RATE_HZ)


@pytest.mark.parametrize(("factor", "db"), [(1.0, 0.0), (-1.0, -60.0), (-0.5, -10.0), (0.0, -3.0)])
def test_what_is_left_on_one_loudspeaker(factor: float, db: float) -> None:
    left = np.random.default_rng(3).standard_normal(48_000)
    right = left * factor if factor else np.random.default_rng(4).standard_normal(48_000)
    energy, product = float(np.sum(left**2) + np.sum(right**2)), float(np.sum(left * right))
    assert mono_loss_db(energy, product) == pytest.approx(db, abs=0.1)


def test_the_swing_is_that_between_the_quiet_and_the_loud_tenth() -> None:
    assert swing_db(np.arange(101.0)) == pytest.approx(80.0)
    assert swing_db(np.full(50, -20.0)) == 0.0
