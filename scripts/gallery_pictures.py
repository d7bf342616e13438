"""What the gallery hangs on the touch screen's tiles: drawn slides, a speaker, and the real title cards."""

from io import BytesIO

from PIL import Image, ImageDraw

from stagebox.model.commands import TalkDetails
from stagebox.model.settings import EventSettings
from stagebox.obs.cards import card_texts, draw_card

WIDTH, HEIGHT = 640, 360


def drawn_tiles() -> dict[str, bytes]:
    """Something to see on each tile: slides, a speaker, and the real title cards."""
    slides, speaker = _slide(), _speaker()
    both = _both(slides, speaker)
    pictures = {"scene/screen": slides, "scene/combo": both, "scene/speaker": speaker}
    texts = card_texts(
        EventSettings(title="DevConf 2026", room="Hall B"),
        TalkDetails(title="Pattern matching, compiled", speaker="Ada Example"),
    )
    for scene, text in texts.items():
        pictures[f"scene/{scene}"] = draw_card((WIDTH, HEIGHT), text)
    pictures["source/slides"], pictures["source/camera"] = slides, speaker
    pictures["poster/1"], pictures["poster/2"], pictures["poster/3"] = slides, both, speaker
    black = Image.new("RGB", (WIDTH, HEIGHT), (0, 0, 0))
    for number in range(12):
        pictures[f"still/2/{number}"] = (
            black if number in (2, 3) else (both, slides, both, speaker)[number % 4]
        )
    return {name: _jpeg(picture) for name, picture in pictures.items()}


def slides_lost() -> dict[str, bytes]:
    """What a capture card makes of a cable that is out."""
    blue = Image.new("RGB", (WIDTH, HEIGHT), (20, 40, 120))
    middle = (WIDTH // 2, HEIGHT // 2)
    ImageDraw.Draw(blue).text(middle, "No signal", (255, 255, 255), font_size=40, anchor="mm")
    return {"scene/screen": _jpeg(blue), "scene/combo": _jpeg(_both(blue, _speaker()))}


def _both(slides: Image.Image, speaker: Image.Image) -> Image.Image:
    both = Image.new("RGB", (WIDTH, HEIGHT), (14, 20, 30))
    both.paste(slides.resize((464, 261)), (10, 50))
    both.paste(speaker.resize((147, 83)), (483, 228))
    return both


def _slide() -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (252, 249, 241))
    draw = ImageDraw.Draw(picture)
    draw.text((48, 44), "Lowering a match", fill=(30, 32, 38), font_size=44)
    for row, width in enumerate((400, 320, 365)):
        draw.rectangle((48, 128 + 48 * row, 48 + width, 146 + 48 * row), fill=(207, 198, 180))
    return picture


def _speaker() -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (52, 58, 68))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((208, 208, 432, 560), fill=(75, 107, 146))
    draw.ellipse((264, 90, 376, 214), fill=(198, 156, 124))
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()
