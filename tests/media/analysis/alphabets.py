"""Draws the alphabets that words in a picture are read by: of each kind of type, what several fonts share.

`scripts/alphabets` writes them into the package. The fonts are of Debian's fonts-dejavu and fonts-urw-base35;
no letter of any of them is kept, only the average of several.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from stagebox.media.analysis import letters

TYPE_PX = 56
URW = Path("/usr/share/fonts/opentype/urw-base35")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
KINDS = {
    "sans": ("DejaVuSans.ttf", "NimbusSans-Regular.otf", "URWGothic-Book.otf"),
    "sans bold": (
        *("DejaVuSans-Bold.ttf", "NimbusSans-Bold.otf", "NimbusSansNarrow-Bold.otf", "URWGothic-Demi.otf"),
    ),
    "serif": (*("NimbusRoman-Regular.otf", "P052-Roman.otf", "C059-Roman.otf", "URWBookman-Light.otf"),),
    "serif bold": (*("NimbusRoman-Bold.otf", "P052-Bold.otf", "C059-Bold.otf", "URWBookman-Demi.otf"),),
    "wide serif": ("DejaVuSerif.ttf", "DejaVuSerifCondensed.ttf"),
    "wide serif bold": ("DejaVuSerif-Bold.ttf", "DejaVuSerifCondensed-Bold.ttf"),
    "typewriter": ("NimbusMonoPS-Regular.otf", "NimbusMonoPS-Bold.otf"),
    "mono": ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"),
}
"""Kinds of type, and the fonts of which each is the average."""


def font(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    """A font of this machine. Raises OSError when it is not there."""
    return ImageFont.truetype(str((DEJAVU if name.startswith("DejaVu") else URW) / name), size_px)


def drawn(face: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> tuple[np.ndarray, np.ndarray]:
    """The letters of a font as letters of a picture are compared, and their widths by their heights."""
    shapes, wide = [], []
    for letter in letters.ALPHABET:
        page = Image.new("L", (3 * TYPE_PX, 3 * TYPE_PX))
        ImageDraw.Draw(page).text((TYPE_PX, TYPE_PX // 2), letter, 255, face)
        ink = np.asarray(page, np.float32) / np.float32(255)
        rows, across = np.flatnonzero(ink.max(axis=1) > 0.5), np.flatnonzero(ink.max(axis=0) > 0.5)
        piece = ink[rows[0] : rows[-1] + 1, across[0] : across[-1] + 1]
        shapes.append(letters.scaled(piece))
        wide.append(piece.shape[1] / piece.shape[0])
    return np.stack(shapes), np.array(wide)


def main() -> None:
    """Write the file."""
    faces = [drawn(ImageFont.load_default(TYPE_PX))]
    for names in KINDS.values():
        made = [drawn(font(name, TYPE_PX)) for name in names]
        shapes = np.mean([shape for shape, _ in made], axis=0)
        faces.append((shapes, np.exp(np.mean([np.log(wide) for _, wide in made], axis=0))))
    np.savez_compressed(
        letters.ALPHABETS,
        shapes=np.round(np.stack([shapes for shapes, _ in faces]) * 255).astype(np.uint8),
        wide=np.stack([wide for _, wide in faces]).astype(np.float32),
    )


if __name__ == "__main__":
    main()
