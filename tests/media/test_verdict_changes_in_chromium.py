"""Chromium plays what `process` makes of a recording whose set-up changes: to its end, and rightly."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from stagebox.media.job import Job
from stagebox.media.pipeline import process_recording
from stagebox.model.report import Code
from stagebox.model.settings import Settings
from tests.media import mp4_maker
from tests.media.conftest import ffmpeg
from tests.media.flv_maker import after, record, tags_of, write

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.venue, pytest.mark.timeout(300)]

Pixels = NDArray[np.float64]
WIDE, HIGH = 32, 18
LENGTH_S = 2.0
ALIKE, OTHER = 3.0, 25.0
"""Mean difference of levels, of 255: of one frame by two decoders; of two pictures."""

PLAY = """
async ([wide, high]) => {
  const video = document.querySelector("video");
  const seen = [];
  const look = (now, frame) => {
    const canvas = new OffscreenCanvas(frame.width, frame.height);
    const pen = canvas.getContext("2d", {willReadFrequently: true});
    pen.drawImage(video, 0, 0);
    const all = pen.getImageData(0, 0, frame.width, frame.height).data;
    const [across, down] = [frame.width / wide, frame.height / high];
    const sums = new Array(wide * high * 3).fill(0);
    for (let y = 0; y < frame.height; y++)
      for (let x = 0; x < frame.width; x++)
        for (let c = 0; c < 3; c++)
          sums[(Math.floor(y / down) * wide + Math.floor(x / across)) * 3 + c] +=
            all[(y * frame.width + x) * 4 + c] / (across * down);
    seen.push([frame.mediaTime, frame.width, sums]);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  const ended = new Promise((done) => { video.onended = done; video.onerror = done; });
  video.src = "talk.mp4";
  await video.play().catch(() => {});
  await ended;
  return {
    seen,
    error: video.error && video.error.message,
    at: video.currentTime,
    length: video.duration,
    pictures: video.getVideoPlaybackQuality().totalVideoFrames,
    heard: video.webkitAudioDecodedByteCount,
  };
}
"""


class Frame(NamedTuple):
    """A picture that is shown: when, in seconds, how wide it is, and what it shows, made small."""

    at_s: float
    width: int
    pixels: Pixels


class Played(NamedTuple):
    """What Chromium showed of an MP4."""

    frames: list[Frame]
    error: str | None
    at_s: float
    length_s: float
    pictures: int
    heard_bytes: int


def played(page: "Page", film: Path) -> Played:
    """Play the MP4 from its start to its end or its first fault."""
    page.route(
        "http://talks.test/", lambda route: route.fulfill(body="<video></video>", content_type="text/html")
    )
    page.route("http://talks.test/talk.mp4", lambda route: route.fulfill(path=film, content_type="video/mp4"))
    page.goto("http://talks.test/")
    told = page.evaluate(PLAY, [WIDE, HIGH])
    frames = [
        Frame(at_s, width, np.array(data, np.float64).reshape(HIGH, WIDE, 3))
        for at_s, width, data in told["seen"]
    ]
    return Played(frames, told["error"], told["at"], told["length"], told["pictures"], told["heard"])


def decoded(path: Path) -> list[Frame]:
    """Every picture of a file as ffmpeg's decoder shows it."""
    with av.open(str(path)) as opened:
        return [
            Frame(
                float(frame.pts * frame.time_base),
                frame.width,
                _small(frame.to_ndarray(format="rgb24")),
            )
            for frame in cast(Any, opened.decode(video=0))
        ]


def _small(pixels: NDArray[np.uint8]) -> Pixels:
    high, wide = pixels.shape[0] // HIGH, pixels.shape[1] // WIDE
    return pixels.reshape(HIGH, high, WIDE, wide, 3).mean(axis=(1, 3))


def apart(one: Pixels, two: Pixels) -> float:
    """How much two pictures differ, 0 to 255."""
    return float(np.abs(one - two).mean())


def _clip(path: Path, picture: str, *options: str, sound: str = "48000:2") -> Path:
    """Two seconds of a picture and a tone."""
    rate, channels = sound.split(":")
    ffmpeg(
        *("-f", "lavfi", "-i", f"{picture}:r=15", "-f", "lavfi", "-i", "sine=f=300:r=48000"),
        *("-t", str(LENGTH_S)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", "15", "-pix_fmt", "yuv420p"),
        *(options or ("-bf", "2")), "-c:a", "aac", "-ar", rate, "-ac", channels, path,
    )  # fmt: skip
    return path


FIRST, SECOND = "testsrc2=s=160x90", "mandelbrot=s=320x180"


def _flv_size(folder: Path) -> Path:
    one, two = _clip(folder / "1.flv", FIRST), _clip(folder / "2.flv", SECOND)
    return write(folder / "talk.flv", after(tags_of(one), tags_of(two)))


def _flv_profile(folder: Path) -> Path:
    one = _clip(folder / "1.flv", FIRST.replace("160x90", "320x180"), "-profile:v", "baseline")
    two = _clip(folder / "2.flv", SECOND, "-profile:v", "high", "-coder", "1", "-bf", "2", "-refs", "4")
    return write(folder / "talk.flv", after(tags_of(one), tags_of(two)))


def _ts_size(folder: Path) -> Path:
    parts = [_clip(folder / "1.ts", FIRST), _clip(folder / "2.ts", SECOND)]
    talk = folder / "talk.ts"
    talk.write_bytes(b"".join(part.read_bytes() for part in parts))
    return talk


def _mov_entry(folder: Path) -> Path:
    for name, picture in (("1", FIRST), ("2", SECOND)):
        _clip(folder / f"{name}-both.mp4", picture, "-bf", "0")
        ffmpeg("-i", folder / f"{name}-both.mp4", "-map", "0:v", "-c", "copy", folder / f"{name}.mp4")
    return mp4_maker.joined(folder / "1.mp4", folder / "2.mp4", folder / "talk.mov")


@pytest.mark.parametrize("how", [_flv_size, _flv_profile, _ts_size, _mov_entry])
def test_a_new_picture_in_mid_file_is_played_to_its_end_and_shown_rightly(
    page: "Page", tmp_path: Path, how: Callable[[Path], Path]
) -> None:
    source = how(tmp_path)
    report = process_recording(Job((source,), tmp_path / "out"), Settings())
    assert report.output is not None
    seen = played(page, Path(report.output))
    assert seen.error is None
    assert seen.at_s == pytest.approx(seen.length_s, abs=0.05)
    assert seen.length_s == pytest.approx(2 * LENGTH_S, abs=0.3)
    truth = decoded(Path(report.output))
    assert seen.pictures >= len(truth) - 1
    before = [one for one in seen.frames if one.at_s < LENGTH_S - 0.2]
    behind = [one for one in seen.frames if one.at_s > LENGTH_S + 0.2]
    assert before
    assert behind
    for one in (*before, *behind):
        # On a busy machine the next picture may be drawn already.
        near = [frame for frame in truth if abs(frame.at_s - one.at_s) < 0.15]
        assert one.width in {frame.width for frame in near}
        assert min(apart(one.pixels, frame.pixels) for frame in near) < ALIKE
    assert apart(before[-1].pixels, behind[0].pixels) > OTHER
    # What was compared with is the source's own: before as the first clip shows it, and behind as the second.
    clips = [decoded(next(tmp_path.glob(f"{name}.*"))) for name in ("1", "2")]
    for shown, clip in ((before[0], clips[0]), (behind[-1], clips[1])):
        assert min(apart(shown.pixels, frame.pixels) for frame in clip) < ALIKE


@pytest.mark.parametrize("sound", ["44100:2", "48000:1"])
def test_new_sound_in_mid_file_is_played_to_its_end_in_parts(
    page: "Page", tmp_path: Path, sound: str
) -> None:
    one, two = record(tmp_path / "1.flv", LENGTH_S), record(tmp_path / "2.flv", LENGTH_S, sound=sound)
    source = write(tmp_path / "talk.flv", after(tags_of(one), tags_of(two)))
    report = process_recording(Job((source,), tmp_path / "out"), Settings())
    assert report.output is not None
    assert Code.NOT_LOSSLESS in [one.code for one in report.findings]
    first = Path(report.output)
    (second,) = [path for path in first.parent.glob("*.mp4") if path != first]
    for part in (first, second):
        seen = played(page, part)
        assert seen.error is None
        assert seen.at_s == pytest.approx(seen.length_s, abs=0.05)
        assert seen.length_s == pytest.approx(LENGTH_S, abs=0.3)
        assert seen.heard_bytes > 1000
        assert seen.pictures >= len(decoded(part)) - 1
