"""Takes a still picture of a source or scene."""

import base64
import binascii

from stagebox.model.errors import ObsError
from stagebox.obs.connection import ObsConnection

QUALITY_PERCENT = 70


def screenshot(obs: ObsConnection, source: str, width: int, height: int) -> bytes:
    """Return a JPEG of `source` (an input or a scene, on program or not), `width` × `height` pixels.

    Raises ObsRefusedError when OBS has no such source or it has no picture, ObsLinkError.
    """
    answer = obs.request(
        "GetSourceScreenshot",
        {
            "sourceName": source,
            "imageFormat": "jpg",
            "imageWidth": width,
            "imageHeight": height,
            "imageCompressionQuality": QUALITY_PERCENT,
        },
    )
    try:
        return base64.b64decode(str(answer["imageData"]).partition(",")[2], validate=True)
    except (KeyError, binascii.Error):
        raise ObsError(f"OBS gave no picture of {source}.", "Try again.") from None
