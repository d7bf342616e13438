"""One look at a source through OBS: does it exist, is it on program, how large is it, what does it show?"""

import base64
import binascii
import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from stagebox.obs.connection import NOT_READY, ObsConnection, ObsRefusedError
from stagebox.obs.remedy_requests import WatchedSource

Pixels = npt.NDArray[np.uint8]

SMALL = (96, 54)
CLOSE_WIDTH = 960
"""Wide enough that no stroke of a letter falls between the pixels that are looked at."""
_JPEG_QUALITY_PERCENT = 90


class NotReadyError(Exception):
    """OBS is starting, or changing its scenes: look again a little later."""


@dataclass(frozen=True, slots=True)
class SceneItem:
    """Where a source is placed, which is where OBS tells its size."""

    scene: str
    item_id: int


def program_scene(obs: ObsConnection) -> str:
    """Return the scene on program; empty for none.

    OBS 29 ends itself (SIGABRT) when it is asked for the program scene alone while it changes its scene
    collection: there is none for a moment. The list of scenes knows that.
    """
    return str(obs.request("GetSceneList")["currentProgramSceneName"] or "")


def on_program(obs: ObsConnection, source: WatchedSource) -> bool | None:
    """Whether viewers see the source; None when OBS has no such input. Raises NotReadyError, ObsLinkError.

    OBS's own "active" does not tell: sources are in every scene, outside the canvas where they do not show.
    """
    try:
        obs.request("GetSourceActive", {"sourceName": source.input_name})
        return program_scene(obs) in source.scenes
    except ObsRefusedError as error:
        _raise_if_not_ready(error)
        return None


def find_item(obs: ObsConnection, source: WatchedSource) -> SceneItem | None:
    """The first place of the source in its scenes, or None. Raises NotReadyError, ObsLinkError."""
    for scene in source.scenes:
        try:
            answer = obs.request("GetSceneItemId", {"sceneName": scene, "sourceName": source.input_name})
        except ObsRefusedError as error:
            _raise_if_not_ready(error)
            continue
        return SceneItem(scene, int(answer["sceneItemId"]))
    return None


def size_of(obs: ObsConnection, item: SceneItem) -> tuple[int, int] | None:
    """The source's own width and height in pixels, 0 for none; None when the place is gone.

    Raises NotReadyError, ObsLinkError.
    """
    where = {"sceneName": item.scene, "sceneItemId": item.item_id}
    try:
        transform = obs.request("GetSceneItemTransform", where)["sceneItemTransform"]
    except ObsRefusedError as error:
        _raise_if_not_ready(error)
        return None
    return int(transform["sourceWidth"]), int(transform["sourceHeight"])


def small_picture(obs: ObsConnection, input_name: str) -> Pixels | None:
    """The source's picture as 96 × 54 pixels, exactly as OBS renders them; None when it shows nothing.

    PNG, because the fingerprint needs the camera's noise, which a JPEG would smooth away.
    """
    width, height = SMALL
    data = _image(
        obs, {"sourceName": input_name, "imageFormat": "png", "imageWidth": width, "imageHeight": height}
    )
    return None if data is None else decode(data)


def close_picture(obs: ObsConnection, input_name: str) -> Pixels | None:
    """The source's picture 960 pixels wide, in its own shape; None when it shows nothing."""
    data = jpeg(obs, input_name, CLOSE_WIDTH)
    return None if data is None else decode(data)


def jpeg(obs: ObsConnection, name: str, width: int) -> bytes | None:
    """A JPEG of an input or a scene, `width` pixels wide in its own shape; None when it shows nothing."""
    return _image(
        obs,
        {
            "sourceName": name,
            "imageFormat": "jpg",
            "imageWidth": width,
            "imageCompressionQuality": _JPEG_QUALITY_PERCENT,
        },
    )


def decode(data: bytes) -> Pixels | None:
    """The pixels of a picture file; None when it is wholly transparent or cannot be read."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.mode in ("RGBA", "LA", "PA"):
                pixels = np.asarray(image.convert("RGBA"))
                return pixels[:, :, :3] if pixels[:, :, 3].any() else None
            return np.asarray(image.convert("RGB"))
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return None


def _image(obs: ObsConnection, request: dict[str, object]) -> bytes | None:
    try:
        answer = obs.request("GetSourceScreenshot", request)
        return base64.b64decode(str(answer["imageData"]).partition(",")[2], validate=True)
    except ObsRefusedError as error:
        _raise_if_not_ready(error)
        return None
    except (KeyError, binascii.Error):
        return None


def _raise_if_not_ready(error: ObsRefusedError) -> None:
    if error.code == NOT_READY:
        raise NotReadyError(error.what) from error
