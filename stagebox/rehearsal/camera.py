"""The camera: a speaker who moves in front of a grainy wall; no two pictures are the same."""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from stagebox.rehearsal.counter import WIDTH_PX, CounterSource
from stagebox.rehearsal.display import Display, Pixels
from stagebox.rehearsal.painter import MARGIN_PX, TICK_HZ, Painter, VenueClock, to_pixels

FRAME_TICKS = 2
"""A new picture every so many ticks: 30 a second."""

_GRAINS = 6
_GRAIN_LEVELS = 4.0
_GRAIN_PX = 3


def _walls(width: int, height: int) -> list[Pixels]:
    """The wall behind the speaker, lit from one side, in a few kinds of sensor noise."""
    chance = np.random.default_rng(20)
    across = np.linspace(0.0, 1.0, width)[None, :, None]
    down = np.linspace(0.0, 1.0, height)[:, None, None]
    light = np.array([58.0, 74.0, 120.0]) + across * np.array([70.0, 55.0, 20.0]) - down * 30.0
    walls = []
    for _ in range(_GRAINS):
        coarse = chance.normal(0.0, _GRAIN_LEVELS, (-(-height // _GRAIN_PX), -(-width // _GRAIN_PX), 1))
        grain = np.repeat(np.repeat(coarse, _GRAIN_PX, 0), _GRAIN_PX, 1)[:height, :width]
        wall = np.zeros((height, width, 4), np.uint8)
        wall[:, :, :3] = np.clip(light + grain, 16, 235)
        walls.append(wall)
    return walls


def _speaker(size: int) -> tuple[Pixels, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    """Head and shoulders, and the mask of where they are."""
    picture = Image.new("RGB", (size, size), (150, 70, 50))
    mask = Image.new("L", (size, size), 0)
    head = (0.33 * size, 0.06 * size, 0.67 * size, 0.50 * size)
    body = (0.06 * size, 0.48 * size, 0.94 * size, 1.5 * size)
    draw, draw_mask = ImageDraw.Draw(picture), ImageDraw.Draw(mask)
    draw.ellipse(head, fill=(226, 178, 140))
    draw.ellipse((0.31 * size, 0.02 * size, 0.69 * size, 0.22 * size), fill=(60, 40, 30))
    for eye in (0.43, 0.57):
        draw.ellipse(((eye - 0.02) * size, 0.26 * size, (eye + 0.02) * size, 0.30 * size), fill=(30, 30, 40))
    draw.arc((0.42 * size, 0.30 * size, 0.58 * size, 0.42 * size), 20, 160, fill=(150, 60, 60), width=5)
    for shape in (head, body, (0.31 * size, 0.02 * size, 0.69 * size, 0.22 * size)):
        draw_mask.ellipse(shape, fill=255)
    smooth = picture.filter(ImageFilter.GaussianBlur(1.5))
    return to_pixels(smooth), np.asarray(mask) > 127


class Camera(Painter):
    """A moving speaker with a counter of its own, upper right."""

    def __init__(self, display: Display, clock: VenueClock) -> None:
        super().__init__(display, clock, CounterSource.CAMERA)
        self._size = (0, 0)
        self._fit()

    def _fit(self) -> None:
        size = (self.display.width, self.display.height)
        if size != self._size:
            self._walls = _walls(*size)
            self._figure, self._mask = _speaker(round(size[1] * 0.62))
            self._size = size

    def counter_at(self, width: int, height: int) -> tuple[int, int]:
        """Upper middle: away from the corners, where titles and smaller pictures are put."""
        del height
        return (width - WIDTH_PX) // 2, MARGIN_PX

    def background(self, tick: int, *, afresh: bool) -> Pixels | None:
        """The speaker of this moment in front of the wall."""
        if tick % FRAME_TICKS and not afresh:
            return None
        self._fit()
        width, height = self._size
        picture = self._walls[tick // FRAME_TICKS % _GRAINS].copy()
        at_s = tick / TICK_HZ
        side = self._figure.shape[0]
        x = round((width - side) * (0.5 + 0.42 * math.sin(at_s * 0.9)))
        y = round((height - side) - height * 0.02 * (1.0 + math.sin(at_s * 4.1)))
        place = picture[y : y + side, x : x + side]
        place[self._mask[: place.shape[0]]] = self._figure[: place.shape[0]][self._mask[: place.shape[0]]]
        return picture
