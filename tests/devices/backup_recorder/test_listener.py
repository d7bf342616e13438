"""What the backup recorder says of each two seconds: a voice, noise or something else, and how it sounds."""

import numpy as np
import pytest
from numpy.typing import NDArray

from stagebox.devices.backup_recorder.listener import HeardPart, Listener
from tests.media import sounds

RATE_HZ = 48_000
COUNT = 20 * RATE_HZ
Sound = NDArray[np.float64]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sound]:
    chance, time_s = np.random.default_rng(2), np.arange(COUNT) / RATE_HZ
    voice = sounds.voice(tmp_path_factory.mktemp("voice"), "speech", 20.0)
    return {
        "voice": voice,
        "soft voice": voice * 10 ** (-38 / 20),
        "hum": np.asarray(0.1 * sum(np.sin(2 * np.pi * 50 * n * time_s) / n for n in (1, 2, 3, 5))),
        "hiss": 0.003 * chance.standard_normal(COUNT),
        "melody": sounds.music(time_s),
        "nothing": np.zeros(COUNT),
    }


def parts(left: Sound, right: Sound, listener: Listener | None = None) -> list[HeardPart]:
    """What a backup recorder says that gets blocks of a fifth of a second."""
    listener = listener or Listener(RATE_HZ)
    both = np.stack([left, right], axis=1).astype(np.float32)
    size = RATE_HZ // 5
    said = [listener.heard(both[at : at + size]) for at in range(0, len(both), size)]
    return [one for one in said if one is not None]


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("voice", "voice"),
        ("soft voice", "voice"),
        ("hum", "noise"),
        ("hiss", "noise"),
        ("melody", "other"),
        ("nothing", "nothing"),
    ],
)
def test_every_two_seconds_are_told_for_what_they_are(made: dict[str, Sound], name: str, sort: str) -> None:
    said = parts(made[name], made[name])
    assert len(said) == 10
    assert sum(part.sort == sort for part in said) >= 9
    assert not any(part.turned or part.flat for part in said)


def test_channels_turned_over_and_peaks_cut_off_are_told(made: dict[str, Sound]) -> None:
    assert all(part.turned for part in parts(made["voice"], -0.8 * made["voice"]))
    cut = np.clip(made["voice"] * 30, -1, 1) * 0.3
    assert sum(part.flat for part in parts(cut, cut)) >= 8


def test_without_a_detector_it_stays_unknown_and_is_not_asked_again(made: dict[str, Sound]) -> None:
    calls = []

    def broken(samples: NDArray[np.float32]) -> bool:
        calls.append(samples.size)
        raise OSError("no such library")

    said = parts(made["voice"], made["voice"], Listener(RATE_HZ, broken))
    assert {part.sort for part in said} == {"unknown"}
    assert len(calls) == 1
