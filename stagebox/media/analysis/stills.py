"""Where the picture did not change at all: what packets and keyframes say together. Pure."""

from collections.abc import Sequence

from stagebox.media.analysis.frame_classifier import FrameKind, Signature, same_picture
from stagebox.media.analysis.picture_findings import PictureStretch


class StillDetector:
    """Takes groups of pictures in order; `stretches` are those in which nothing was sent, and shown, anew.

    Args:
        still_bytes: a packet of at most this carries no change.
        shortest_s: the shortest stretch that matters, in seconds.
    """

    def __init__(self, still_bytes: int, shortest_s: float) -> None:
        self.stretches: list[PictureStretch] = []
        self._still_bytes = still_bytes
        self._shortest_s = shortest_s
        self._from_s: float | None = None
        self._signature: Signature | None = None

    def take(self, times_s: Sequence[float], sizes: Sequence[int], seen: Signature | None) -> None:
        """Follow the current stretch through one group: from the last change to the next one.

        Args:
            times_s: when its pictures are shown, in seconds, in order, the keyframe first.
            sizes: their effective sizes in bytes.
            seen: what the keyframe shows.
        """
        known = self._signature
        # A stretch that began inside the last group has shown no keyframe yet to compare with.
        if known is not None and (seen is None or not same_picture(known, seen)):
            self.end(times_s[0])
        if self._from_s is None:
            self._from_s = times_s[0]
        self._signature = seen
        for time_s, size in zip(times_s[1:], sizes[1:], strict=True):
            if size > self._still_bytes:
                self.end(time_s)
                self._from_s = time_s

    def end(self, at_s: float) -> None:
        """The picture changed, or the recording ended, at this time."""
        start_s, self._from_s = self._from_s, None
        self._signature = None
        if start_s is not None and at_s - start_s >= self._shortest_s:
            self.stretches.append(PictureStretch(start_s, at_s, FrameKind.PICTURE))
