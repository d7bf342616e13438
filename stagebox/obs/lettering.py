"""Text for pictures: fonts with a fallback for each character, and lines that wrap and shrink to fit.

Imported only by what draws, because it loads Pillow.
"""

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont

Weight = Literal["bold", "regular"]
Rgb = tuple[int, int, int]
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

LINE_HEIGHT = 1.18
"""Distance of two baselines, as a multiple of the type size."""

_FILES: dict[Weight, tuple[str, ...]] = {
    "bold": (
        "InterDisplay-Bold.otf",
        "Inter-Bold.otf",
        "Inter-Bold.ttf",
        "Inter.ttc",
        "SFNS.ttf",
        "segoeuib.ttf",
        "NotoSans-Bold.ttf",
        "DejaVuSans-Bold.ttf",
        "NotoSansCJK-Bold.ttc",
        "wqy-zenhei.ttc",
        "msgothic.ttc",
        "NotoEmoji-Regular.ttf",
        "Symbola_hint.ttf",
    ),
    "regular": (
        "Inter-Regular.otf",
        "Inter-Regular.ttf",
        "Inter.ttc",
        "SFNS.ttf",
        "segoeui.ttf",
        "NotoSans-Regular.ttf",
        "DejaVuSans.ttf",
        "NotoSansCJK-Regular.ttc",
        "wqy-zenhei.ttc",
        "msgothic.ttc",
        "NotoEmoji-Regular.ttf",
        "Symbola_hint.ttf",
    ),
}
_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)


@lru_cache(maxsize=2)
def _font_files(weight: Weight) -> tuple[Path, ...]:
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for pattern in ("*.otf", "*.ttf", "*.ttc"):
            for path in folder.rglob(pattern):
                found.setdefault(path.name, path)
    return tuple(found[name] for name in _FILES[weight] if name in found)


@lru_cache(maxsize=64)
def _fonts(weight: Weight, size: int) -> tuple[_Font, ...]:
    loaded: list[_Font] = []
    for path in _font_files(weight):
        try:
            loaded.append(ImageFont.truetype(str(path), size))
        except OSError:
            continue  # A damaged font file: the next one serves.
    loaded.append(ImageFont.load_default(size))
    return tuple(loaded)


@lru_cache(maxsize=4096)
def _font_number(weight: Weight, character: str) -> int | None:
    """Return which font of the chain has `character`; None if none has it."""
    if character.isspace():
        return 0
    for number, font in enumerate(_fonts(weight, 32)):
        shape = font.getmask(character)
        # A font draws what it lacks as the box that it also draws for a code point that nothing has.
        lacking = {bytes(font.getmask(nothing)) for nothing in "\u0378\U0010fffe"}
        if bytes(shape) not in lacking and shape.size[0] > 0:
            return number
    return None


def printable(text: str, weight: Weight) -> str:
    """Return `text` composed, on one line, without the symbols and joiners that no font here can draw."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category[0] == "Z" or category == "Cc":
            kept.append(" ")
            continue
        invisible = category in ("Cf", "Cs", "Co", "Cn") or "\ufe00" <= character <= "\ufe0f"
        undrawable = category in ("So", "Sk") and _font_number(weight, character) is None
        if not (invisible or undrawable):
            kept.append(character)
    return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class FontFace:
    """A weight at a size in pixels."""

    weight: Weight
    size: int

    def _runs(self, text: str) -> list[tuple[_Font, str]]:
        fonts = _fonts(self.weight, self.size)
        runs: list[tuple[int, str]] = []
        for character in text:
            number = _font_number(self.weight, character) or 0
            if runs and (runs[-1][0] == number or character == " "):
                runs[-1] = (runs[-1][0], runs[-1][1] + character)
            else:
                runs.append((number, character))
        return [(fonts[number], run) for number, run in runs]

    def width(self, text: str) -> float:
        """Return the width of one line in pixels."""
        return sum(font.getlength(run) for font, run in self._runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, left: float, baseline: float, text: str, fill: Rgb) -> None:
        """Draw one line from `left` on `baseline`."""
        for font, run in self._runs(text):
            anchor = "ls" if isinstance(font, ImageFont.FreeTypeFont) else None
            canvas.text((left, baseline), run, font=font, fill=fill, anchor=anchor)
            left += font.getlength(run)


def _pieces(text: str) -> list[str]:
    """Split where a line may break: after a space, and on both sides of a wide (CJK) character."""
    pieces: list[str] = []
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        # Closing punctuation stays with what it closes.
        closing = unicodedata.category(character) in ("Pe", "Pf", "Po")
        last = pieces[-1] if pieces else ""
        breaks = last.endswith(" ") or (wide and not closing)
        breaks = breaks or (bool(last) and unicodedata.east_asian_width(last[-1]) in "WF" and not closing)
        if character == " " or (last and not breaks):
            if pieces:
                pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def wrap(face: FontFace, text: str, width: float, most: float = math.inf) -> list[str]:
    """Return the lines of `text`, none wider than `width`; a word that is wider is broken.

    Where there are more than `most` lines, the rest may be left out.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if len(lines) > most:
            return lines
        if face.width((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line:
            lines.append(line.rstrip())
        line = ""
        for character in piece:
            if line and face.width((line + character).rstrip()) > width:
                lines.append(line)
                if len(lines) > most:
                    return lines
                line = ""
            line += character
    return [*lines, line.rstrip()] if line.strip() else lines


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines that were made to fit."""

    face: FontFace
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """Height in pixels, from the first line's top to the last one's descent."""
        return len(self.lines) * self.face.size * LINE_HEIGHT

    @property
    def width(self) -> float:
        """Width of the longest line in pixels."""
        return max((self.face.width(line) for line in self.lines), default=0.0)

    def draw(self, canvas: ImageDraw.ImageDraw, left: float, top: float, fill: Rgb) -> float:
        """Draw the lines from `top` on; return where the block ends."""
        step = self.face.size * LINE_HEIGHT
        for number, line in enumerate(self.lines):
            self.face.draw(canvas, left, top + number * step + self.face.size * 0.93, line, fill)
        return top + self.height


def fit(text: str, weight: Weight, *, largest: int, width: float, height: float) -> FittedText:
    """Return `text` as large as it fits `width` × `height`, with lines of even length; nothing is cut."""
    clean = printable(text, weight)
    size = max(1, largest)
    while True:
        face = FontFace(weight, size)
        lines = wrap(face, clean, width, math.inf if size == 1 else height // (size * LINE_HEIGHT) + 1)
        fits = len(lines) * size * LINE_HEIGHT <= height
        # A word is broken only where a smaller size would not help: CJK, or one endless word.
        if size == 1 or (fits and (size <= largest * 0.45 or _widest_word(face, clean) <= width)):
            break
        size = max(1, size - max(1, size // 24))
    return FittedText(face, tuple(_even(face, clean, lines, width)))


def _widest_word(face: FontFace, text: str) -> float:
    return max((face.width(word) for word in text.split()), default=0.0)


def _even(face: FontFace, text: str, lines: list[str], width: float) -> list[str]:
    """Return the same number of lines with the narrowest measure, so that no word is left alone."""
    low, high, best = width / max(1, len(lines)), width, lines
    widest = _widest_word(face, text)
    for _ in range(8):
        middle = (low + high) / 2
        if middle >= widest and len(tried := wrap(face, text, middle, len(lines))) <= len(lines):
            best, high = tried, middle
        else:
            low = middle
    return best
