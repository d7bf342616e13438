"""What slides and camera have in common: one clock, and a thread that paints its tick on a display."""

import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from stagebox.rehearsal.counter import HEIGHT_PX, LIMIT, WIDTH_PX, CounterSource, encode
from stagebox.rehearsal.display import Display, Pixels
from stagebox.system.priority import take_turn

TICK_HZ = 60
"""The counters tick this often: twice for a frame of 30 a second, so that each frame shows its own number."""

MARGIN_PX = 16
LATE_TICKS = 2
"""A painter that left out this many ticks (a frame of 30 a second) was late itself; it remembers which."""
PAINTER_NICE, PAINTER_NICE_ELSE = -5, 3
"""A painter comes after OBS: before other programs where this user may ask for that, else after them."""
REMEMBERED = 20_000
"""So many ranges of ticks a painter remembers: more than a slow machine makes in an hour."""


class VenueClock:
    """The one clock behind all counters: ticks since the venue began, from the monotonic clock."""

    def __init__(self) -> None:
        self._zero_s = time.monotonic()

    def seconds(self) -> float:
        """Seconds since the venue began."""
        return time.monotonic() - self._zero_s

    def tick(self) -> int:
        """The number that a counter shows now."""
        return int(self.seconds() * TICK_HZ) % LIMIT

    def until_next_tick_s(self) -> float:
        """Seconds until the number changes."""
        return (1.0 - self.seconds() * TICK_HZ % 1.0) / TICK_HZ


def to_pixels(picture: Image.Image) -> Pixels:
    """A Pillow picture as pixels in a display's order."""
    red_green_blue = np.asarray(picture.convert("RGB"))
    pixels = np.zeros((*red_green_blue.shape[:2], 4), np.uint8)
    pixels[:, :, :3] = red_green_blue[:, :, ::-1]
    return pixels


@cache
def _glyphs(size: int) -> dict[str, Pixels]:
    font = ImageFont.load_default(size)
    width = round(size * 0.62)
    made = {}
    for letter in "0123456789:. #":
        picture = Image.new("RGB", (width, round(size * 1.3)), "black")
        ImageDraw.Draw(picture).text((width / 2, size * 0.65), letter, fill="white", font=font, anchor="mm")
        made[letter] = to_pixels(picture)
    return made


def digits(tick: int, size: int = 34) -> Pixels:
    """The counter for people: minutes, seconds, tenths, and the bare number."""
    tenths = tick * 10 // TICK_HZ
    text = f"{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10} #{tick:06d}"
    glyphs = _glyphs(size)
    return np.concatenate([glyphs[letter] for letter in text], axis=1)


class Painter(ABC):
    """Paints one display until stopped; what it paints can be frozen or blanked at any moment.

    `late` holds the ranges of ticks (first, last) that it never showed because the machine kept it waiting:
    nobody can be blamed for not having recorded those.
    """

    def __init__(self, display: Display, clock: VenueClock, shown: CounterSource) -> None:
        self.display = display
        self.late: deque[tuple[int, int]] = deque(maxlen=REMEMBERED)
        self._clock = clock
        self._shown = shown
        self._stop = threading.Event()
        self._frozen = threading.Event()
        self._blank: tuple[int, int, int] | None = None
        self._afresh = threading.Event()
        self._painted_once = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"paint-{shown.name.lower()}", daemon=True)

    def start(self, timeout_s: float = 10.0) -> None:
        """Begin to paint; returns when the first picture is on the display, or after `timeout_s`."""
        self._thread.start()
        self._painted_once.wait(timeout_s)

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(5.0)

    def freeze(self) -> None:
        """Stand still: the display goes on showing what it showed last."""
        self._frozen.set()

    def blank(self, red: int, green: int, blue: int) -> None:
        """Show one even colour and nothing else."""
        self._blank = (blue, green, red)

    def black(self) -> None:
        """Show black and nothing else."""
        self.blank(0, 0, 0)

    def kill(self) -> None:
        """The display dies at once, as when the cable is pulled; OBS keeps the last picture."""
        self.display.kill()

    def restore(self) -> None:
        """Undo freeze, blank and kill."""
        if not self.display.alive():
            self.display.revive()
        self._blank = None
        self._frozen.clear()
        self._afresh.set()

    def change_resolution(self, width: int, height: int) -> None:
        """The display comes back in another resolution, as when a laptop is set to another mode."""
        self.display.revive(width, height)
        self._afresh.set()

    def _run(self) -> None:
        take_turn(PAINTER_NICE, PAINTER_NICE_ELSE)
        last = self._clock.tick()
        self._afresh.set()
        while not self._stop.wait(self._clock.until_next_tick_s()):
            tick = self._clock.tick()
            if self._frozen.is_set():
                last = tick
                continue
            if tick - last > LATE_TICKS:
                self.late.append((last + 1, tick - 1))
            last = tick
            blank = self._blank
            if blank is None:
                self._paint(tick)
            else:
                even = np.zeros((self.display.height, self.display.width, 4), np.uint8)
                even[:, :, :3] = blank
                self.display.paint((0, 0, even))
                self._afresh.set()
            self._painted_once.set()

    def _paint(self, tick: int) -> None:
        width, height = self.display.width, self.display.height
        x, y = self.counter_at(width, height)
        text = digits(tick)
        patches = [(x, y, encode(tick, self._shown)), (x + WIDTH_PX + MARGIN_PX, y + HEIGHT_PX // 3, text)]
        background = self.background(tick, afresh=self._afresh.is_set())
        if background is not None:
            # One picture, put down in one go: a grab in the middle finds an old counter or a new one.
            for left, top, patch in patches:
                background[top : top + patch.shape[0], left : left + patch.shape[1]] = patch[
                    : height - top, : width - left
                ]
            patches = [(0, 0, background)]
        if self.display.paint(*patches) and background is not None:
            self._afresh.clear()

    @abstractmethod
    def counter_at(self, width: int, height: int) -> tuple[int, int]:
        """Where the counter's upper left corner is, in pixels."""

    @abstractmethod
    def background(self, tick: int, *, afresh: bool) -> Pixels | None:
        """The whole picture at this tick, ours to paint over; None when it is as before and not `afresh`."""
