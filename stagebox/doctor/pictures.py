"""Each picture source, as OBS sees it: saved to a file, and judged with the traps in mind."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from stagebox.doctor import remedies
from stagebox.doctor.result import Level, Result
from stagebox.doctor.stage import Asks
from stagebox.doctor.traps import Signs
from stagebox.model.errors import ObsError
from stagebox.model.settings import VideoSource
from stagebox.obs.connection import ObsLinkError, ObsRefusedError

WIDTH, HEIGHT = 640, 360
BLACK_HIGH, UNIFORM_SPREAD = 24, 3.0
DARK_MEAN = 35.0
LIMITED_LOW, LIMITED_HIGH = 12, 238

TITLES = {"slides": "Slides", "camera": "Camera"}


@dataclass(frozen=True, slots=True)
class Look:
    """A picture in figures: luma from 0 to 255; `low` and `high` leave out the outermost thousandth."""

    mean: float
    spread: float
    low: float
    high: float


def look_at(jpeg: bytes) -> Look:
    """The figures of a JPEG. Raises OSError when it is none."""
    luma = np.asarray(Image.open(io.BytesIO(jpeg)).convert("L"), dtype=np.float64)
    low, high = np.percentile(luma, [0.1, 99.9])
    return Look(float(luma.mean()), float(luma.std()), float(low), float(high))


def picture(
    take: Callable[[str], bytes],
    role: str,
    name: str,
    source: VideoSource,
    signs: Signs,
    save: Callable[[str, bytes], Path],
) -> Result:
    """Take the picture of a source, save it, and judge it. Raises ObsLinkError.

    Args:
        take: gives the JPEG of an input by its name in OBS; raises ObsError.
        name: of the input in OBS.
        save: takes a file name and the JPEG, returns where it was written.
    """
    title = TITLES[role]
    if source.kind == "none":
        return Result(role, title, Level.NOTE, "None is configured.", f"Set sources.{role} in stagebox.toml.")
    try:
        jpeg = take(name)
        look = look_at(jpeg)
    except ObsLinkError:
        raise
    except ObsRefusedError:
        return Result(
            role,
            title,
            Level.LOOK,
            f"OBS has no picture of “{name}”.",
            remedies.for_no_picture(source, signs),
        )
    except (ObsError, OSError) as error:
        return Result(role, title, Level.LOOK, f"OBS gave no usable picture: {error}", "Try again.")
    return judge(role, source, look, signs, str(save(f"{role}.jpg", jpeg)))


def is_shown(obs: Asks, name: str) -> bool:
    """Whether the input is in what OBS shows now; OBS takes no pictures of a screen that is not."""
    try:
        return bool(obs.request("GetSourceActive", {"sourceName": name})["videoShowing"])
    except ObsRefusedError:
        return True


def not_shown(role: str, found: Result) -> Result:
    """The result instead of `found` for a source that OBS does not show at the moment. Pure."""
    remedy = "Put a scene that shows it on program, and run this again. If it stays so: " + found.remedy
    words = f"{found.summary} It is not on program, so OBS may not look at it."
    return Result(role, TITLES[role], Level.NOTE, words, remedy, found.evidence)


def judge(role: str, source: VideoSource, look: Look, signs: Signs, file: str) -> Result:
    """What a picture's figures and the signs around it mean. Pure."""
    title = TITLES[role]
    evidence = {
        "picture": file,
        "mean": round(look.mean, 1),
        "spread": round(look.spread, 1),
        "gpus": signs.gpus,
        "holders": list(signs.holders),
        "usb_mbps": signs.usb_mbps,
    }
    if look.high <= BLACK_HIGH:
        return Result(
            role,
            title,
            Level.LOOK,
            "The picture is black.",
            remedies.for_black(role, source, signs),
            evidence,
        )
    if look.spread < UNIFORM_SPREAD:
        remedy = f"Is there a signal? {remedies.for_no_picture(source, signs)}"
        return Result(role, title, Level.LOOK, "The picture is all one colour.", remedy, evidence)
    if role == "camera" and look.mean < DARK_MEAN:
        return Result(role, title, Level.LOOK, "The camera's picture is very dark.", remedies.DARK, evidence)
    if look.low >= LIMITED_LOW and look.high <= LIMITED_HIGH and look.high - look.low > 120:
        return Result(role, title, Level.NOTE, f"Seen, a little pale: {file}", remedies.PALE, evidence)
    crowd = remedies.for_crowded_usb(signs)
    if crowd:
        return Result(role, title, Level.NOTE, f"Seen: {file}", crowd, evidence)
    return Result(role, title, Level.GOOD, f"Seen: {file}", evidence=evidence)
