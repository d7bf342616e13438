"""What a listener hears is found, kind by kind; and ordinary recordings stay calm.

The sounds are made here and measured as decoding gives them; `test_corpus` has recordings with codecs.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from stagebox.media.analysis import beside_each_other
from stagebox.media.analysis.sound_findings import sound_findings
from stagebox.media.analysis.sound_meter import AudioTrackFacts, SoundMeter, SoundSamples
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings
from tests.media import sounds

pytestmark = pytest.mark.slow

LIMITS = VerifySettings()
RATE_HZ = 48_000
Sound = NDArray[np.float64]
LANGUAGES = ("speech", "german", "slow", "whisper")


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sound]:
    folder = tmp_path_factory.mktemp("voices")
    # In a room: a voice between whose words there is nothing at all is no recording of one.
    return {name: sounds.voice(folder, name, 40.0) + noise(40, -72) for name in LANGUAGES}


def heard(sound: Sound, *, part_every_s: float = 2.0) -> AudioTrackFacts:
    """Measured as it is decoded, in whole; a part every so many seconds is judged."""
    data = np.atleast_2d(sound).astype(np.float32)
    meter = SoundMeter(LIMITS.silence_dbfs)
    for at in range(0, data.shape[1], 2 * RATE_HZ):
        is_part = at / RATE_HZ % part_every_s < 2.0
        meter.take([SoundSamples(at / RATE_HZ, RATE_HZ, data[:, at : at + 2 * RATE_HZ])], is_part=is_part)
    meter.reach(data.shape[1] / RATE_HZ)
    return meter.facts()


def found(sound: Sound, *, part_every_s: float = 2.0) -> list[Finding]:
    return sound_findings(heard(sound, part_every_s=part_every_s), LIMITS)


def codes(sound: Sound) -> list[str]:
    return [str(one.code) for one in found(sound)]


def lasting(sound: Sound, seconds: float) -> Sound:
    return np.resize(sound, int(seconds * RATE_HZ))


def times(seconds: float) -> Sound:
    return np.arange(int(seconds * RATE_HZ)) / RATE_HZ


def noise(seconds: float, dbfs: float, seed: int = 5) -> Sound:
    """Pink noise of this level, as rooms have it."""
    return lasting(_pink(seed), seconds) * 10 ** (dbfs / 20)


@cache
def _pink(seed: int) -> Sound:
    """Half a minute at full scale: what is heard of it anew sounds like more of it."""
    made = sounds.pink(np.random.default_rng(seed), 30 * RATE_HZ)
    return made / np.sqrt(np.mean(made**2))


def hiss(seconds: float, dbfs: float) -> Sound:
    return 10 ** (dbfs / 20) * np.random.default_rng(8).standard_normal(int(seconds * RATE_HZ))


def hum(seconds: float, dbfs: float) -> Sound:
    made = sum(np.sin(2 * np.pi * 50 * n * times(1)) / n for n in (1, 2, 3, 5))
    return lasting(np.asarray(made / np.std(made) * 10 ** (dbfs / 20)), seconds)


def melody(seconds: float) -> Sound:
    """Music, which begins again after eight seconds."""
    return lasting(sounds.music(times(8)), seconds)


def applause(seconds: float) -> Sound:
    return 0.5 * sounds.applause(np.random.default_rng(2), int(seconds * RATE_HZ)) + noise(seconds, -55)


def lowered(sound: Sound, by_db: float) -> Sound:
    """Turned down, and kept in 24 bits as a recorder does."""
    return np.round(sound * 10 ** (-by_db / 20) * 2**23) / 2**23


# --- a voice that is far too soft ---------------------------------------------------------------------


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", LANGUAGES)
def test_a_voice_turned_down_in_steps_is_quiet_from_the_first_finding_on(
    voices: dict[str, Sound], name: str
) -> None:
    told = [codes(lowered(voices[name][: 24 * RATE_HZ], by_db)) for by_db in range(10, 66)]
    first = next(number for number, found in enumerate(told) if found)
    assert 10 + first <= 20
    assert not any(told[:first])
    assert all(one == ["quiet"] for one in told[first:]), list(zip(range(10, 66), told, strict=True))


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_voice_that_is_too_soft_for_a_minute_is_told_with_its_place(
    voices: dict[str, Sound], name: str
) -> None:
    for by_db in (24, 28, 36):
        loud, soft = lasting(voices[name], 60), lowered(lasting(voices[name], 60), by_db)
        (one,) = found(np.concatenate([loud, soft, loud]) + noise(180, -85))
        assert one.code is Code.QUIET
        assert abs(one.start_s - 60) <= 4.1, one
        assert abs(one.end_s - 120) <= 4.1, one


@pytest.mark.parametrize(
    "nothing",
    [hiss(60, -66), noise(60, -58), hum(60, -56), np.zeros(60 * RATE_HZ)],
    ids=["hiss", "room", "hum", "zeros"],
)
def test_what_is_below_the_level_of_silence_without_a_voice_is_silent(
    voices: dict[str, Sound], nothing: Sound
) -> None:
    told = found(np.concatenate([lasting(voices["speech"], 90), nothing, lasting(voices["speech"], 30)]))
    assert [(one.code, one.severity) for one in told] == [(Code.SILENT, Severity.WARNING)]
    assert abs(told[0].start_s - 90) < 1.0


# --- nobody speaks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("every_s", [2.0, 24.0])
@pytest.mark.parametrize("kind", ["hiss", "hum", "pink"])
def test_a_voice_that_ends_in_noise_is_flagged_from_there(
    voices: dict[str, Sound], kind: str, every_s: float
) -> None:
    rest = {"hiss": hiss, "hum": hum, "pink": noise}[kind](120, -42)
    (one,) = found(np.concatenate([lasting(voices["speech"], 120), rest]), part_every_s=every_s)
    assert one.code is Code.NO_SPEECH
    assert abs(one.start_s - 120) <= every_s
    assert abs(one.end_s - 240) < 0.1


def test_a_stretch_of_noise_between_voices_has_a_start_and_an_end(voices: dict[str, Sound]) -> None:
    spoken = lasting(voices["german"], 60)
    (one,) = found(np.concatenate([spoken, hum(100, -30), spoken]))
    assert one.code is Code.NO_SPEECH
    assert abs(one.start_s - 60) <= 2.0
    assert abs(one.end_s - 160) <= 2.0


@pytest.mark.parametrize("name", ["speech", "german", "slow"])
def test_a_voice_softer_than_the_noise_around_it_is_a_voice(voices: dict[str, Sound], name: str) -> None:
    spoken = lasting(voices[name], 120)
    level_dbfs = 10 * np.log10(np.mean(spoken**2))
    assert codes(spoken + noise(120, level_dbfs + 1.0)) == []


@pytest.mark.parametrize("make", [melody, applause], ids=["melody", "applause"])
def test_a_recording_of_music_or_applause_alone_has_no_speech(make: Callable[[float], Sound]) -> None:
    assert codes(make(90)) == ["no_speech"]


# --- many small losses --------------------------------------------------------------------------------


@pytest.mark.parametrize(("silent_s", "every_s"), [(9.0, 20.0), (6.0, 15.0), (9.5, 30.0)])
def test_short_silences_again_and_again_are_told_together(
    voices: dict[str, Sound], silent_s: float, every_s: float
) -> None:
    spoken = lasting(voices["speech"], 240)
    spoken[times(240) % every_s >= every_s - silent_s] = 0
    (one,) = found(spoken)
    assert one.code is Code.SILENT
    assert one.end_s - one.start_s > 180
    assert one.evidence["lost_s"] == pytest.approx(240 / every_s * silent_s, rel=0.15)


# --- channels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [-1.0, -0.6, -0.9])
def test_channels_that_take_each_other_away_are_told_with_their_place(
    voices: dict[str, Sound], factor: float
) -> None:
    spoken = lasting(voices["speech"], 90)
    right = spoken.copy()
    right[30 * RATE_HZ : 70 * RATE_HZ] *= factor
    room = np.stack([noise(90, -55, 1), noise(90, -55, 2)])
    (one,) = found(np.stack([spoken, right]) + room)
    assert one.code is Code.OUT_OF_PHASE
    assert abs(one.start_s - 30) <= 1.5
    assert abs(one.end_s - 70) <= 1.5


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("kind", ["hiss", "hum", "pink"])
def test_noise_alone_on_one_channel_is_told(voices: dict[str, Sound], kind: str, side: int) -> None:
    rest = {"hiss": hiss, "hum": hum, "pink": noise}[kind](90, -45)
    both = [lasting(voices["speech"], 90), rest]
    (one,) = found(np.stack(both if side else both[::-1]))
    assert one.code is Code.CHANNEL_NOISE
    assert one.evidence["channel"] == side


# --- flat tops ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["speech", "german", "slow"])
@pytest.mark.parametrize("ceiling_dbfs", [-6.0, -12.0, -20.0])
def test_peaks_cut_off_and_turned_down_are_told_with_their_place(
    voices: dict[str, Sound], name: str, ceiling_dbfs: float
) -> None:
    spoken = lasting(voices[name], 90) * 0.2
    over = slice(20 * RATE_HZ, 60 * RATE_HZ)
    spoken[over] = np.clip(spoken[over] * 100, -1, 1) * 10 ** (ceiling_dbfs / 20)
    told = [one for one in found(spoken) if one.code is Code.CLIPPING]
    assert told
    assert abs(told[0].start_s - 20) <= 4.1
    assert abs(told[-1].end_s - 60) <= 4.1


# --- ordinary recordings ------------------------------------------------------------------------------


def _compressed(sound: Sound) -> Sound:
    """As a limiter leaves it: loud and even, with whole tops."""
    size = RATE_HZ // 100
    level = np.sqrt(np.convolve(sound**2, np.ones(size) / size, "same"))
    return sound / np.maximum(level, 0.02) * 0.1


def _late(sound: Sound, seconds: float) -> Sound:
    return np.roll(sound, int(seconds * RATE_HZ))


def _paused(sound: Sound, pause_s: float, every_s: float) -> Sound:
    return sound * (np.arange(sound.size) / RATE_HZ % every_s < every_s - pause_s)


CALM: dict[str, Callable[[dict[str, Sound]], Sound]] = {
    "long pauses in a hall": lambda of: _paused(lasting(of["speech"], 180), 12, 45) + noise(180, -46),
    "a long pause": lambda of: (
        np.concatenate([of["speech"], 0 * of["speech"], of["speech"]]) + noise(120, -44)
    ),
    "quiet hall": lambda of: lasting(of["speech"], 120) + noise(120, -48),
    "short pauses of nothing": lambda of: _paused(lasting(of["slow"], 120), 4, 12),
    "applause at the end": lambda of: np.concatenate([of["speech"], of["german"], applause(40)]),
    "applause in between": lambda of: np.concatenate([of["speech"], applause(15), of["german"]]),
    "film with music": lambda of: np.concatenate([of["speech"], melody(90), of["speech"], of["german"]]),
    "film with music and a voice": lambda of: np.concatenate(
        [of["speech"], melody(40) * 0.3 + of["german"] * 0.5, of["speech"]]
    ),
    "second language": lambda of: np.concatenate([of["speech"], of["german"], of["speech"]]),
    "slow voice": lambda of: lasting(of["slow"], 120),
    "whisper": lambda of: lasting(of["whisper"], 120),
    "soft voice": lambda of: lowered(lasting(of["speech"], 120), 12),
    "hum under the voice": lambda of: lasting(of["german"], 120) + hum(120, -45),
    "limited voice": lambda of: _compressed(lasting(of["speech"], 120)),
    "loud mastered voice": lambda of: np.tanh(3 * _compressed(lasting(of["german"], 120))),
    "two microphones": lambda of: (
        np.stack([lasting(of["speech"], 120), 0.4 * _late(lasting(of["speech"], 120), 0.004)])
        + np.stack([noise(120, -60, 1), noise(120, -58, 2)])
    ),
    "a speaker on each side": lambda of: (
        np.stack(
            [
                np.concatenate([of["speech"], 0.2 * of["german"], of["speech"]]),
                np.concatenate([0.2 * of["speech"], of["german"], 0.2 * of["speech"]]),
            ]
        )
        + np.stack([noise(120, -62, 1), noise(120, -62, 2)])
    ),
    "wide music between": lambda of: np.concatenate(
        [
            np.stack([of["speech"]] * 2),
            np.stack([melody(40), _late(melody(40), 0.37)]),
            np.stack([of["german"]] * 2),
        ],
        axis=1,
    ),
    "hiss of the room beside the voice": lambda of: (
        np.stack([lasting(of["speech"], 120)] * 2) + np.stack([hiss(120, -52), noise(120, -50)])
    ),
}


def test_there_are_at_least_a_dozen_ordinary_recordings() -> None:
    assert len(CALM) >= 12


@pytest.mark.parametrize("name", CALM)
def test_an_ordinary_recording_has_no_finding(voices: dict[str, Sound], name: str) -> None:
    told = found(CALM[name](voices))
    assert [one for one in told if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("fault", [ImportError("no such module"), OSError("not for this processor")])
def test_without_its_detector_a_talk_is_judged_by_levels_and_colours(
    voices: dict[str, Sound], fault: Exception
) -> None:
    asked = []

    def broken(samples: NDArray[np.float32]) -> bool:
        asked.append(samples.size)
        raise fault

    def judged(sound: Sound) -> list[str]:
        return [str(one.code) for one in sound_findings(heard(sound), LIMITS, ask=broken)]

    assert judged(lasting(voices["speech"], 120)) == ["voice_unsure"]
    assert judged(noise(60, -30)) == ["no_speech", "voice_unsure"]
    assert len(asked) == 2, "it is tried once a recording"


def test_that_the_detector_is_not_there_is_told_once_and_only_where_it_was_asked(
    voices: dict[str, Sound],
) -> None:
    def lost(_samples: NDArray[np.float32]) -> bool:
        raise ImportError("no such module")

    track = sound_findings(heard(lasting(voices["speech"], 120)), LIMITS, ask=lost)
    (note,) = beside_each_other([track, track])
    assert (note.code, note.severity, note.start_s) == (Code.VOICE_UNSURE, Severity.NOTE, 0.0)
    assert note.evidence == {"reason": "no such module"}
    assert note.code is Code.VOICE_UNSURE
    silent = sound_findings(heard(np.zeros_like(noise(60, -30))), LIMITS, ask=lost)
    assert [one.code for one in silent] == [Code.SILENT], "nobody had to ask it"
