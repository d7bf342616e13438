"""The rules alone, without media: packet sizes to plans, stretches and levels to findings."""

import numpy as np
import pytest

from stagebox.media.analysis.frame_classifier import FrameKind, YuvFrame, classify
from stagebox.media.analysis.gops import NOTHING, WHOLE, effective_size, plan_for, scale_for
from stagebox.media.analysis.loudness import integrated_lufs, k_powers
from stagebox.media.analysis.picture_findings import PictureStretch, VideoTrackFacts, picture_findings
from stagebox.media.analysis.silence import silences
from stagebox.media.analysis.sound_findings import sound_findings
from stagebox.media.analysis.sound_meter import AudioTrackFacts, SoundMeter, SoundSamples, gaps_in
from stagebox.model.report import Severity
from stagebox.model.settings import VerifySettings

LIMITS = VerifySettings()
SCALE = scale_for(1920, 1080)
RATE_HZ = 48_000


def plan(sizes, first=FrameKind.PICTURE, following=FrameKind.PICTURE, *, regular=True, leading=False):
    times_s = [number / 30 for number in range(len(sizes))]
    end_s = len(sizes) / 30
    return plan_for(
        sizes, times_s, first, following, SCALE, 2.0, end_s=end_s, regular=regular, leading=leading
    )


def test_a_busy_group_is_not_decoded() -> None:
    assert plan([60_000] + [9_000] * 249) == NOTHING


def test_a_still_group_between_due_keyframes_is_not_decoded() -> None:
    assert plan([60_000] + [70, 72, 70, 73] * 62) == NOTHING


def test_a_calm_stretch_that_a_large_packet_ends_is_asked_for_its_last_picture() -> None:
    asked = plan([60_000] + [9_000] * 60 + [70] * 80 + [80_000] + [9_000] * 60)
    assert asked.ask_s == (140 / 30,)


def test_a_calm_end_before_an_early_keyframe_is_asked_for() -> None:
    assert plan([60_000] + [9_000] * 60 + [70] * 80, regular=False).ask_s == (140 / 30,)


def test_a_group_at_whose_end_the_picture_is_gone_is_decoded() -> None:
    assert plan([60_000] + [70] * 249, FrameKind.PICTURE, FrameKind.BLACK) == WHOLE


def test_a_black_group_is_decoded_unless_the_picture_comes_back_with_the_next_keyframe() -> None:
    assert plan([1_200] + [70] * 249, FrameKind.BLACK, FrameKind.PICTURE) == NOTHING
    assert plan([1_200] + [70] * 200 + [30_000] + [70] * 48, FrameKind.BLACK, FrameKind.PICTURE) == WHOLE
    assert plan([1_200] + [70] * 249, FrameKind.BLACK, FrameKind.PICTURE, leading=True) == WHOLE
    assert plan([1_200] + [70] * 249, FrameKind.BLACK, FrameKind.UNIFORM) == WHOLE


def test_a_black_group_without_changes_is_not_decoded() -> None:
    assert plan([1_200] + [70] * 249, FrameKind.BLACK, FrameKind.BLACK) == NOTHING


def test_filler_does_not_count_as_picture_data() -> None:
    slice_unit = (20).to_bytes(4, "big") + b"\x41" + b"\x10" * 19
    filler = (1001).to_bytes(4, "big") + b"\x0c" + b"\xff" * 999 + b"\x80"
    assert effective_size(memoryview(slice_unit + filler), "h264", annex_b=False) < 40
    assert effective_size(memoryview(slice_unit), "h264", annex_b=False) == 24


def flat(y: int, u: int = 128, v: int = 128) -> YuvFrame:
    planes = (
        np.full((180, 320), y, np.uint8),
        np.full((90, 160), u, np.uint8),
        np.full((90, 160), v, np.uint8),
    )
    return YuvFrame(*planes)


def test_black_uniform_and_dark_blue_pictures_are_told_apart() -> None:
    assert classify(flat(16)) is FrameKind.BLACK
    assert classify(flat(120)) is FrameKind.UNIFORM
    assert classify(flat(30, 200)) is FrameKind.UNIFORM


def test_a_dark_picture_with_one_bright_word_is_a_picture() -> None:
    picture = flat(16)
    picture.y[20:28, 20:36] = 150
    assert classify(picture) is FrameKind.PICTURE


@pytest.mark.parametrize(
    ("length_s", "severity"),
    [
        (1.9, None),
        (2.0, Severity.NOTE),
        (10.0, Severity.WARNING),
        (60.0, Severity.WARNING),
        (600.0, Severity.CRITICAL),
    ],
)
def test_black_is_as_severe_as_it_is_long(length_s: float, severity: Severity | None) -> None:
    facts = VideoTrackFacts(1000.0, (PictureStretch(100.0, 100.0 + length_s, FrameKind.BLACK),))
    found = picture_findings(facts, LIMITS, camera=False)
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_short_blacks_that_add_up_to_five_per_cent_are_warnings() -> None:
    blacks = tuple(PictureStretch(start, start + 3.0, FrameKind.BLACK) for start in range(0, 180, 9))
    found = picture_findings(VideoTrackFacts(1000.0, blacks), LIMITS, camera=False)
    assert {one.severity for one in found} == {Severity.WARNING}


def heard(samples: np.ndarray) -> AudioTrackFacts:
    meter = SoundMeter(LIMITS.silence_dbfs)
    data = samples.astype(np.float32)
    for at in range(0, data.shape[1], 2 * RATE_HZ):
        meter.take([SoundSamples(at / RATE_HZ, RATE_HZ, data[:, at : at + 2 * RATE_HZ])], is_part=True)
    meter.reach(data.shape[1] / RATE_HZ)
    return meter.facts()


def tone(seconds: float, level: float = 0.1) -> np.ndarray:
    wave = level * np.sin(2 * np.pi * 997 * np.arange(int(seconds * RATE_HZ)) / RATE_HZ)
    return np.stack([wave, wave])


def test_silence_ends_where_sound_begins_and_a_click_does_not_end_it() -> None:
    quiet = np.zeros((2, 12 * RATE_HZ))
    quiet[:, 6 * RATE_HZ : 6 * RATE_HZ + 480] = 0.5
    facts = heard(np.concatenate([tone(3.217), quiet, tone(3)], axis=1))
    ((start_s, end_s),) = silences(facts, -50.0)
    assert abs(start_s - 3.217) < 0.02
    assert abs(end_s - 15.217) < 0.02


def test_a_silence_shorter_than_ten_seconds_is_no_finding() -> None:
    facts = heard(np.concatenate([tone(20), np.zeros((2, 9 * RATE_HZ)), tone(20)], axis=1))
    assert not sound_findings(facts, LIMITS.model_copy(update={"no_speech_min_s": 3600.0}))


def test_the_loudness_of_a_tone_is_what_the_standard_says() -> None:
    # BS.1770: 997 Hz at 0 dBFS in one channel is -3.01 LUFS; in both at -20 dBFS, -20.
    assert integrated_lufs([k_powers(tone(4).astype(np.float32), RATE_HZ)]) == pytest.approx(-20.0, abs=0.1)


def test_gaps_are_digital_silence_between_sounds() -> None:
    levels = np.full(200, -25.0, np.float32)
    levels[50:60] = -120
    levels[100:110] = -62
    assert gaps_in(levels) == [50]
