"""What each scene would show: JPEGs for those who choose between scenes."""

import contextlib
import threading
import time
from dataclasses import dataclass

from stagebox.model.errors import ObsError
from stagebox.obs.connection import ObsConnection, ObsLinkError, ObsTarget
from stagebox.obs.source_inspection import jpeg

KEEP_S = 0.7
"""However many look: a scene's picture is taken no more often than this."""
MOST_KEPT = 32


@dataclass(frozen=True, slots=True)
class _KeptPicture:
    data: bytes
    taken_at: float


class ScenePictures:
    """Takes pictures of scenes on a connection of its own, so that none delays a scene change."""

    def __init__(self, target: ObsTarget, timeout_s: float) -> None:
        self._target = target
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._obs: ObsConnection | None = None
        self._kept: dict[tuple[str, int], _KeptPicture] = {}

    def get(self, scene: str, width: int) -> bytes:
        """A JPEG of `scene`, on program or not, `width` pixels wide.

        Raises ObsError: OBS is not there, has no such scene, or the scene shows nothing.
        """
        with self._lock:
            kept = self._kept.get((scene, width))
            if kept is not None and time.monotonic() - kept.taken_at < KEEP_S:
                return kept.data
            data = self._take(scene, width)
            self._kept.pop((scene, width), None)
            self._kept[scene, width] = _KeptPicture(data, time.monotonic())
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            return data

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._drop()

    def _take(self, scene: str, width: int) -> bytes:
        try:
            if self._obs is None:
                self._obs = ObsConnection(self._target, timeout_s=self._timeout_s)
            data = jpeg(self._obs, scene, width)
        except ObsLinkError:
            self._drop()
            raise
        if data is None:
            raise ObsError(f"The scene “{scene}” shows nothing.", "Run `stagebox provision`.")
        return data

    def _drop(self) -> None:
        obs, self._obs = self._obs, None
        if obs is not None:
            with contextlib.suppress(ObsError):
                obs.close()
