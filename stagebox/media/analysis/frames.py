"""Decoded pictures of PyAV as `YuvFrame`s, whatever their pixel format, and small JPEGs for the filmstrip."""

import io
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from numpy.typing import NDArray

from stagebox.media.analysis.frame_classifier import Plane, YuvFrame

PLANAR_8 = frozenset(
    ["yuv420p", "yuv422p", "yuv444p", "yuv440p", "yuvj420p", "yuvj422p", "yuvj444p", "yuvj440p"]
)
PLANAR_DEEP = frozenset(f"yuv{layout}p{bits}le" for layout in ("420", "422", "444") for bits in (10, 12))
FULL_RANGE = 2
FILM_HEIGHT_PX = 90
JPEG_QUALITY = 70

if TYPE_CHECKING:
    AnyPacket = Packet[Any]
else:
    AnyPacket = Packet  # generic in PyAV's stubs only

BAD_DATA = (av.error.FFmpegError, ValueError)
"""What PyAV raises for data that cannot be read or decoded."""


def picture_of(frame: VideoFrame) -> YuvFrame:
    """Return a frame's planes with 8 bits a sample. The planes share the frame's memory where they can."""
    name = frame.format.name
    full = name.startswith("yuvj") or int(frame.color_range) == FULL_RANGE
    if name in PLANAR_8:
        y, u, v = (_plane(plane) for plane in frame.planes)
        return YuvFrame(y, u, v, full)
    if name == "nv12":
        rows = _rows(frame.planes[1], np.uint8)[:, : 2 * ((frame.width + 1) // 2)]
        both = np.asarray(rows, dtype=np.uint8)
        return YuvFrame(_plane(frame.planes[0]), both[:, 0::2], both[:, 1::2], full)
    if name in PLANAR_DEEP:
        shift = frame.format.components[0].bits - 8
        y, u, v = (
            (_rows(plane, np.uint16)[: plane.height, : plane.width] >> shift).astype(np.uint8)
            for plane in frame.planes
        )
        return YuvFrame(y, u, v, full)
    plain = frame.reformat(format="yuv444p", dst_color_range="MPEG")
    y, u, v = (_plane(plane) for plane in plain.planes)
    return YuvFrame(y, u, v)


def thumbnail(frame: VideoFrame) -> bytes:
    """Return the frame as a JPEG 90 pixels high."""
    width = max(2, round(frame.width * FILM_HEIGHT_PX / frame.height / 2) * 2)
    # One thread: to start others for a picture of this size takes longer than to make it.
    small = frame.reformat(
        width=width, height=FILM_HEIGHT_PX, format="rgb24", interpolation="AREA", threads=1
    )
    image = small.to_image()  # type: ignore[no-untyped-call]  # PyAV leaves it untyped
    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def _plane(plane: VideoPlane) -> Plane:
    return np.asarray(_rows(plane, np.uint8)[: plane.height, : plane.width], dtype=np.uint8)


def _rows(plane: VideoPlane, kind: type[np.uint8] | type[np.uint16]) -> NDArray[np.uint8 | np.uint16]:
    samples: NDArray[np.uint8 | np.uint16] = np.frombuffer(plane, dtype=kind)  # type: ignore[call-overload]
    per_row = abs(plane.line_size) // samples.itemsize
    return samples[: plane.height * per_row].reshape(plane.height, per_row)
