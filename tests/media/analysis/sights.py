"""Paints what a recording shows, picture by picture, and encodes it: ordinary talks, and what spoils them.

A painter is called with the time in seconds and a random generator, and returns 360 × 640 × 3 levels.
"""

import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFont

HEIGHT, WIDTH = 360, 640
Pixels = NDArray[np.uint8]
Painter = Callable[[float, np.random.Generator], Pixels]

EVERY_SECOND = ("-preset", "ultrafast", "-crf", "23", "-g", "5")
QUICK = ("-preset", "veryfast", "-x264-params", "subme=1:me=dia:partitions=none")
"""As OBS's: kinds of pictures, look-ahead and rate. Only the search for what has moved is cut short."""
RARE_KEYS = (*QUICK, "-crf", "23", "-g", "42")
"""Eight seconds apart, as OBS leaves it."""
CONSTANT = (*QUICK, "-b:v", "500k", "-maxrate", "500k", "-bufsize", "500k", "-g", "10")
FEW_BITS = (*QUICK, "-b:v", "300k", "-maxrate", "300k", "-bufsize", "300k", "-g", "25")
LEAN = (*QUICK, "-b:v", "150k", "-maxrate", "150k", "-bufsize", "150k", "-g", "10")


def film(
    path: Path,
    parts: Sequence[tuple[Painter, float]],
    fps: int = 5,
    codec: Sequence[str] = EVERY_SECOND,
    seed: int = 1,
) -> Path:
    """Encode the parts (painter, length in seconds), one after the other; returns the path."""
    chance = np.random.default_rng(seed)
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{WIDTH}x{HEIGHT}", "-r", str(fps), "-i", "-", "-c:v", "libx264", *codec]
    command += ["-pix_fmt", "yuv420p", str(path)]
    number = 0
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for painter, length_s in parts:
            for _ in range(round(length_s * fps)):
                encoder.stdin.write(painter(number / fps, chance).tobytes())
                number += 1
        encoder.stdin.close()
        assert encoder.wait(60) == 0
    return path


def page(ground: str, *texts: tuple[tuple[int, int], str, str, int]) -> Pixels:
    """A page with texts: place, words, colour and size in pixels."""
    return _page(ground, texts).copy()


@cache
def _page(ground: str, texts: tuple[tuple[tuple[int, int], str, str, int], ...]) -> Pixels:
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    draw = ImageDraw.Draw(image)
    for place, words, colour, size in texts:
        draw.text(place, words, colour, ImageFont.load_default(size))
    return np.asarray(image)


def always(pixels: Pixels) -> Painter:
    """The same picture all along."""
    return lambda _time_s, _chance: pixels


def slide(number: int, ground: str = "#fafafa", ink: str = "#202020") -> Pixels:
    """An ordinary slide: a heading and four points."""
    points = tuple(
        ((60, 100 + 55 * line), f"– point {line + 1} of slide {number}, in words", ink, 20)
        for line in range(4)
    )
    return page(ground, ((40, 30), f"{number}. How talks break", ink, 34), *points)


def slides(ground: str = "#fafafa", ink: str = "#202020", each_s: float = 7.0) -> Painter:
    """Slides that change."""
    shown = cache(lambda number: slide(number, ground, ink))
    return lambda time_s, _chance: shown(int(time_s / each_s))


def noisy(pixels: Pixels, chance: np.random.Generator, strength: float) -> Pixels:
    """The picture with a camera's noise."""
    height, width = pixels.shape[:2]
    pool = _noise(strength)
    top, left = (int(chance.integers(0, one)) for one in (pool.height - height, pool.width - width))
    noise = pool.crop((left, top, left + width, top + height))
    return np.asarray(ImageChops.add(Image.fromarray(pixels), noise, offset=-_NO_NOISE))


_NO_NOISE = 128


@cache
def _noise(strength: float) -> Image.Image:
    """A large piece of noise, from which each picture takes a part at another place."""
    pool = np.random.default_rng(8).normal(_NO_NOISE, strength, (3 * HEIGHT, 3 * WIDTH))
    grey = Image.fromarray(pool.round().astype(np.uint8))
    return Image.merge("RGB", (grey, grey, grey))


def speaker(time_s: float, width: int, height: int, light: float = 1.0) -> Pixels:
    """Somebody before a wall, who moves."""
    image = Image.new("RGB", (width, height), tuple(int(light * one) for one in (92, 84, 76)))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, int(0.8 * height), width, height), tuple(int(light * one) for one in (60, 50, 44)))
    middle = width * (0.5 + 0.08 * np.sin(time_s * 1.3))
    head = height * 0.13
    draw.ellipse(
        (middle - head, 0.25 * height, middle + head, 0.25 * height + 2 * head),
        tuple(int(light * one) for one in (205, 170, 140)),
    )
    draw.rectangle(
        (middle - 1.6 * head, 0.25 * height + 2 * head, middle + 1.6 * head, height),
        tuple(int(light * one) for one in (40, 60, 110)),
    )
    return np.asarray(image)


