"""What a recording is: container, length, streams, chapters, as ffprobe tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """One stream. `kind` is video, audio, subtitle, data or attachment; unknown figures are None or 0."""

    index: int
    kind: str
    codec: str
    time_base: Fraction
    start_s: float | None = None
    duration_s: float | None = None
    width: int = 0
    height: int = 0
    pixel_format: str = ""
    frame_rate: Fraction | None = None
    sample_rate_hz: int = 0
    channels: int = 0
    attached_picture: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter mark; times in seconds from the start of the file."""

    start_s: float
    end_s: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """What ffprobe tells of one file. `container` is ffprobe's format name, for example `flv`."""

    path: Path
    container: str
    size_bytes: int
    duration_s: float
    streams: tuple[StreamInfo, ...]
    chapters: tuple[Chapter, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
