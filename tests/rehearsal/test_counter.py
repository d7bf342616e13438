"""The counter is read exactly or not at all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from stagebox.rehearsal.counter import (
    CELL_PX,
    COLUMNS,
    HEIGHT_PX,
    LIMIT,
    ROWS,
    WIDTH_PX,
    CodeBox,
    CounterSource,
    decode,
    encode,
    locate,
)

numbers = st.integers(0, LIMIT - 1)
who = st.sampled_from(list(CounterSource))


def as_gray(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(pixels[:, :, 2::-1])).convert("L")


def in_frame(picture: Image.Image, left: int, top: int) -> tuple[np.ndarray, CodeBox]:
    frame = Image.new("L", (640, 360), 90)
    frame.paste(picture, (left, top))
    box = CodeBox(left, top, left + picture.width, top + picture.height)
    return np.asarray(frame), box


@given(number=numbers, shown=who)
def test_what_is_shown_is_read(number: int, shown: CounterSource) -> None:
    luma, box = in_frame(as_gray(encode(number, shown)), 30, 20)
    assert decode(luma, box) == (number, shown)


@settings(max_examples=60, deadline=None)
@given(
    number=numbers,
    shown=who,
    scale=st.floats(0.3, 1.9),
    blur=st.floats(0.0, 0.15),
    noise=st.floats(0.0, 12.0),
    low=st.integers(0, 40),
    high=st.integers(190, 255),
    seed=st.integers(0, 2**32 - 1),
)
def test_scaling_blur_noise_and_levels_do_not_hide_it(
    number: int, shown: CounterSource, scale: float, blur: float, noise: float, low: int, high: int, seed: int
) -> None:
    picture = as_gray(encode(number, shown))
    picture = picture.resize((round(WIDTH_PX * scale), round(HEIGHT_PX * scale)), Image.Resampling.BICUBIC)
    picture = picture.filter(ImageFilter.GaussianBlur(blur * CELL_PX * scale))
    luma, box = in_frame(picture, 20, 10)
    dirty = low + luma.astype(np.float32) * (high - low) / 255
    dirty += np.random.default_rng(seed).normal(0, noise, dirty.shape).astype(np.float32)
    assert decode(np.clip(dirty, 0, 255), box) == (number, shown)


@settings(max_examples=150, deadline=None)
@given(number=numbers, shown=who, damage=st.integers(1, 48), seed=st.integers(0, 2**32 - 1))
def test_damaged_cells_give_no_number_or_the_right_one(
    number: int, shown: CounterSource, damage: int, seed: int
) -> None:
    luma, box = in_frame(as_gray(encode(number, shown)), 30, 20)
    luma = luma.copy()
    chance = np.random.default_rng(seed)
    for cell in chance.choice(ROWS * COLUMNS, damage, replace=False):
        top = 20 + CELL_PX * (1 + cell // COLUMNS)
        left = 30 + CELL_PX * (1 + cell % COLUMNS)
        luma[top : top + CELL_PX, left : left + CELL_PX] = chance.integers(0, 256)
    assert decode(luma, box) in (None, (number, shown))


@given(seed=st.integers(0, 2**32 - 1), spread=st.floats(1.0, 120.0))
def test_noise_is_no_number(seed: int, spread: float) -> None:
    noise = np.random.default_rng(seed).normal(128, spread, (360, 640))
    assert decode(np.clip(noise, 0, 255).astype(np.uint8), CodeBox(30, 20, 310, 140)) is None


@given(first=numbers, second=numbers, share=st.floats(0.0, 1.0))
def test_two_numbers_faded_into_each_other_are_read_as_neither_or_one(
    first: int, second: int, share: float
) -> None:
    one, box = in_frame(as_gray(encode(first, CounterSource.SLIDES)), 30, 20)
    other, _ = in_frame(as_gray(encode(second, CounterSource.SLIDES)), 30, 20)
    mixed = (share * one + (1 - share) * other).astype(np.float32)
    assert decode(mixed, box) in (None, (first, CounterSource.SLIDES), (second, CounterSource.SLIDES))


@given(number=numbers, row=st.integers(1, 119))
def test_a_torn_picture_gives_no_third_number(number: int, row: int) -> None:
    old, box = in_frame(as_gray(encode(number, CounterSource.CAMERA)), 30, 20)
    following = (number + 1) % LIMIT
    new, _ = in_frame(as_gray(encode(following, CounterSource.CAMERA)), 30, 20)
    torn = np.concatenate([new[: 20 + row], old[20 + row :]])
    assert decode(torn, box) in (None, (number, CounterSource.CAMERA), (following, CounterSource.CAMERA))


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_a_number_outside_the_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="counter"):
        encode(number, CounterSource.SLIDES)


@pytest.mark.parametrize("shown", list(CounterSource))
@pytest.mark.parametrize("scale", [0.3, 0.5, 0.66, 1.0])
def test_the_ring_is_found_by_its_colour_at_any_size(shown: CounterSource, scale: float) -> None:
    size = (round(WIDTH_PX * scale), round(HEIGHT_PX * scale))
    pixels = encode(7, shown)[:, :, 2::-1]
    frame = Image.new("RGB", (1280, 720), (60, 70, 90))
    frame.paste(Image.fromarray(np.ascontiguousarray(pixels)).resize(size), (800, 400))
    planes = np.asarray(frame.convert("YCbCr"))
    u, v = planes[::2, ::2, 1], planes[::2, ::2, 2]
    box = locate(u, v, shown)
    assert box is not None
    assert (box.left, box.top) == pytest.approx((800, 400), abs=2)
    assert (box.right, box.bottom) == pytest.approx((800 + size[0], 400 + size[1]), abs=2)
    other = CounterSource.CAMERA if shown is CounterSource.SLIDES else CounterSource.SLIDES
    assert locate(u, v, other) is None
