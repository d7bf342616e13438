"""What spoils a picture is found without having been taught, and ordinary talks stay calm.

Every recording is painted here. `Wrong` says what must be found, and where, in seconds from its start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from stagebox.media.analysis import analyse
from stagebox.media.probe import probe
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings
from tests.media.analysis.sights import (
    BLACK,
    CONSTANT,
    EVERY_SECOND,
    FEW_BITS,
    HEIGHT,
    LEAN,
    RARE_KEYS,
    WIDTH,
    Painter,
    always,
    bars,
    camera,
    combo,
    cut_off,
    film,
    frozen,
    lens_cap,
    lying,
    noisy,
    on_and_off,
    one_colour,
    page,
    slide,
    slides,
    snow,
    speaker,
    with_box,
)

pytestmark = [pytest.mark.venue, pytest.mark.timeout(120)]

Parts = Sequence[tuple[Painter, float]]


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a recording."""

    parts: Parts
    code: Code
    start_s: float
    end_s: float
    codec: Sequence[str] = EVERY_SECOND
    within_s: float = 1.3
    fps: int = 5
    limits: VerifySettings = field(default_factory=VerifySettings)
    camera: bool = False


def found_in(path: Path, limits: VerifySettings, *, camera: bool = False) -> list[Finding]:
    analysis = analyse(path, probe(path), limits, camera_roles=camera, deadline_s=100)
    return [one for one in analysis.findings if one.code not in (Code.NO_AUDIO,)]


def stopping(times: int, still_s: float, moving_s: float) -> Parts:
    """A camera that moves and stands still in turns."""
    each = [((camera(), moving_s), (frozen(camera(), moving_s), still_s)) for _ in range(times)]
    return tuple(part for pair in each for part in pair)


def between(wrong: Painter, shown: Painter | None = None, length_s: float = 12.0) -> Parts:
    """Ten seconds of a talk, the wrong, ten seconds of the talk."""
    shown = shown or slides()
    return ((shown, 10.0), (wrong, length_s), (shown, 10.0))


def card(ground: str, words: str, size: int, ink: str = "white", at: tuple[int, int] = (240, 165)) -> Painter:
    return always(page(ground, (at, words, ink, size)))


EBU = ((191, 191, 0), (0, 191, 191), (0, 191, 0), (191, 0, 191), (191, 0, 0), (0, 0, 191), (0, 0, 0))
GREYS = tuple((level, level, level) for level in range(16, 240, 28))
MADE_UP = ((250, 120, 0), (0, 80, 80), (120, 0, 250), (200, 200, 120), (60, 0, 0), (0, 200, 255))
GREEN = (0, 135, 0)
OUTLINE = with_box(np.zeros((HEIGHT, WIDTH, 3), np.uint8), 500, 16, 120, 60, (220, 220, 220))
POINTER = with_box(np.zeros((HEIGHT, WIDTH, 3), np.uint8), 301, 180, 8, 8, (255, 255, 255))
ARROW = with_box(np.zeros((HEIGHT, WIDTH, 3), np.uint8), 80, 300, 7, 12, (255, 255, 255))
MIRRORED = {"box": (0.28, 0.06, 0.7, 0.7), "inset": (0.02, 0.68, 0.24, 0.28)}

