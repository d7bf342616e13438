"""Each picture source, as OBS sees it: saved to a file, and judged with the traps in mind."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from stagebox.doctor import trap_remedies
from stagebox.doctor.checked_obs import ObsRequester
from stagebox.doctor.result import CheckLevel, CheckResult, checked
from stagebox.doctor.traps import TrapSigns
from stagebox.health.picture_features import Pixels, features_of
from stagebox.health.picture_words import is_black, no_signal_sign
from stagebox.model.errors import ObsError
from stagebox.model.facts.pictures import PictureFeatures
from stagebox.model.settings import HealthSettings, VideoSource
from stagebox.obs.connection import ObsLinkError, ObsRefusedError

WIDTH, HEIGHT = 640, 360
DARK_MEAN = 35.0
LIMITED_LOW, LIMITED_HIGH = 12, 238


@dataclass(frozen=True, slots=True)
class PictureFigures:
    """A picture in figures: those of the live rules, and the darkest and brightest luma from 0 to 255.

    `low` and `high` leave out the outermost thousandth.
    """

    features: PictureFeatures
    low: float
    high: float


def look_at(jpeg: bytes, cards: Sequence[Pixels] = ()) -> PictureFigures:
    """The figures of a JPEG; `cards` are the taught no-signal cards. Raises OSError when it is no picture."""
    image = Image.open(io.BytesIO(jpeg)).convert("RGB")
    low, high = np.percentile(np.asarray(image.convert("L")), [0.1, 99.9])
    return PictureFigures(features_of(np.asarray(image), cards), float(low), float(high))


def picture(
    take: Callable[[str], bytes],
    role: str,
    name: str,
    source: VideoSource,
    signs: TrapSigns,
    save: Callable[[str, bytes], Path],
    limits: HealthSettings,
    cards: Sequence[Pixels] = (),
) -> CheckResult:
    """Take the picture of a source, save it, and judge it. Raises ObsLinkError.

    Args:
        take: gives the JPEG of an input by its name in OBS; raises ObsError.
        name: of the input in OBS.
        save: takes a file name and the JPEG, returns where it was written.
        cards: the no-signal cards that were taught for this role.
    """
    if source.kind == "none":
        return unset(role)
    try:
        jpeg = take(name)
        look = look_at(jpeg, cards)
    except ObsLinkError:
        raise
    except ObsRefusedError:
        return checked(role, CheckLevel.LOOK, "none", help=trap_remedies.for_no_picture(source, signs))
    except (ObsError, OSError) as error:
        return checked(role, CheckLevel.LOOK, "unusable", {"error": str(error)})
    return judge(role, source, look, signs, str(save(f"{role}.jpg", jpeg)), limits)


def unset(role: str) -> CheckResult:
    """The result for a role that has no device. A box may do without a camera, and hardly without slides."""
    level = CheckLevel.NOTE if role == "camera" else CheckLevel.LOOK
    return checked(role, level, f"{role}_unset", table=role)


def gone(role: str, source: VideoSource) -> CheckResult:
    """The result for a device that is not there: OBS shows its last picture, which looks good."""
    evidence = {"device": source.device}
    return checked(role, CheckLevel.LOOK, "gone", evidence, device=source.device or source.kind)


def is_shown(obs: ObsRequester, name: str) -> bool:
    """Whether the input is in what OBS shows now; OBS takes no pictures of a screen that is not."""
    try:
        return bool(obs.request("GetSourceActive", {"sourceName": name})["videoShowing"])
    except ObsRefusedError:
        return True


def not_shown(role: str, found: CheckResult) -> CheckResult:
    """The result instead of `found` for a source that OBS does not show at the moment. Pure."""
    told = {"found": found.summary, "help": found.remedy}
    return checked(role, CheckLevel.LOOK, "not_shown", found.evidence, **told)


def judge(
    role: str, source: VideoSource, look: PictureFigures, signs: TrapSigns, file: str, limits: HealthSettings
) -> CheckResult:
    """What a picture's figures and the signs around it mean. Pure."""
    evidence = {
        "picture": file,
        "mean_level": look.features.mean_level,
        "peak_level": look.features.peak_level,
        "gpus": signs.gpus,
        "holders": list(signs.holders),
        "usb_mbps": signs.usb_mbps,
    }
    if is_black(look.features, limits):
        remedy = trap_remedies.for_black(role, source, signs)
        return checked(role, CheckLevel.LOOK, "black", evidence, help=remedy)
    sign = no_signal_sign(role, look.features, limits)
    if sign is not None:
        remedy = trap_remedies.for_no_picture(source, signs)
        return checked(role, CheckLevel.LOOK, sign, evidence, help=remedy)
    if role == "camera" and look.features.mean_level < DARK_MEAN:
        return checked(role, CheckLevel.LOOK, "dark", evidence)
    if look.low >= LIMITED_LOW and look.high <= LIMITED_HIGH and look.high - look.low > 120:
        return checked(role, CheckLevel.NOTE, "pale", evidence)
    for crowd in trap_remedies.for_crowded_usb(signs):
        return checked(role, CheckLevel.NOTE, "seen_crowded", evidence, help=crowd)
    return checked(role, CheckLevel.GOOD, "seen", evidence)
