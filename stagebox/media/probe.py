"""What a recording is: container, length, streams, chapters, as ffprobe tells it."""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from stagebox.media import runner
from stagebox.media.findings import told
from stagebox.model.errors import MediaError
from stagebox.model.report import Code, Finding, Report, Severity
from stagebox.model.said import Fact
from stagebox.system.files import open_to_read

PROBE_DEADLINE_S = 60.0


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """One stream. `kind` is video, audio, subtitle, data or attachment; unknown figures are None or 0.

    `setup_hash` is a hash of the decoder's set-up data (parameter sets), `tag` the container's codec tag.
    """

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
    tag: str = ""
    setup_hash: str = ""


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

    @property
    def start_s(self) -> float:
        """What the file's clock says when the first picture or sample is shown, in seconds."""
        starts_s = [s.start_s for s in self.streams if s.start_s is not None and s.kind in ("video", "audio")]
        return min(starts_s, default=0.0)

    def of_kind(self, kind: str) -> tuple[StreamInfo, ...]:
        """The streams of one kind; a cover picture is no video."""
        return tuple(s for s in self.streams if s.kind == kind and not s.attached_picture)


class UnusableError(MediaError):
    """A file is no recording that can be read. `code` is the finding that says so.

    `foreign` is true when there is no such recording at all: a wrong path, a folder, a pipe, no permission.
    """

    def __init__(
        self, what: str, remedy: str, *, code: Code = Code.UNREADABLE, foreign: bool = False
    ) -> None:
        super().__init__(what, remedy)
        self.code = code
        self.foreign = foreign

    def report(self, path: Path) -> Report:
        """The report on this file."""
        found = Finding(self.code, Severity.CRITICAL, 0.0, 0.0, self.what, self.remedy)
        return Report(runner.exact(path), None, None, 0.0, findings=(found,), usable=False)


def unusable(
    key: str, *, code: Code = Code.UNREADABLE, foreign: bool = False, **facts: Fact
) -> UnusableError:
    """The error with what the catalogue says of `code` under `key`."""
    return UnusableError(*told(code, key, **facts), code=code, foreign=foreign)


def check_regular(path: Path) -> os.stat_result:
    """What the file system says of a recording that can be opened for reading.

    Never blocks: a named pipe or a device is recognised before it is opened.

    Raises:
        UnusableError: no file, no ordinary file, or no permission; `foreign` is set.
    """
    name = runner.shown(path)
    try:
        seen = path.stat()
        if stat.S_ISDIR(seen.st_mode):
            raise unusable("folder", foreign=True, name=name)
        if not stat.S_ISREG(seen.st_mode):
            raise unusable("device", foreign=True, name=name)
        os.close(open_to_read(path))
    except FileNotFoundError:
        raise unusable("no_file", foreign=True, name=name) from None
    except PermissionError:
        raise unusable("not_allowed", foreign=True, name=name) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise unusable("not_opened", foreign=True, name=name, reason=reason) from None
    return seen


def probe(path: Path, *, cancel: runner.Cancel | None = None) -> Probe:
    """What ffprobe tells of the recording at `path`.

    Raises:
        UnusableError: it is empty, or no recording that ffprobe can read.
        MediaError: ffprobe is not installed or does not end.
    """
    size = check_regular(path).st_size
    if size == 0:
        raise unusable("nothing", code=Code.EMPTY, name=runner.shown(path.name))
    argv = [
        runner.tool("ffprobe"), "-v", "error", "-of", "json",
        "-show_format", "-show_streams", "-show_chapters", "-show_data_hash", "md5",
        "-protocol_whitelist", runner.INPUT_OPTIONS["protocol_whitelist"],
        "-format_whitelist", runner.INPUT_OPTIONS["format_whitelist"],
        "-i", runner.file_url(path),
    ]  # fmt: skip
    done = runner.run(argv, deadline_s=runner.patient(PROBE_DEADLINE_S), cancel=cancel)
    try:
        told = json.loads(done.stdout or b"{}")
        return _read(path, size, told)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise unusable(unreadable(done.stderr), name=runner.shown(path.name)) from None


def unreadable(said: str) -> str:
    """The key of what is told of a file that ffprobe refuses, from what it said."""
    if "moov atom not found" in said:
        return "no_index"
    return "other_kind" if "not in whitelist" in said or "not on whitelist" in said else "no_recording"


def _read(path: Path, size: int, told: Mapping[str, Any]) -> Probe:
    container = told["format"]
    streams = tuple(_stream(entry) for entry in told["streams"])
    if not streams:
        raise ValueError("no streams")
    length = _seconds(container.get("duration"))
    return Probe(
        path=path,
        container=str(container["format_name"]),
        size_bytes=size,
        duration_s=max(length or 0.0, 0.0),
        streams=streams,
        chapters=tuple(
            Chapter(
                _seconds(entry.get("start_time")) or 0.0,
                _seconds(entry.get("end_time")) or 0.0,
                str(entry.get("tags", {}).get("title", "")),
            )
            for entry in told.get("chapters", ())
        ),
        tags=_tags(container),
    )


def _stream(entry: Mapping[str, Any]) -> StreamInfo:
    return StreamInfo(
        index=int(entry["index"]),
        kind=str(entry.get("codec_type", "data")),
        codec=str(entry.get("codec_name", "unknown")),
        time_base=_fraction(entry.get("time_base")) or Fraction(1, 1000),
        start_s=_seconds(entry.get("start_time")),
        duration_s=_seconds(entry.get("duration")),
        width=int(entry.get("width", 0)),
        height=int(entry.get("height", 0)),
        pixel_format=str(entry.get("pix_fmt", "")),
        frame_rate=_fraction(entry.get("avg_frame_rate")) or _fraction(entry.get("r_frame_rate")),
        sample_rate_hz=int(entry.get("sample_rate", 0)),
        channels=int(entry.get("channels", 0)),
        attached_picture=bool(entry.get("disposition", {}).get("attached_pic", 0)),
        tags=_tags(entry),
        tag=str(entry.get("codec_tag_string", "")),
        setup_hash=str(entry.get("extradata_hash", "")),
    )


def _tags(entry: Mapping[str, Any]) -> dict[str, str]:
    return {str(key).lower(): str(value) for key, value in entry.get("tags", {}).items()}


def _seconds(value: Any) -> float | None:
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        return None
    return seconds if abs(seconds) < 1e9 else None


def _fraction(value: Any) -> Fraction | None:
    try:
        return Fraction(str(value)) or None
    except (ValueError, ZeroDivisionError):
        return None