def camera(light: float = 1.0, strength: float = 6.0) -> Painter:
    """A camera on the speaker, with noise."""
    return lambda time_s, chance: noisy(speaker(time_s, WIDTH, HEIGHT, light), chance, strength)


def frozen(painter: Painter, at_s: float) -> Painter:
    """What the painter showed at this time, and nothing newer."""
    made: list[Pixels] = []

    def paint(_time_s: float, chance: np.random.Generator) -> Pixels:
        if not made:
            made.append(painter(at_s, chance))
        return made[0]

    return paint


def combo(
    inside: Painter,
    beside: Painter,
    box: tuple[float, float, float, float] = (0.02, 0.1, 0.7, 0.75),
    inset: tuple[float, float, float, float] = (0.74, 0.62, 0.24, 0.24),
) -> Painter:
    """A frame with slides and a camera in it; boxes are left, top, width and height, in shares."""
    back = page("#1d3a68", ((20, 8), "DemoConf   Track A", "white", 18))
    into = [(place, shrunk(painter, place)) for place, painter in ((box, inside), (inset, beside))]

    def paint(time_s: float, chance: np.random.Generator) -> Pixels:
        made = back.copy()
        for (left, top, _width, _height), painter in into:
            small = painter(time_s, chance)
            x, y = int(left * WIDTH), int(top * HEIGHT)
            made[y : y + small.shape[0], x : x + small.shape[1]] = small
        return made

    return paint


def shrunk(painter: Painter, box: tuple[float, float, float, float]) -> Painter:
    """What the painter shows, at the box's size; what it shows again is not scaled again."""
    size = (round(box[2] * WIDTH), round(box[3] * HEIGHT))
    last: list[Pixels] = []

    def paint(time_s: float, chance: np.random.Generator) -> Pixels:
        whole = painter(time_s, chance)
        if not last or last[0] is not whole:
            last[:] = whole, np.asarray(Image.fromarray(whole).resize(size, Image.Resampling.BILINEAR))
        return last[1]

    return paint


def one_colour(red: int, green: int, blue: int) -> Painter:
    """Nothing but a colour."""
    return always(np.full((HEIGHT, WIDTH, 3), (red, green, blue), np.uint8))


BLACK = one_colour(0, 0, 0)


def with_box(pixels: Pixels, left: int, top: int, width: int, height: int, colour: Sequence[int]) -> Pixels:
    """The picture with a filled box on it, in pixels."""
    made = pixels.copy()
    made[top : top + height, left : left + width] = colour
    return made


def snow(coloured: bool) -> Painter:
    """An input without a sender."""

    def paint(_time_s: float, chance: np.random.Generator) -> Pixels:
        shape = (HEIGHT, WIDTH, 3 if coloured else 1)
        made: Pixels = np.broadcast_to(chance.integers(0, 256, shape, np.uint8), (HEIGHT, WIDTH, 3))
        return np.ascontiguousarray(made)

    return paint


def lens_cap(_time_s: float, chance: np.random.Generator) -> Pixels:
    """Nothing but the noise of a sensor."""
    return noisy(np.full((HEIGHT, WIDTH, 3), 10, np.uint8), chance, 5.0)


def cut_off(painter: Painter, share: float, colour: Sequence[int]) -> Painter:
    """The lower share of each picture never came."""

    def paint(time_s: float, chance: np.random.Generator) -> Pixels:
        made = painter(time_s, chance).copy()
        made[int((1 - share) * HEIGHT) :] = colour
        return made

    return paint


def bars(colours: Sequence[Sequence[int]]) -> Painter:
    """Upright bars of equal width."""
    made = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    bounds = np.linspace(0, WIDTH, len(colours) + 1).astype(int)
    for number, colour in enumerate(colours):
        made[:, bounds[number] : bounds[number + 1]] = colour
    return always(made)


def lying(colours: Sequence[Sequence[int]], share: float = 1.0, *, right: bool = False) -> Painter:
    """Bars that lie, over a share of the width, and four grey fields beside them: test bars, turned."""
    made = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for count, start, stop, fill in (
        (4, 0, WIDTH, [(level,) * 3 for level in (16, 120, 60, 200)]),
        (len(colours), 0, int(share * WIDTH), colours),
    ):
        bounds = np.linspace(0, HEIGHT, count + 1).astype(int)
        for number, colour in enumerate(fill):
            made[bounds[number] : bounds[number + 1], start:stop] = colour
    return always(np.ascontiguousarray(made[:, ::-1]) if right else made)


def on_and_off(shown: Painter, gone: Painter, each_s: float, gone_s: float) -> Painter:
    """Gone for `gone_s` of each `each_s` seconds."""
    return lambda time_s, chance: (gone if time_s % each_s < gone_s else shown)(time_s, chance)
