"""A code means the same live and afterwards: a picture is judged as a source and as a recording's frame."""

import numpy as np
import pytest
from av.video.frame import VideoFrame

from stagebox.health.picture_words import is_black, no_signal_sign
from stagebox.media.analysis.frame_classifier import FrameKind, YuvFrame, classify, signature
from stagebox.media.analysis.frames import picture_of
from stagebox.media.analysis.picture_findings import NO_SIGNAL_KINDS
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings, SoundLimits, VerifySettings
from tests.health import painted
from tests.health.seen import figures
from tests.health.test_picture_features import TABLE, Paint

ONLY_AFTERWARDS = {"an empty white slide"}
"""Live it is known to be the slides, which may be white and empty; in a recording it may be a lost camera."""


def recorded(paint: Paint) -> YuvFrame:
    """The picture as a decoder gives it."""
    rgb = VideoFrame.from_ndarray(np.ascontiguousarray(paint()), format="rgb24")
    return picture_of(rgb.reformat(format="yuv420p"))


CARDS = [signature(recorded(painted.card))]


def live(paint: Paint) -> Code | None:
    seen, limits = figures(paint()), HealthSettings()
    if is_black(seen, limits):
        return Code.BLACK
    return Code.NO_SIGNAL if no_signal_sign("slides", seen, limits) else None


def afterwards(paint: Paint) -> Code | None:
    kind = classify(recorded(paint), CARDS)
    if kind is FrameKind.BLACK:
        return Code.BLACK
    return Code.NO_SIGNAL if kind in NO_SIGNAL_KINDS else None


@pytest.mark.parametrize(("name", "paint"), [row[:2] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_picture_has_the_same_code_live_and_afterwards(name: str, paint: Paint) -> None:
    if name in ONLY_AFTERWARDS:
        assert (live(paint), afterwards(paint)) == (None, Code.NO_SIGNAL)
    else:
        assert live(paint) == afterwards(paint)


@pytest.mark.parametrize(
    ("live_name", "name"),
    [
        ("silent_dbfs", "silence_dbfs"),
        ("silent_s", "silence_warning_s"),
        ("channel_dead_dbfs", "channel_dead_dbfs"),
        ("clipping_count", "clipping_warning_count"),
    ],
)
def test_a_limit_that_both_have_is_the_same_unless_somebody_sets_it(live_name: str, name: str) -> None:
    assert getattr(SoundLimits(), live_name) == getattr(VerifySettings(), name)