WRONG: dict[str, Wrong] = {
    # Gone again and again.
    "black flickers": Wrong(
        ((slides(), 10.0), (on_and_off(slides(), BLACK, 1.6, 1.0), 16.0), (slides(), 20.0)),
        Code.BLACK, 10.0, 26.0, within_s=2.0,
    ),
    "blue flickers in one group": Wrong(
        ((camera(), 12.0), (on_and_off(camera(), one_colour(0, 0, 180), 2.0, 1.2), 18.0), (camera(), 20.0)),
        Code.NO_SIGNAL, 12.0, 30.0, RARE_KEYS, within_s=2.0,
    ),
    "black for two seconds every twenty": Wrong(
        ((on_and_off(slides(), BLACK, 20.0, 2.0), 200.0),), Code.BLACK, 0.0, 182.0, within_s=2.0
    ),
    # A part of the picture.
    "slides' box black": Wrong(
        between(combo(BLACK, camera()), combo(slides(), camera())), Code.BLACK, 10.0, 22.0
    ),
    "slides' box black, elsewhere": Wrong(
        between(combo(BLACK, camera(), **MIRRORED), combo(slides(), camera(), **MIRRORED)),
        Code.BLACK, 10.0, 22.0, CONSTANT, within_s=2.3,
    ),
    "slides' box blue": Wrong(
        between(combo(one_colour(0, 0, 200), camera()), combo(slides(), camera())), Code.NO_SIGNAL, 10.0, 22.0
    ),
    "slides' box black again and again": Wrong(
        (
            (combo(slides(), camera()), 12.0),
            (combo(on_and_off(slides(), BLACK, 4.0, 2.0), camera()), 28.0),
            (combo(slides(), camera()), 20.0),
        ),
        Code.BLACK, 12.0, 38.0, within_s=2.0,
    ),
    "slides' box black to the end": Wrong(
        ((combo(slides(), camera()), 10.0), (combo(BLACK, camera()), 20.0)), Code.BLACK, 10.0, 30.0
    ),
    # Half a picture.
    "lower part green": Wrong(between(cut_off(slides(), 0.6, GREEN)), Code.NO_SIGNAL, 10.0, 22.0),
    "lower fifth green": Wrong(
        between(cut_off(camera(), 0.2, GREEN), camera()), Code.NO_SIGNAL, 10.0, 22.0, CONSTANT
    ),
    "nearly all green": Wrong(
        between(cut_off(slides(), 0.85, GREEN)), Code.NO_SIGNAL, 10.0, 22.0, RARE_KEYS
    ),
    "lower part grey": Wrong(
        between(cut_off(always(slide(1)), 0.5, (128, 128, 128)), always(slide(1))), Code.NO_SIGNAL, 10.0, 22.0
    ),
    "lower part pink": Wrong(
        between(cut_off(camera(), 0.4, (200, 60, 160)), camera()), Code.NO_SIGNAL, 10.0, 22.0, within_s=2.3
    ),
    # Snow.
    "coloured snow": Wrong(between(snow(True)), Code.NO_SIGNAL, 10.0, 22.0),
    "coloured snow, lean": Wrong(between(snow(True)), Code.NO_SIGNAL, 10.0, 22.0, CONSTANT, within_s=2.3),
    "grey snow": Wrong(between(snow(False), camera()), Code.NO_SIGNAL, 10.0, 22.0, RARE_KEYS),
    # Bars.
    "bars in another order": Wrong(between(bars(EBU[::-1])), Code.NO_SIGNAL, 10.0, 22.0),
    "grey bars": Wrong(between(bars(GREYS)), Code.NO_SIGNAL, 10.0, 22.0, RARE_KEYS),
    "bars of any colour": Wrong(between(bars(MADE_UP), camera()), Code.NO_SIGNAL, 10.0, 22.0),
    "bars that lie": Wrong(between(lying(MADE_UP), camera()), Code.NO_SIGNAL, 10.0, 22.0),
    "grey bars that lie": Wrong(between(lying(GREYS)), Code.NO_SIGNAL, 10.0, 22.0, RARE_KEYS),
    "turned to the left": Wrong(
        between(lying(EBU, 0.67)), Code.NO_SIGNAL, 10.0, 22.0, CONSTANT, within_s=2.3
    ),
    "turned to the right": Wrong(
        between(lying(EBU, 0.67, right=True), camera()), Code.NO_SIGNAL, 10.0, 22.0
    ),
    # Words on one colour.
    "no signal on blue": Wrong(between(card("#0a0a78", "No Signal", 22)), Code.NO_SIGNAL, 10.0, 22.0),
    "no signal on black": Wrong(between(card("black", "NO SIGNAL", 30)), Code.NO_SIGNAL, 10.0, 22.0),
    "no input on grey": Wrong(
        between(card("#404040", "HDMI 1: no input", 24, at=(40, 30)), camera()),
        Code.NO_SIGNAL, 10.0, 22.0, RARE_KEYS,
    ),
    "kein signal": Wrong(
        between(card("#101060", "Kein Signal", 26, "#c0c0ff")), Code.NO_SIGNAL, 10.0, 22.0, CONSTANT
    ),
    # Black with a little in it.
    "black with a logo": Wrong(between(always(OUTLINE)), Code.BLACK, 10.0, 22.0),
    "black with a pointer": Wrong(between(always(POINTER)), Code.BLACK, 10.0, 22.0, RARE_KEYS),
    "black with an arrow": Wrong(between(always(ARROW), camera()), Code.BLACK, 10.0, 22.0, CONSTANT),
    # A cap on the lens, once in a long recording.
    "lens cap in ten minutes": Wrong(
        ((slides(each_s=45.0), 400.0), (lens_cap, 12.0), (slides(each_s=45.0), 188.0)),
        Code.BLACK, 400.0, 412.0, ("-preset", "ultrafast", "-crf", "23", "-g", "4"), fps=2,
    ),
    "lens cap at the end": Wrong(
        ((camera(), 60.0), (lens_cap, 15.0)), Code.BLACK, 60.0, 75.0, RARE_KEYS
    ),
    "lens cap at a constant rate": Wrong(between(lens_cap, camera(), 15.0), Code.BLACK, 10.0, 25.0, CONSTANT),
    # A camera that stands still.
    "camera stopped for 30 s, few bits": Wrong(
        ((camera(), 60.0), (frozen(camera(), 60.0), 30.0), (camera(), 60.0)),
        Code.FROZEN, 60.0, 90.0,
        FEW_BITS, within_s=6.0,
    ),
    "camera stopped for 40 of 150 s": Wrong(
        ((camera(), 60.0), (frozen(camera(), 60.0), 40.0), (camera(), 50.0)),
        Code.FROZEN, 60.0, 100.0, CONSTANT, within_s=4.0,
    ),
    "camera stopped for 20 s": Wrong(
        ((camera(), 30.0), (frozen(camera(), 30.0), 20.0), (camera(), 30.0)),
        Code.FROZEN, 30.0, 50.0, CONSTANT, within_s=4.0, camera=True,
    ),
    "camera beside the slides stopped": Wrong(
        (
            (combo(slides(), camera()), 60.0),
            (combo(slides(), frozen(camera(), 60.0)), 90.0),
            (combo(slides(), camera()), 50.0),
        ),
        Code.FROZEN, 60.0, 150.0, within_s=4.0,
    ),
    "camera beside the slides stopped, lean": Wrong(
        (
            (combo(slides(), camera()), 60.0),
            (combo(slides(), frozen(camera(), 60.0)), 90.0),
        ),
        Code.FROZEN, 60.0, 150.0, CONSTANT, within_s=4.0,
    ),
    # A camera that stands still for a short while, again and again.
    "camera stops for 3 s six times": Wrong(
        stopping(6, 3.0, 12.0), Code.FROZEN, 12.0, 90.0 , CONSTANT, camera=True,
    ),
    "camera stops for 5 s three times, few bits": Wrong(
        stopping(3, 5.0, 20.0), Code.FROZEN, 20.0, 75.0, camera=True,
    ),
    "camera stops for 8 s twice and 4 s twice": Wrong(
        (*stopping(2, 8.0, 15.0), *stopping(2, 4.0, 15.0)), Code.FROZEN, 15.0, 84.0, FEW_BITS, within_s=4.5,
        camera=True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_spoils_the_picture_is_found_where_it_is(tmp_path: Path, name: str) -> None:
    wrong = WRONG[name]
    path = film(tmp_path / "talk.mkv", wrong.parts, wrong.fps, wrong.codec)
    found = found_in(path, wrong.limits, camera=wrong.camera)
    told = [(one.code, round(one.start_s, 1), round(one.end_s, 1)) for one in found]
    assert [one.code for one in found] == [wrong.code], told
    assert found[0].severity is not Severity.NOTE
    assert abs(found[0].start_s - wrong.start_s) <= wrong.within_s, told
    assert abs(found[0].end_s - wrong.end_s) <= wrong.within_s, told


# --- ordinary talks -----------------------------------------------------------------------------------


def editor(time_s: float, _chance: np.random.Generator) -> np.ndarray:
    lines = ["import numpy as np", "", "def spells(at, lost):", "    return sums(at)", "print(spells(1, 2))"]
    shown = lines[: 1 + int(time_s / 6) % len(lines)]
    texts = [((46, 24 + 22 * row), text, "#c8c8e8", 16) for row, text in enumerate(shown)]
    numbers = [((14, 24 + 22 * row), str(row + 1), "#505868", 16) for row in range(12)]
    return page("#1e1e28", *texts, *numbers)


def typing(time_s: float, _chance: np.random.Generator) -> np.ndarray:
    cursor = "_" if int(time_s * 2) % 2 else ""
    return page("black", ((10, 10), f"$ make test{cursor}", "#00c000", 16))


def sections(ground: str, ink: str, size: int = 40) -> Painter:
    names = ["Questions?", "Signal processing", "Part 2", "Demo", "Thank you", "No silver bullet"]
    pages = [page(ground, ((150, 150), name, ink, size)) for name in names]
    return lambda time_s, _chance: pages[int(time_s / 9) % len(pages)]


def dim_stage(time_s: float, chance: np.random.Generator) -> np.ndarray:
    lit = np.full((HEIGHT, WIDTH, 3), 7, np.uint8)
    lit[120:300, 260:380] = speaker(time_s, 120, 180, 0.5)
    return noisy(lit, chance, 2.0)


GRAVEL = np.random.default_rng(3).integers(40, 200, (HEIGHT // 4, WIDTH // 4, 1), np.uint8)
GRAVEL = np.ascontiguousarray(np.repeat(GRAVEL.repeat(4, 0).repeat(4, 1), 3, 2))
FOOTER = with_box(slide(3), 0, 300, WIDTH, 60, (20, 40, 90))
GREENISH = with_box(slide(4), 0, 280, WIDTH, 80, (120, 190, 60))
CHART = page("white", ((60, 20), "What we counted", "#202020", 32))
for number, colour in enumerate(
    ((200, 30, 30), (30, 160, 60), (40, 60, 200), (220, 180, 30), (120, 40, 160))
):
    CHART[120 + 30 * number : 330, 90 + 100 * number : 150 + 100 * number] = colour
AGENDA = page("white", ((330, 20), "Today", "#202020", 32))
TABLE = np.full((HEIGHT, WIDTH, 3), 250, np.uint8)
for number, colour in enumerate(MADE_UP):
    AGENDA[60 * number : 60 * number + 60, :300] = colour
    TABLE[60 * number : 60 * number + 60] = (250, 250, 250) if number % 2 else (200, 210, 230)
    AGENDA[60 * number + 10 : 60 * number + 44, 320:620] = page(
        "white", ((0, 0), f"Part {number + 1}: what it costs", "#202020", 24)
    )[:34, :300]
POSTER = with_box(slide(5), 150, 110, 340, 200, (0, 0, 0))
PALETTE = page("white", ((40, 30), "Our colours", "#202020", 32))
PALETTE[150:300, 40:600] = bars(MADE_UP)(0.0, np.random.default_rng(0))[150:300, 40:600]
WINDOW = with_box(page("#30506a", ((20, 330), "Activities", "white", 14)), 60, 50, 500, 260, (0, 0, 0))
WINDOW[70:84, 70:190] = page("black", ((0, 0), "user@host:~$ ls", "#d0d0d0", 13))[:14, :120]
PILLARS = with_box(with_box(slide(6), 0, 0, 80, HEIGHT, (0, 0, 0)), 560, 0, 80, HEIGHT, (0, 0, 0))


def clip(time_s: float, chance: np.random.Generator) -> np.ndarray:
    made = POSTER.copy()
    made[110:310, 150:490] = noisy(speaker(3 * time_s, 340, 200), chance, 4.0)
    return made


def emptier(time_s: float, _chance: np.random.Generator) -> np.ndarray:
    grounds = ("#fafafa", "#e8f0f8", "#203040")
    made = page(grounds[int(time_s / 10) % 3]).copy()
    made[:60] = slide(1)[:60]
    made[100 : 300 - 50 * (int(time_s / 5) % 4), 60:420] = slide(2)[
        100 : 300 - 50 * (int(time_s / 5) % 4), 60:420
    ]
    return made


def standing(_time_s: float, chance: np.random.Generator) -> np.ndarray:
    return noisy(speaker(30.0, WIDTH, HEIGHT), chance, 6.0)


def aside(_time_s: float, chance: np.random.Generator) -> np.ndarray:
    return noisy(np.roll(speaker(30.0, WIDTH, HEIGHT), 400, axis=1), chance, 6.0)


def half_dark(time_s: float, chance: np.random.Generator) -> np.ndarray:
    made = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    made[:, 340:] = noisy(speaker(time_s, 300, HEIGHT), chance, 4.0)
    made[40:74, 20:220] = page("black", ((0, 0), "The second part", "white", 26))[:34, :200]
    return made


CALM: dict[str, tuple[Parts, Sequence[str]]] = {
    "slides": (((slides(), 50.0),), EVERY_SECOND),
    "dark slides": (((slides("#101820", "white"), 50.0),), RARE_KEYS),
    "dark editor": (((editor, 50.0),), EVERY_SECOND),
    "terminal with a prompt": (((typing, 30.0), (slides(), 15.0)), EVERY_SECOND),
    "sections on blue": (((sections("#203a8c", "white"), 54.0),), EVERY_SECOND),
    "sections on black": (((sections("black", "white", 30), 54.0),), RARE_KEYS),
    "sections in small letters": (((sections("#0a0a78", "white", 20), 54.0),), EVERY_SECOND),
    "dim stage": (((dim_stage, 40.0),), CONSTANT),
    "camera": (((camera(), 40.0),), CONSTANT),
    "dark camera": (((camera(0.25, 3.0), 40.0),), LEAN),
    "speaker stands still": (
        ((camera(), 30.0), (standing, 30.0), (camera(), 30.0), (aside, 30.0), (camera(), 20.0)), CONSTANT
    ),
    "speaker stands still beside slides": (
        tuple(
            (combo(slides(each_s=20.0), painter), length_s)
            for painter, length_s in ((camera(), 40.0), (standing, 30.0), (aside, 30.0), (camera(), 30.0))
        ),
        LEAN,
    ),
    "gravel": (((always(GRAVEL), 20.0), (slides(), 20.0)), EVERY_SECOND),
    "band below": (((always(GREENISH), 20.0), (always(FOOTER), 20.0)), EVERY_SECOND),
    "chart and palette": (((always(CHART), 15.0), (always(PALETTE), 15.0)), RARE_KEYS),
    "agenda and table in stripes": (((always(AGENDA), 15.0), (always(TABLE), 15.0)), RARE_KEYS),
    "film in a slide": (
        (
            (slides(), 20.0), (always(POSTER), 12.0), (clip, 20.0), (frozen(clip, 50.0), 25.0),
            (slides(), 20.0),
        ),
        EVERY_SECOND,
    ),
    "scenes in turns": (
        (
            (camera(), 20.0), (slides(), 20.0), (combo(slides(), camera()), 30.0), (camera(), 15.0),
            (slides(each_s=30.0), 30.0), (combo(slides("#101820", "white"), camera()), 30.0),
        ),
        EVERY_SECOND,
    ),
    "dark slides in the box": (
        ((combo(slides(), camera()), 20.0), (combo(slides("black", "#e0e0e0"), camera()), 30.0)), CONSTANT
    ),
    "terminal window": (((slides(), 15.0), (always(WINDOW), 20.0), (slides(), 15.0)), EVERY_SECOND),
    "half dark": (((slides(), 15.0), (half_dark, 20.0)), EVERY_SECOND),
    "pillars": (((always(PILLARS), 30.0), (slides(), 10.0)), EVERY_SECOND),
    "small words": (
        ((card("white", "see also: chapter 3", 14, "#606060"), 20.0), (slides(), 20.0)), EVERY_SECOND
    ),
    "slides with fewer and fewer lines": (((emptier, 60.0),), EVERY_SECOND),
}  # fmt: skip


@pytest.mark.parametrize("name", CALM)
def test_an_ordinary_talk_stays_calm(tmp_path: Path, name: str) -> None:
    parts, codec = CALM[name]
    found = found_in(film(tmp_path / "talk.mkv", parts, codec=codec), VerifySettings())
    assert [(one.code, one.severity, one.message, one.start_s, one.end_s) for one in found] == []


@pytest.mark.parametrize(
    "parts",
    [
        ((camera(), 60.0),),
        ((camera(strength=1.0), 60.0),),
        stopping(12, 1.0, 4.0),
        (*stopping(2, 4.0, 20.0), (camera(), 20.0)),
        ((camera(0.3), 40.0), (camera(), 20.0)),
    ],
    ids=["noisy", "little noise", "still for a second", "twice", "dim"],
)
def test_a_camera_that_hardly_stands_still_stays_calm(tmp_path: Path, parts: Parts) -> None:
    for number, codec in enumerate((EVERY_SECOND, FEW_BITS)):
        found = found_in(film(tmp_path / f"{number}.mkv", parts, codec=codec), VerifySettings(), camera=True)
        assert found == []
