"""The filmstrip of a report: a few small pictures, taken at keyframes from the finished copy."""

import base64
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

import ffmpeg

from stagebox.media import runner

PICTURES = 12
WIDTH_PX = 240
_LIMIT_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A small JPEG, taken near `at_s`."""

    at_s: float
    jpeg: bytes

    @property
    def data_uri(self) -> str:
        """The picture as a `data:` address for a page that needs no other file."""
        return "data:image/jpeg;base64," + base64.b64encode(self.jpeg).decode("ascii")


def strip(
    path: Path, duration_s: float, *, deadline_s: float, cancel: runner.Cancel | None = None
) -> tuple[Picture, ...]:
    """Pictures spread evenly over the recording; fewer, or none, where the picture cannot be decoded."""
    if duration_s <= 0:
        return ()
    times = [duration_s * (number + 0.5) / PICTURES for number in range(PICTURES)]
    taken: dict[int, bytes] = {}
    with runner.Pipes() as pipes:
        outputs = [
            ffmpeg.output(
                ffmpeg.input(
                    runner.file_url(path),
                    ss=f"{at_s:.3f}",
                    noaccurate_seek=None,
                    skip_frame="nokey",
                    threads=1,
                    **runner.INPUT_OPTIONS,
                )["v:0"],
                pipes.open(partial(_take, taken, number)),
                format="image2pipe",
                vcodec="mjpeg",
                vframes=1,
                vf=f"scale={WIDTH_PX}:-2:flags=fast_bilinear",
                pix_fmt="yuvj420p",
                **{"q:v": 6},
            )
            for number, at_s in enumerate(times)
        ]
        argv = ffmpeg.merge_outputs(*outputs).get_args()
        runner.run(
            # With -copyts, a keyframe before the wanted time is not dropped as being too early.
            [runner.tool("ffmpeg"), *runner.FFMPEG_OPTIONS, "-y", "-copyts", *argv],
            deadline_s=deadline_s,
            cancel=cancel,
            pipes=pipes,
        )
        pipes.join()
    return tuple(Picture(times[number], jpeg) for number, jpeg in sorted(taken.items()) if jpeg)


def _take(taken: dict[int, bytes], number: int, stream: IO[bytes]) -> None:
    taken[number] = stream.read(_LIMIT_BYTES)
