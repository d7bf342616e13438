"""What the figures of a picture tell apart: painted pictures, scaled and compressed as OBS gives them."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.health.picture_features import Pixels, features_of, thumbnail
from stagebox.health.picture_words import is_black, no_signal_sign
from stagebox.model.settings import HealthSettings
from tests.health import painted

LIMITS = HealthSettings()
CARDS = [thumbnail(painted.as_obs_gives_it(painted.card(), width=320, jpeg_quality=70))]

LITTLE_TEXT = ("a terminal of one line", "a terminal of one line, and a pointer", "a dim terminal")
Paint = Callable[[], Pixels]
TABLE: list[tuple[str, Paint, str]] = [
    ("black", lambda: painted.even(0, 0, 0), "black"),
    ("black of limited range", lambda: painted.even(16, 16, 16), "black"),
    ("black with a mouse pointer", lambda: painted.with_pointer(painted.even(0, 0, 0)), "black"),
    ("a lens cap", lambda: painted.lens_cap(1), "black"),
    ("a terminal of one line", lambda: painted.terminal(1), "picture"),
    ("a terminal of one line, and a pointer", lambda: painted.with_pointer(painted.terminal(1)), "picture"),
    ("a terminal", lambda: painted.terminal(12), "picture"),
    ("a dim terminal", lambda: painted.terminal(12, (40, 110, 40)), "picture"),
    ("a blue title page", painted.blue_page, "picture"),
    ("a dim stage", lambda: painted.dim_stage(2), "picture"),
    ("a lit stage", lambda: painted.lit_stage(3), "picture"),
    ("a white slide", painted.white_slide, "picture"),
    ("a slide with a photo", painted.photo_slide, "picture"),
    ("a chart of columns", painted.column_chart, "picture"),
    ("an empty white slide", lambda: painted.even(255, 255, 255), "picture"),
    ("blue", lambda: painted.even(0, 0, 200), "uniform"),
    ("grey", lambda: painted.even(110, 110, 110), "uniform"),
    ("blue with a mouse pointer", lambda: painted.with_pointer(painted.even(0, 0, 200)), "uniform"),
    ("green", lambda: painted.even(20, 180, 40), "uniform"),
    ("SMPTE bars", painted.smpte_bars, "bars"),
    ("full bars", painted.full_bars, "bars"),
    ("bars with noise", lambda: painted.noisy(painted.smpte_bars(), 5), "bars"),
    ("a taught card", painted.card, "card"),
]


def judged(pixels: Pixels, role: str = "slides") -> str:
    features = features_of(pixels, CARDS)
    if is_black(features, LIMITS):
        return "black"
    return no_signal_sign(role, features, LIMITS) or "picture"


@pytest.mark.parametrize(("width", "quality"), [(320, None), (320, 50), (960, 90)])
@pytest.mark.parametrize(("paint", "meant"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_picture_is_judged_for_what_it_is(
    paint: Paint, meant: str, width: int, quality: int | None
) -> None:
    assert judged(painted.as_obs_gives_it(paint(), width=width, jpeg_quality=quality)) == meant


@pytest.mark.parametrize(
    ("paint", "meant"),
    [row[1:] for row in TABLE if row[0] not in LITTLE_TEXT],
    ids=[row[0] for row in TABLE if row[0] not in LITTLE_TEXT],
)
def test_the_small_picture_tells_all_but_little_text_apart(paint: Paint, meant: str) -> None:
    assert judged(painted.as_obs_gives_it(paint())) == meant


def test_an_even_white_camera_picture_is_no_slide() -> None:
    assert judged(painted.as_obs_gives_it(painted.even(255, 255, 255)), role="camera") == "uniform"


def test_a_card_that_was_not_taught_is_just_a_picture() -> None:
    features = features_of(painted.as_obs_gives_it(painted.card()))
    assert features.card_distance is None
    assert no_signal_sign("slides", features, LIMITS) is None


def test_noise_gives_each_picture_its_own_fingerprint() -> None:
    looks = [features_of(painted.as_obs_gives_it(painted.dim_stage(seed))) for seed in range(20)]
    assert len({look.fingerprint for look in looks}) == 20


def test_the_same_pixels_have_the_same_fingerprint() -> None:
    pixels = painted.as_obs_gives_it(painted.lit_stage(1))
    assert features_of(pixels).fingerprint == features_of(pixels.copy()).fingerprint


@given(
    st.integers(0, 255), st.integers(0, 255), st.integers(0, 255), st.integers(32, 200), st.integers(18, 120)
)
@settings(max_examples=60, deadline=None)
def test_an_even_picture_is_black_or_no_signal_or_an_empty_slide(
    red: int, green: int, blue: int, width: int, height: int
) -> None:
    features = features_of(np.full((height, width, 3), (red, green, blue), np.uint8))
    assert features.spread == 0
    assert features.uniform_share == 1
    named = is_black(features, LIMITS) or no_signal_sign("slides", features, LIMITS) == "uniform"
    assert named or min(red, green, blue) > 180


@given(st.binary(min_size=32 * 18 * 3, max_size=32 * 18 * 3))
@settings(max_examples=60, deadline=None)
def test_figures_stay_within_their_ranges(data: bytes) -> None:
    features = features_of(np.frombuffer(data, np.uint8).reshape(18, 32, 3), CARDS)
    for value in (features.mean_level, features.peak_level, features.spread, *features.mean_rgb):
        assert 0 <= value <= 255
    assert 0 <= features.uniform_share <= 1
    assert 0 <= features.bars_likeness <= 1


@pytest.mark.parametrize("shape", [(54, 96), (54, 96, 4), (17, 96, 3), (54, 31, 3), (0, 0, 3)])
def test_what_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        features_of(np.zeros(shape, np.uint8))


def test_a_thumbnail_averages_what_it_covers() -> None:
    pixels = np.zeros((54, 96, 3), np.uint8)
    pixels[:, 48:] = 200
    small = thumbnail(pixels)
    assert small.shape == (18, 32, 3)
    assert (small[:, :16] == 0).all()
    assert (small[:, 16:] == 200).all()
