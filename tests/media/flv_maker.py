"""Makes FLVs in which something happens in the middle: tags of real recordings, put together anew."""

import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from stagebox.flv import tags as flv
from stagebox.flv.tags import PICTURE, SCRIPT, SOUND, FlvTag
from tests.media.conftest import ffmpeg

SIZE = "160x90"


@dataclass(frozen=True, slots=True)
class Made:
    """A tag to be written: kind, time in ms, payload."""

    kind: int
    time_ms: int
    payload: bytes

    @property
    def is_set_up(self) -> bool:
        return self.kind != SCRIPT and self.payload[1] == 0

    @property
    def is_key(self) -> bool:
        return self.kind == PICTURE and self.payload[0] >> 4 == 1 and not self.is_set_up


def tags_of(path: Path) -> list[Made]:
    """All tags of an FLV."""
    with path.open("rb") as file:
        data = file.read()
    found = list(flv.walk(lambda size, at: data[at : at + size], len(data), lambda share: None))
    assert all(isinstance(one, FlvTag) for one in found)
    return [Made(one.kind, one.time_ms, one.payload) for one in found if isinstance(one, FlvTag)]


def write(path: Path, tags: Iterable[Made]) -> Path:
    """An FLV of these tags."""
    body = b"".join(flv.tag_of(one.kind, one.time_ms, one.payload) for one in tags)
    path.write_bytes(flv.HEADER + body)
    return path


def record(
    path: Path, seconds: float = 4.0, *, size: str = SIZE, sound: str = "48000:2", options: Iterable[str] = ()
) -> Path:
    """A short recording as OBS writes it; `sound` is rate and channels."""
    rate, channels = sound.split(":")
    ffmpeg(
        *("-f", "lavfi", "-i", f"testsrc2=s={size}:r=15", "-f", "lavfi", "-i", "sine=f=300:r=48000"),
        *("-t", str(seconds), "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "15"),
        *("-pix_fmt", "yuv420p", *options, "-c:a", "aac", "-ar", rate, "-ac", channels, path),
    )
    return path


def after(first: list[Made], second: list[Made], *, gap_ms: int = 40) -> list[Made]:
    """`second` put behind `first`, on one clock."""
    start_ms = max(one.time_ms for one in first) + gap_ms
    begin_ms = min(one.time_ms for one in second if one.kind != SCRIPT)
    moved = (replace(one, time_ms=one.time_ms - begin_ms + start_ms) for one in second if one.kind != SCRIPT)
    return [*first, *moved]


def timed(tags: list[Made], move: Callable[[int], int]) -> list[Made]:
    """The tags with their times moved, but for the file's words about itself."""
    return [one if one.kind == SCRIPT else replace(one, time_ms=move(one.time_ms)) for one in tags]


def shown(path: Path, stream: str = "v:0") -> list[str]:
    """A hash of each decoded frame, in the order in which a player shows or plays them."""
    done = subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-i", f"file:{path}", "-map", f"0:{stream}", "-autoscale", "0"),
            *("-fps_mode", "passthrough", "-f", "framemd5", "-"),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return [line.rsplit(",", 1)[1].strip() for line in done.stdout.splitlines() if line[:1] != "#"]


def decodes(path: Path) -> str:
    """What ffmpeg says when it stops at the first fault in decoding everything; empty when there is none."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-xerror", "-i", f"file:{path}", "-map", "0", "-f", "null", "-"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    return "" if done.returncode == 0 else f"{done.stderr}exit code {done.returncode}"


__all__ = [
    "PICTURE",
    "SCRIPT",
    "SOUND",
    "Made",
    "after",
    "decodes",
    "record",
    "shown",
    "tags_of",
    "timed",
    "write",
]
