"""Draws the intro, intermission and outro pictures. Pillow is loaded only when a card is drawn."""

import io
import math
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from stagebox.model.commands import TalkDetails
from stagebox.model.errors import storing
from stagebox.model.figures import clock
from stagebox.model.settings import EventSettings
from stagebox.obs.pack import COUNTDOWN
from stagebox.system.files import write_whole

if TYPE_CHECKING:
    from PIL import Image

Canvas = tuple[int, int]
"""Width and height in pixels."""

COUNTDOWN_BOX = (0.42, 0.065)
"""The countdown's share of the canvas, width and height."""
COUNTDOWN_MOST_S = 24 * 3600

_TOP, _BOTTOM = (29, 64, 94), (15, 33, 50)
_TITLE, _SOFT, _QUIET = (243, 246, 248), (206, 222, 236), (147, 175, 200)
_ACCENT, _LINE = (142, 198, 255), (44, 80, 112)


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card says: a line above, the large words, and a line below; then the foot of the card."""

    above: str
    title: str
    below: str
    foot_left: str
    foot_right: str


def card_texts(event: EventSettings, talk: TalkDetails) -> dict[str, CardText]:
    """Return the words of each card, by scene."""
    starts_at = _clock(talk.planned_start)
    title, speaker = talk.title.strip(), talk.speaker.strip()
    room = talk.room.strip() or event.room
    if title:
        intro = CardText(
            f"Starts at {starts_at}" if starts_at else "Up next", title, speaker, event.title, room
        )
        intermission = CardText(
            f"Back at {starts_at} with" if starts_at else "Back soon with",
            title,
            speaker,
            event.title,
            room,
        )
    else:
        intro = CardText("Welcome to", event.title, speaker, room, starts_at)
        intermission = CardText(
            f"Back at {starts_at}" if starts_at else "Intermission",
            "We will be back soon",
            speaker,
            event.title,
            room,
        )
    outro = CardText(
        "Thank you", event.title, " · ".join(part for part in (title, speaker) if part), room, ""
    )
    return {"intro": intro, "intermission": intermission, "outro": outro}


def countdown_words(planned_start: str, utc: float) -> str:
    """How long it is until the talk starts, at the wall time `utc`; "" when nobody knows, or it has begun."""
    try:
        moment = datetime.fromisoformat(planned_start)
    except ValueError:
        return ""
    left_s = math.ceil(moment.astimezone().timestamp() - utc)
    if left_s <= 0 or left_s > COUNTDOWN_MOST_S:
        return ""
    return f"Starts in {clock(left_s)}"


def draw_countdown(folder: Path, canvas: Canvas, words: str) -> Path:
    """Draw the countdown, a picture of its own on nothing, so that a second costs little; return its path.

    Raises StorageError when it cannot be written.
    """
    from PIL import Image, ImageDraw

    from stagebox.obs.lettering import fit

    width, height = round(canvas[0] * COUNTDOWN_BOX[0]), round(canvas[1] * COUNTDOWN_BOX[1])
    picture = Image.new("RGBA", (max(1, width), max(1, height)), (0, 0, 0, 0))
    if words:
        text = fit(words, "bold", largest=round(height * 0.72), width=width, height=height)
        text.draw(ImageDraw.Draw(picture), width - text.width, (height - text.height) / 2, _ACCENT)
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    path = card_path(folder, COUNTDOWN)
    _keep(path, stream.getvalue())
    return path


def card_path(folder: Path, scene: str) -> Path:
    """Return where the picture of `scene` is kept."""
    return folder / f"{scene}.png"


def draw_cards(folder: Path, canvas: Canvas, event: EventSettings, talk: TalkDetails) -> dict[str, Path]:
    """Draw the three cards at the canvas's size and return their paths by scene.

    OBS shows a changed picture by itself, within a second or when its scene comes on. Raises
    StorageError when a picture cannot be written.
    """
    paths = {}
    for scene, text in card_texts(event, talk).items():
        stream = io.BytesIO()
        draw_card(canvas, text).save(stream, "PNG", compress_level=3)
        path = paths[scene] = card_path(folder, scene)
        _keep(path, stream.getvalue())
    if not card_path(folder, COUNTDOWN).exists():
        draw_countdown(folder, canvas, "")
    return paths


def _keep(path: Path, data: bytes) -> None:
    """Write a picture, unless it is that one already."""
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # OBS compares modification times in whole seconds: each version must differ from the last by one.
    newest_s = path.stat().st_mtime + 1.0 if path.exists() else 0.0
    with storing(path):
        write_whole(path, data, mode=0o644, modified_s=max(time.time(), newest_s))


def draw_card(canvas: Canvas, text: CardText) -> "Image.Image":
    """Return one card as a picture of the canvas's size."""
    from PIL import ImageDraw

    from stagebox.obs.lettering import fit

    width, height = canvas
    unit = min(width / 1920, height / 1080)
    picture = _ground(width, height)
    pen = ImageDraw.Draw(picture)
    left, right = 150 * unit, width - 150 * unit
    inner = right - left

    above = fit(text.above, "bold", largest=round(46 * unit), width=inner, height=60 * unit)
    title = fit(text.title, "bold", largest=round(128 * unit), width=inner, height=470 * unit)
    below = fit(text.below, "regular", largest=round(56 * unit), width=inner, height=140 * unit)
    gap_above, gap_below = 26 * unit, 34 * unit
    block = above.height + gap_above + title.height + (gap_below + below.height if below.lines else 0)

    foot_top = height - 150 * unit
    top = max(90 * unit, (foot_top - block) * 0.52)
    y = above.draw(pen, left, top, _ACCENT) + gap_above
    y = title.draw(pen, left, y, _TITLE) + gap_below
    below.draw(pen, left, y, _SOFT)

    pen.line((left, foot_top, right, foot_top), fill=_LINE, width=max(1, round(2 * unit)))
    half = inner * 0.62
    foot_left = fit(text.foot_left, "bold", largest=round(34 * unit), width=half, height=84 * unit)
    foot_right = fit(
        text.foot_right, "regular", largest=round(34 * unit), width=inner - half, height=84 * unit
    )
    foot_left.draw(pen, left, foot_top + 34 * unit, _SOFT)
    foot_right.draw(pen, right - foot_right.width, foot_top + 34 * unit, _QUIET)
    return picture


def _ground(width: int, height: int) -> "Image.Image":
    """Return the blue ground: lighter at the top left, with wide rings that leave at the right."""
    from PIL import Image, ImageChops, ImageDraw

    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    shade = ImageChops.add(across, down, scale=2)
    ground = Image.composite(
        Image.new("RGB", (width, height), _BOTTOM), Image.new("RGB", (width, height), _TOP), shade
    )
    # Drawn at twice the size and reduced: Pillow's own circles have steps.
    rings = Image.new("L", (width * 2, height * 2), 0)
    pen = ImageDraw.Draw(rings)
    centre_x, centre_y = width * 2 * 0.97, height * 2 * 0.06
    for number in range(1, 6):
        radius = height * 2 * 0.2 * number
        box = (centre_x - radius, centre_y - radius, centre_x + radius, centre_y + radius)
        pen.ellipse(box, outline=34 - number * 5, width=max(2, round(height * 2 * 0.035)))
    ground.paste(Image.new("RGB", (width, height), _ACCENT), (0, 0), rings.resize((width, height)))
    return ground


def _clock(utc: str) -> str:
    """Return a planned time as this machine's clock shows it, or nothing when there is none."""
    try:
        moment = datetime.fromisoformat(utc)
    except ValueError:
        return ""
    return moment.astimezone().strftime("%H:%M")
