"""What is known of the pictures of the slides and the camera."""

from dataclasses import dataclass
from typing import Literal

PictureRole = Literal["slides", "camera"]
DeviceState = Literal["present", "absent", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePresence:
    """Whether a device is there. `identity` changes when it went and came back; empty when unknown."""

    state: DeviceState
    identity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFeatures:
    """The figures of one small picture. Levels are those of the brightest colour, full range, 0 to 255.

    `peak_level` is the mean of the few brightest pixels away from the brightest spot: a line of bright text
    lifts it, a mouse pointer does not. `detail` is the same of the distances from the middle colour.
    `spread` is the widest colour channel's range without its outermost pixels. `uniform_share` is the share
    of blocks without detail, `bars_likeness` how much it looks like colour bars (0 to 1), `card_distance`
    the mean difference from the nearest taught card (None: no card is taught). Two equal `fingerprint`s
    mean equal pixels.
    """

    mean_level: float
    peak_level: float
    detail: float
    spread: float
    mean_rgb: tuple[float, float, float]
    uniform_share: float
    bars_likeness: float
    card_distance: float | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureReading:
    """One look at a source through OBS. Volatile: only the newest of a role matters.

    `exists`: OBS has the input. `device`: whether the thing behind it is there. `stale_source`: the device
    went and came back, and OBS may still show the picture of before. `width` and `height` are the source's
    own, 0 for none or unknown. `on_program`: viewers see it (None: unknown). `picture` is None when OBS
    gives no picture.
    """

    kind: Literal["picture"] = "picture"
    role: PictureRole
    input_name: str
    exists: bool
    device: DeviceState
    stale_source: bool = False
    width: int = 0
    height: int = 0
    on_program: bool | None = None
    picture: PictureFeatures | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """One source's picture, as OBS sees it.

    Times are monotonic seconds; None is never, or not now. `same_since`: since when each look gave equal
    pixels; `looks_same` counts them. `size_before` is the size before the last change, at `size_changed_at`;
    `changed_with_size`: the picture was another one right after it.
    """

    at: float | None = None
    seen: PictureReading | None = None
    same_since: float | None = None
    looks_same: int = 0
    size_before: tuple[int, int] | None = None
    size_changed_at: float | None = None
    changed_with_size: bool = False
