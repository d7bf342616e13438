"""The words for no signal are read in type of every kind, and nothing else is taken for them."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from stagebox.media.analysis.letters import Ink, says_no_signal
from tests.media.analysis import alphabets

SERIF = (
    *("DejaVuSerif.ttf", "NimbusRoman-Regular.otf", "P052-Roman.otf", "C059-Roman.otf"),
    *("URWBookman-Light.otf", "NimbusMonoPS-Regular.otf"),
)
SERIF_BOLD = (
    *("DejaVuSerif-Bold.ttf", "NimbusRoman-Bold.otf", "P052-Bold.otf", "C059-Bold.otf"),
    "URWBookman-Demi.otf",
)
SANS = ("DejaVuSans.ttf", "NimbusSans-Bold.otf", "NimbusSansNarrow-Regular.otf", "DejaVuSansMono-Bold.ttf")
FONTS = (*SERIF, *SERIF_BOLD, *SANS)
SIZES_PX = (18, 20, 24, 28, 32, 40, 56)
SAID = ("NO SIGNAL", "No Signal", "No signal", "KEIN SIGNAL", "Not connected", "HDMI 1: no input")
LEAST_READ = 0.9
OTHER_WORDS = (
    *("Not converted", "NOT CONVERTED", "Not contested", "Not concerned", "No signup", "No Sign-up"),
    "NO SINGLE",
    *("Nose signal", "Design signals", "Noise signal theory", "Out of orange", "Check codes", "Check tables"),
    *("Questions?", "Lunch break", "Introduction", "Weak signals of change are a sign"),
    "If there is no signal, press the button and wait for the light",
    "We are not connected to the people we serve, and that is the point",
    "def no_signal(): return not connected",
)


def written(text: str, font: ImageFont.FreeTypeFont) -> Ink:
    """The words in white on black, cut to their edges."""
    page = Image.new("L", (int(font.getlength(text)) + 40, 2 * int(font.size) + 20))
    ImageDraw.Draw(page).text((20, 10), text, 255, font)
    ink = np.asarray(page, np.float32) / np.float32(255)
    rows, across = np.flatnonzero(ink.max(axis=1)), np.flatnonzero(ink.max(axis=0))
    return ink[rows[0] : rows[-1] + 1, across[0] : across[-1] + 1]


@pytest.mark.parametrize("name", FONTS)
def test_the_words_are_read_at_every_size(name: str) -> None:
    missed = [
        (size_px, words)
        for size_px in SIZES_PX
        for words in SAID
        if says_no_signal(written(words, alphabets.font(name, size_px))) is None
    ]
    assert len(missed) <= (1 - LEAST_READ) * len(SIZES_PX) * len(SAID), missed
    for size_px in SIZES_PX:
        assert sum(size == size_px for size, _ in missed) <= len(SAID) // 2, missed


@pytest.mark.parametrize("name", FONTS)
def test_other_words_are_not_taken_for_them(name: str) -> None:
    taken = {
        (size_px, words, said)
        for size_px in SIZES_PX
        for words in OTHER_WORDS
        if (said := says_no_signal(written(words, alphabets.font(name, size_px)))) is not None
    }
    assert not taken
