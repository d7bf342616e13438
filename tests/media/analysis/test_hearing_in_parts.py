"""A long recording that is heard in parts is found to be what it is found to be when all of it is decoded."""

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from stagebox.media.analysis import silence, sound_reader
from stagebox.media.analysis.sound_findings import sound_findings
from stagebox.media.analysis.sound_meter import SoundMeter
from stagebox.model.report import Finding
from stagebox.model.settings import VerifySettings

pytestmark = pytest.mark.slow

LIMITS = VerifySettings()
RATE_HZ = 8_000
LENGTH_S = 80
EDGE_S = 0.1


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch without sound, but for noise of the room at this level."""

    start_s: float
    length_s: float
    level: float


pauses = st.builds(
    Pause,
    start_s=st.floats(0, LENGTH_S - 0.5),
    # Around the ten seconds that matter, as often as any other length.
    length_s=st.one_of(st.floats(0.3, 40), st.floats(9.5, 10.6)),
    level=st.sampled_from([0.0, 1e-4, 5e-4]),
)


def sound_with(silent: list[Pause], seed: int) -> NDArray[np.int16]:
    """Loud and soft syllables of noise, with pauses."""
    chance = np.random.default_rng(seed)
    count = LENGTH_S * RATE_HZ
    time_s = np.arange(count) / RATE_HZ
    syllables = 0.06 + 0.05 * np.sin(2 * np.pi * 3.1 * time_s)
    samples = syllables * chance.standard_normal(count)
    for pause in silent:
        start, end = (int(at * RATE_HZ) for at in (pause.start_s, pause.start_s + pause.length_s))
        samples[start:end] = pause.level * chance.standard_normal(samples[start:end].size)
    return np.asarray(np.clip(samples, -1, 1) * 32767, dtype=np.int16)


def write(path: Path, samples: NDArray[np.int16]) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        stream.bit_rate = 32_000
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


def heard(path: Path) -> tuple[list[Finding], float]:
    """The findings, and which share of the recording was decoded for them."""
    with av.open(str(path)) as container:
        (track,) = container.streams.audio
        reader = sound_reader.SoundReader(
            track,
            origin_s=0.0,
            length_s=float(LENGTH_S),
            meter=SoundMeter(LIMITS.silence_dbfs),
            shortest_silence_s=LIMITS.silence_warning_s,
        )
        for packet in container.demux(track):
            reader.feed(packet)
        facts = reader.finish()
    return sound_findings(facts, LIMITS), float(facts.heard.mean())


@settings(
    max_examples=12,
    deadline=None,
    # An example takes half a second: what fails is shown as it is.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(silent=st.lists(pauses, max_size=4), seed=st.integers(0, 1000))
def test_silences_at_any_place_are_found_as_by_decoding_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, silent: list[Pause], seed: int
) -> None:
    path = tmp_path / "sound.m4a"
    write(path, sound_with(silent, seed))
    # Those that come again and again are told from this length on in what is heard in parts.
    monkeypatch.setattr(silence, "SHORT_SILENCE_S", silence.LONG_SHARE * LIMITS.silence_warning_s)
    with monkeypatch.context() as patch:
        patch.setattr(sound_reader, "HEARD_IN_FULL_S", 1.0)
        in_parts, share = heard(path)
    in_full, whole = heard(path)
    assert whole > 0.98
    if not silent:
        assert share < 0.25
    assert [(one.code, one.severity) for one in in_parts] == [(one.code, one.severity) for one in in_full]
    for one, other in zip(in_parts, in_full, strict=True):
        assert abs(one.start_s - other.start_s) <= EDGE_S
        assert abs(one.end_s - other.end_s) <= EDGE_S
