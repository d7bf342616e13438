"""The presenter's laptop: slides that change, one a dark terminal, with a counter that never rests."""

from PIL import Image, ImageDraw, ImageFont

from stagebox.rehearsal.counter import HEIGHT_PX, CounterSource
from stagebox.rehearsal.display import Display, Pixels
from stagebox.rehearsal.painter import MARGIN_PX, TICK_HZ, Painter, VenueClock, to_pixels

SLIDE_S = 4.0
"""How long a slide stays."""

TALK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The night the recording died", ("A true story from the back row", "With a happy end")),
    ("What went wrong", ("The cable was fine", "The light was green", "Nobody looked at the levels")),
    ("$ systemctl status recorder", ("Active: active (running) since 09:02", "0 bytes written", "$ _")),
    ("What we learned", ("A green light is a claim", "Bytes on a disk are evidence", "Check while it runs")),
    ("Count what you cannot see", ("Every picture has a number", "Every second has a sound")),
    ("Questions?", ("Slides and code are on the wiki", "Find me at the coffee")),
)


def _draw(number: int, width: int, height: int) -> Image.Image:
    title, bullets = TALK[number]
    terminal = title.startswith("$")
    paper, ink, accent = (
        ((8, 10, 12), (150, 220, 150), (150, 220, 150))
        if terminal
        else ((250, 248, 242), (35, 40, 52), (30, 90, 160))
    )
    picture = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(picture)
    unit = height / 720
    left = 80 * unit
    if terminal:
        small = ImageFont.load_default(26 * unit)
        for line, text in enumerate((title, *bullets)):
            draw.text((left / 2, (30 + 40 * line) * unit), text, fill=ink, font=small)
    else:
        draw.rectangle((0, 0, 24 * unit, height), fill=accent)
        draw.text((left, 60 * unit), title, fill=accent, font=ImageFont.load_default(60 * unit))
        draw.line((left, 150 * unit, width - left, 150 * unit), fill=accent, width=round(4 * unit))
        for line, text in enumerate(bullets):
            top = (190 + 80 * line) * unit
            draw.ellipse((left, top + 14 * unit, left + 16 * unit, top + 30 * unit), fill=accent)
            draw.text((left + 40 * unit, top), text, fill=ink, font=ImageFont.load_default(38 * unit))
    page = f"{number + 1} / {len(TALK)}"
    draw.text((width - left, height - 60 * unit), page, fill=ink, font=ImageFont.load_default(30 * unit))
    return picture


class Slides(Painter):
    """Slides on the presenter's display; a new one every SLIDE_S seconds."""

    def __init__(self, display: Display, clock: VenueClock) -> None:
        super().__init__(display, clock, CounterSource.SLIDES)
        self._drawn: dict[tuple[int, int, int], Pixels] = {}
        self._current = -1
        self._pinned: int | None = None
        for number in range(len(TALK)):
            self._slide(number)

    def pin(self, number: int | None) -> None:
        """Stay at this slide (0 is the first); None lets them change again. The counter goes on."""
        self._pinned = number

    def _slide(self, number: int) -> Pixels:
        """The slide at the display's present size; drawn once for each size."""
        key = (number, self.display.width, self.display.height)
        if key not in self._drawn:
            self._drawn[key] = to_pixels(_draw(*key))
        return self._drawn[key]

    def counter_at(self, width: int, height: int) -> tuple[int, int]:
        """Lower left: where neither title nor page number is."""
        del width
        return 3 * MARGIN_PX, height - HEIGHT_PX - MARGIN_PX

    def background(self, tick: int, *, afresh: bool) -> Pixels | None:
        """The slide of this moment, when it is a new one."""
        pinned = self._pinned
        number = pinned if pinned is not None else int(tick / TICK_HZ / SLIDE_S) % len(TALK)
        if number == self._current and not afresh:
            return None
        self._current = number
        return self._slide(number).copy()
