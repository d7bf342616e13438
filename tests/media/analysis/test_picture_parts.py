"""Rules about parts of a picture and about letters alone, without media."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from stagebox.media.analysis.broken_pictures import is_bars, is_half_green, is_snow
from stagebox.media.analysis.fields import FieldBox, flat_box, glimpse
from stagebox.media.analysis.frame_classifier import FrameKind, YuvFrame, classify
from stagebox.media.analysis.letters import says_no_signal
from stagebox.media.analysis.picture_findings import PictureStretch, VideoTrackFacts, picture_findings
from stagebox.media.analysis.picture_parts import PartFault, PicturePartJudge
from stagebox.model.program import COLUMNS, ROWS
from stagebox.model.report import Code, Severity
from stagebox.model.settings import VerifySettings

LIMITS = VerifySettings()
HEIGHT, WIDTH = 270, 480


def picture(y: np.ndarray) -> YuvFrame:
    half = (HEIGHT // 2, WIDTH // 2)
    return YuvFrame(y.astype(np.uint8), np.full(half, 128, np.uint8), np.full(half, 128, np.uint8))


def scene(inside: np.ndarray | int, beside: np.ndarray | int = 90) -> YuvFrame:
    """A frame with a large box and a small one."""
    y = np.full((HEIGHT, WIDTH), 60)
    y[30:220, 20:340] = inside
    y[170:240, 360:460] = beside
    return picture(y)


def text(number: int) -> np.ndarray:
    """Lines of letters on white, in the size of the large box."""
    chance = np.random.default_rng(number)
    lines = np.full((190, 320), 230)
    for top in range(20, 170, 30):
        lines[top : top + 12, 20:300:3] = chance.integers(20, 200, 94)
    return lines


def noise(number: int, strength: float = 6.0) -> np.ndarray:
    return np.clip(90 + np.random.default_rng(number).normal(0, strength, (70, 100)), 0, 255)


@given(st.integers(3, 10), st.integers(2, 20), st.integers(8, 14), st.integers(12, 24))
def test_a_black_box_is_found_wherever_it_is(top: int, left: int, height: int, width: int) -> None:
    y = np.full((HEIGHT, WIDTH), 120)
    y[top * 10 : (top + height) * 10, left * 10 : (left + width) * 10] = 16
    box = flat_box(glimpse(picture(y), 0.0))
    if height * width < 0.12 * ROWS * COLUMNS:
        assert box is None
    else:
        assert box == FieldBox(top, left, top + height, left + width)


@pytest.mark.parametrize(
    "place", [np.s_[:, :240], np.s_[135:], np.s_[:, 80:400]], ids=["left", "below", "4:3"]
)
def test_black_from_edge_to_edge_is_no_box(place: tuple[slice, ...]) -> None:
    y = np.full((HEIGHT, WIDTH), 120)
    y[place] = 16
    if place == np.s_[:, 80:400]:
        y = 136 - y  # bars at both sides of a narrow picture
    assert flat_box(glimpse(picture(y), 0.0)) is None


def test_a_box_is_black_only_where_something_was_in_it() -> None:
    seen, never = PicturePartJudge(), PicturePartJudge()
    for second in range(30):
        gone = 10 <= second < 20
        seen.take(glimpse(scene(16 if gone else text(second // 5), noise(second)), float(second)))
        never.take(glimpse(scene(16, noise(second)), float(second)))
    (one,) = (one for one in seen.stretches(30.0) if one.what is PartFault.BLACK)
    assert (one.start_s, one.end_s) == (10.0, 20.0)
    assert [one for one in never.stretches(30.0) if one.what is PartFault.BLACK] == []


def test_what_was_looked_at_out_of_order_tells_the_same() -> None:
    parts = PicturePartJudge()
    times = [*range(10), 15, 14, 13, 12, 11, 10, *range(16, 25)]
    for before, second in itertools.pairwise([-1, *times]):
        take = parts.take_earlier if second < before else parts.take
        take(glimpse(scene(16 if 11 <= second < 18 else text(second // 5)), float(second)))
    (one,) = parts.stretches(25.0)
    assert (one.what, one.start_s, one.end_s) == (PartFault.BLACK, 11.0, 18.0)


@pytest.mark.parametrize("to_the_end", [False, True])
def test_a_camera_that_stops_is_found_while_the_slides_go_on(to_the_end: bool) -> None:
    parts, last = PicturePartJudge(), 90 if to_the_end else 130
    for second in range(last):
        parts.take(
            glimpse(scene(text(second // 7), noise(50 if 50 <= second < 90 else second)), float(second))
        )
    (one,) = parts.stretches(float(last))
    assert one.what is PartFault.FROZEN
    assert abs(one.start_s - 50) <= 1
    assert abs(one.end_s - 90) <= 1
    assert one.box[0] > 0.7


def test_slides_that_stand_after_others_are_no_camera() -> None:
    parts = PicturePartJudge()
    for second in range(120):
        shown = second // 7 if second < 40 or second > 90 else 5
        parts.take(glimpse(scene(text(shown), 90), float(second)))
    assert parts.stretches(120.0) == []


def test_a_film_that_ends_in_a_slide_is_no_camera() -> None:
    parts = PicturePartJudge()
    for second in range(200):
        shown = noise(min(second, 40)) if 20 <= second < 90 else 90
        parts.take(glimpse(scene(text(second // 100), shown), float(second)))
    assert parts.stretches(200.0) == []


def ink(words: str, size: int) -> np.ndarray:
    image = Image.new("L", (40 + size * len(words), 2 * size))
    ImageDraw.Draw(image).text((10, 5), words, 255, ImageFont.load_default(size))
    return np.asarray(image, np.float32) / 255


@pytest.mark.parametrize("size", [20, 31, 60])
@pytest.mark.parametrize(
    "words", ["NO SIGNAL", "No Signal", "no input signal", "Kein Signal", "HDMI 2: No Signal"]
)
def test_words_that_say_that_no_signal_comes_are_read(words: str, size: int) -> None:
    assert says_no_signal(ink(words, size)) is not None


@pytest.mark.parametrize("size", [20, 31, 60])
@pytest.mark.parametrize(
    "words",
    ["Questions?", "Signal processing", "Signals and noise", "No silver bullet", "Thank you", "Introduction",
     "Nominal values", "Input handling", "$ make test", "Measuring things in practice"],
)  # fmt: skip
def test_other_words_are_not_taken_for_them(words: str, size: int) -> None:
    assert says_no_signal(ink(words, size)) is None


def test_noise_is_snow_and_pictures_with_noise_are_none() -> None:
    chance = np.random.default_rng(5)
    assert is_snow(picture(chance.integers(16, 236, (HEIGHT, WIDTH))))
    steps = np.linspace(40, 200, WIDTH)[None, :] + chance.normal(0, 6, (HEIGHT, WIDTH))
    assert not is_snow(picture(steps))
    assert not is_snow(picture(100 + chance.normal(0, 6, (HEIGHT, WIDTH))))
    assert not is_snow(scene(text(1), noise(1)))


def turned(shown: YuvFrame, quarters: int) -> YuvFrame:
    return YuvFrame(*(np.ascontiguousarray(np.rot90(one, quarters)) for one in (shown.y, shown.u, shown.v)))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_bars_need_equal_widths_and_several_colours(quarters: int) -> None:
    def striped(levels: list[int], bounds: np.ndarray) -> YuvFrame:
        y = np.zeros((HEIGHT, WIDTH))
        for level, start, end in zip(levels, bounds, bounds[1:], strict=False):
            y[:, int(start) : int(end)] = level
        return turned(picture(y), quarters)

    even = np.linspace(0, WIDTH, 9)
    assert is_bars(striped(list(range(16, 240, 28)), even))
    assert not is_bars(striped([40, 200] * 4, even))
    assert not is_bars(
        striped(list(range(16, 240, 28)), np.array([0, 30, 150, 170, 300, 330, 400, 420, 480]))
    )


def test_half_a_picture_is_green_below() -> None:
    half = scene(text(2))
    half.y[150:], half.u[75:], half.v[75:] = 84, 89, 78
    assert is_half_green(half)
    assert classify(half) is FrameKind.HALF
    half.u[75:], half.v[75:] = 128, 128
    assert not is_half_green(half)


def facts(*blacks: tuple[float, float]) -> VideoTrackFacts:
    return VideoTrackFacts(
        3600.0, tuple(PictureStretch(start, end, FrameKind.BLACK) for start, end in blacks)
    )


def test_black_again_and_again_is_one_warning() -> None:
    blacks = [(100 + 1.5 * number, 101 + 1.5 * number) for number in range(10)]
    (one,) = picture_findings(facts(*blacks), LIMITS, camera=False)
    assert (one.code, one.severity, one.evidence["times"]) == (Code.BLACK, Severity.WARNING, 10)
    assert (one.start_s, one.end_s) == blacks[0][:1] + blacks[-1][1:]


def test_short_cuts_through_black_are_nothing() -> None:
    blacks = [(100 + 1.5 * number, 100.2 + 1.5 * number) for number in range(40)]
    assert picture_findings(facts(*blacks), LIMITS, camera=False) == []


def test_a_long_black_between_short_ones_is_told_by_itself() -> None:
    blacks = [*((100 + 1.5 * number, 101 + 1.5 * number) for number in range(10)), (120.0, 140.0)]
    found = picture_findings(facts(*blacks), LIMITS, camera=False)
    assert sorted((one.start_s, one.end_s) for one in found) == [(100.0, 114.5), (120.0, 140.0)]
