"""What is known of the pictures of the slides and the camera."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """One source's picture, as OBS sees it."""

    at: float | None = None
