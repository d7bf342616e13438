"""Pictures as sources show them, painted: the black, the dark, the lost and the ordinary."""

import io
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from stagebox.health.picture_features import Pixels

SIZE = (1280, 720)


def as_obs_gives_it(pixels: Pixels, *, width: int = 96, jpeg_quality: int | None = None) -> Pixels:
    """Scale as OBS does (four neighbours, so that fine things may be missed), and encode as asked."""
    height = round(width * 9 / 16)
    image = Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR, reducing_gap=1.0)
    if jpeg_quality is not None:
        encoded = io.BytesIO()
        image.save(encoded, "JPEG", quality=jpeg_quality)
        image = Image.open(encoded)
    return np.asarray(image.convert("RGB"))


def even(red: int, green: int, blue: int) -> Pixels:
    return np.full((SIZE[1], SIZE[0], 3), (red, green, blue), np.uint8)


def noisy(pixels: Pixels, seed: int, levels: float = 3.0) -> Pixels:
    noise = np.random.default_rng(seed).normal(0.0, levels, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def with_pointer(pixels: Pixels, x: int = 640, y: int = 360) -> Pixels:
    image = Image.fromarray(pixels)
    ImageDraw.Draw(image).polygon([(x, y), (x, y + 18), (x + 12, y + 12)], fill="white")
    return np.asarray(image)


@cache
def terminal(lines: int, ink: tuple[int, int, int] = (60, 180, 60)) -> Pixels:
    image = Image.new("RGB", SIZE, (0, 0, 0))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(16)
    for line in range(lines):
        draw.text((8, 8 + 20 * line), "speaker@laptop:~$ make test", fill=ink, font=font)
    return np.asarray(image)


@cache
def white_slide() -> Pixels:
    image = Image.new("RGB", SIZE, (250, 248, 242))
    draw = ImageDraw.Draw(image)
    draw.text((80, 60), "A title", fill=(30, 90, 160), font=ImageFont.load_default(60))
    draw.text((80, 200), "One point, and another", fill=(30, 30, 40), font=ImageFont.load_default(36))
    return np.asarray(image)


@cache
def blue_page() -> Pixels:
    """A page of one colour with a single small line, as before a talk."""
    image = Image.new("RGB", SIZE, (20, 40, 150))
    ImageDraw.Draw(image).text((500, 350), "The next talk begins at 14:00", font=ImageFont.load_default(18))
    return np.asarray(image)


@cache
def photo_slide(seed: int = 4) -> Pixels:
    """A big photo, coarse and fine detail at once, below a title."""
    chance = np.random.default_rng(seed)
    coarse = Image.fromarray(chance.integers(0, 255, (9, 16, 3), dtype=np.uint8)).resize(SIZE)
    return noisy(np.asarray(coarse), seed, 12.0)


@cache
def column_chart() -> Pixels:
    image = Image.new("RGB", SIZE, (255, 255, 255))
    draw = ImageDraw.Draw(image)
    for index, colour in enumerate(["red", "green", "blue", "yellow", "cyan"]):
        left = 100 + 220 * index
        draw.rectangle((left, 650 - 110 * (index + 1), left + 120, 650), fill=colour)
    return np.asarray(image)


@cache
def dim_stage(seed: int) -> Pixels:
    """A dark room, one person in a spot: dark on average, and no less a picture."""
    down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    spot = np.exp(-(((across - 800) / 90.0) ** 2 + ((down - 380) / 160.0) ** 2))
    base = 6.0 + 150.0 * spot
    return noisy(np.repeat(base[:, :, None], 3, 2).astype(np.uint8), seed, 2.0)


@cache
def lit_stage(seed: int) -> Pixels:
    down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    base = np.stack([60 + across / 12, 70 + down / 9, 80 + across / 20], axis=2)
    return noisy(base.astype(np.uint8), seed, 3.0)


@cache
def lens_cap(seed: int) -> Pixels:
    return noisy(even(5, 5, 6), seed, 3.0)


_BARS = [(1, 1, 1), (1, 1, 0), (0, 1, 1), (0, 1, 0), (1, 0, 1), (1, 0, 0), (0, 0, 1)]


@cache
def smpte_bars(level: int = 191) -> Pixels:
    """SMPTE ECR 1-1978: seven bars, below them the reversed strip, and the pluge."""
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    edges = np.linspace(0, SIZE[0], 8).astype(int)
    for index, bits in enumerate(_BARS):
        place = slice(edges[index], edges[index + 1])
        pixels[: SIZE[1] * 67 // 100, place] = np.array(bits) * level
        back = _BARS[6 - index] if index % 2 == 0 else (0, 0, 0)
        pixels[SIZE[1] * 67 // 100 : SIZE[1] * 75 // 100, place] = np.array(back) * level
    pixels[SIZE[1] * 75 // 100 :, 240:480] = 255
    return pixels


@cache
def full_bars() -> Pixels:
    """EBU bars: eight over the whole height, the last one black."""
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    edges = np.linspace(0, SIZE[0], 9).astype(int)
    for index, bits in enumerate([*_BARS, (0, 0, 0)]):
        pixels[:, edges[index] : edges[index + 1]] = np.array(bits) * 255
    return pixels


@cache
def card() -> Pixels:
    """What a capture card shows of itself: blue, with its maker's words."""
    image = Image.new("RGB", SIZE, (16, 30, 120))
    draw = ImageDraw.Draw(image)
    draw.text((420, 300), "NO SIGNAL", fill="white", font=ImageFont.load_default(80))
    draw.rectangle((400, 420, 880, 430), fill=(90, 120, 255))
    return np.asarray(image)
