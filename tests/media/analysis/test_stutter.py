"""A voice of which short pieces are heard again and again is found; speech, music and tones are not."""

from collections.abc import Callable

import numpy as np
import pytest

from stagebox.model.report import Code
from stagebox.model.said import said_of
from tests.media import sounds
from tests.media.analysis.test_listening import RATE_HZ, Sound, found, hum, melody, noise, times, voices

pytestmark = pytest.mark.slow

__all__ = ["voices"]


def robotic(sound: Sound, piece_s: float, heard: int) -> Sound:
    """Each piece so often, in place of those after it."""
    size = int(piece_s * RATE_HZ)
    pieces = sound[: sound.size // size * size].reshape(-1, size).copy()
    for first in range(0, len(pieces), heard):
        pieces[first : first + heard] = pieces[first]
    return pieces.ravel()


@pytest.mark.parametrize("name", ["speech", "slow", "whisper"])
@pytest.mark.parametrize(("piece_s", "heard"), [(0.02, 2), (0.03, 3), (0.08, 2)])
def test_a_robotic_voice_is_found_from_where_it_begins(
    voices: dict[str, Sound], name: str, piece_s: float, heard: int
) -> None:
    sound = voices[name].copy()
    sound[16 * RATE_HZ : 32 * RATE_HZ] = np.resize(
        robotic(sound[16 * RATE_HZ : 32 * RATE_HZ], piece_s, heard), 16 * RATE_HZ
    )
    (one,) = (one for one in found(sound) if one.code is Code.DROPOUTS)
    assert said_of(one.message).code == "dropouts+robotic"
    assert abs(float(one.evidence["piece_s"]) - piece_s) < 0.001
    assert 14.0 <= one.start_s <= 22.0
    assert 26.0 <= one.end_s <= 34.0


def drums(seconds: float, every_s: float) -> Sound:
    made = np.zeros(int(seconds * RATE_HZ))
    hit = 0.2 * np.random.default_rng(3).standard_normal(4800) * np.exp(-np.arange(4800) / 800)
    for at in range(0, made.size - hit.size, int(every_s * RATE_HZ)):
        made[at : at + hit.size] += hit
    return made


CALM: dict[str, Callable[[], Sound]] = {
    "melody": lambda: melody(40.0),
    "hum": lambda: hum(40.0, -30.0),
    "chord": lambda: 0.1 * np.asarray(sum(np.sin(2 * np.pi * f * times(40.0)) for f in (220, 277.2, 329.6))),
    "low tone": lambda: 0.1 * (2 * ((70 * times(40.0)) % 1) - 1),
    "noise": lambda: noise(40.0, -30.0),
    "drum loop": lambda: drums(40.0, 0.25),
    "drum roll": lambda: drums(40.0, 0.1),
    "applause": lambda: sounds.pink(np.random.default_rng(2), 40 * RATE_HZ) * 0.1,
}


@pytest.mark.parametrize("name", CALM)
def test_tones_and_music_are_not_robotic(name: str) -> None:
    assert not [one for one in found(CALM[name]()) if said_of(one.message).code == "dropouts+robotic"]


def test_voices_are_not_robotic(voices: dict[str, Sound]) -> None:
    for sound in voices.values():
        assert not [one for one in found(sound) if said_of(one.message).code == "dropouts+robotic"]
        assert not [
            one for one in found(sound + hum(40.0, -40.0)) if said_of(one.message).code == "dropouts+robotic"
        ]
