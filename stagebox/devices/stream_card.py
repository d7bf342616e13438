"""Streams one picture with silence to a server, as a process: `python -m stagebox.devices.stream_card`.

On its standard input comes one line of JSON (`CardOrder`), with the stream's key, which stands nowhere else:
in no argument, no environment, no log. It streams until that input ends, and so whenever its parent does. On
its standard output it says "live" and "lost", a line each.
"""

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import TextIO

from stagebox.system.backoff import Backoff

FPS, RATE_HZ, SAMPLES = 10, 48_000, 1024
KEYFRAME_S = 2
AGAIN = Backoff(first_s=0.5, cap_s=10.0)
STALLS_S = 8.0
"""A server that takes nothing for so long is left, and tried again."""
END_S = 2.0
"""So long the connection has to end tidily."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOrder:
    """What is streamed, and where.

    Args:
        server: the address of an RTMP server, without the key.
        picture: the path of a picture that FFmpeg reads.
        width, height: of the stream, in pixels; even.
        video_kbps: at most so much.
    """

    server: str
    key: str
    picture: str
    width: int
    height: int
    video_kbps: int

    def line(self) -> str:
        """The order as one line."""
        return json.dumps(asdict(self)) + "\n"


class CardStream:
    """Streams until it is told to end; a lost server is tried again, ever later."""

    def __init__(self, order: CardOrder, out: TextIO) -> None:
        self._order = order
        self._out = out
        self._ending = threading.Event()
        self._moved_at = time.monotonic()

    def end(self) -> None:
        """End soon, also while a server hangs."""
        self._ending.set()
        threading.Timer(END_S, os._exit, (0,)).start()

    def run(self) -> None:
        """Stream."""
        threading.Thread(target=self._watch, name="card-watch", daemon=True).start()
        tries = 0
        while not self._ending.is_set():
            was_live = False
            # What FFmpeg says of a server has its whole address in it, and so the key: it is told to nobody.
            with contextlib.suppress(Exception):
                for _ in self._connection():
                    if not was_live:
                        was_live = True
                        self._say("live")
            tries = 0 if was_live else tries + 1
            if not self._ending.is_set():
                self._say("lost")
                self._moved_at = time.monotonic()
                self._ending.wait(AGAIN.pause_s(tries))

    def _connection(self) -> Iterator[None]:
        """One connection, until it breaks; says so after each second that the server took."""
        import av
        from av.audio.frame import AudioFrame
        from av.video.frame import VideoFrame

        av.logging.set_level(av.logging.PANIC)
        of = self._order
        with av.open(of.picture) as shown:
            drawn = next(shown.decode(video=0))
        # A picture has all 256 values, and video 16 to 235: players take it so where nobody says otherwise.
        picture = drawn.reformat(
            of.width, of.height, "yuv420p", src_color_range="JPEG", dst_color_range="MPEG"
        ).to_ndarray()
        self._moved_at = time.monotonic()
        with av.open(f"{of.server}/{of.key}", "w", format="flv") as server:
            video = server.add_stream("libx264", rate=FPS)
            video.width, video.height, video.pix_fmt = of.width, of.height, "yuv420p"
            video.bit_rate = of.video_kbps * 1000
            video.time_base = Fraction(1, FPS)
            video.options = {
                "preset": "ultrafast",
                "tune": "zerolatency",
                "g": str(KEYFRAME_S * FPS),
            }
            audio = server.add_stream("aac", rate=RATE_HZ, layout="stereo")
            silence = AudioFrame(format="fltp", layout="stereo", samples=SAMPLES)
            for plane in silence.planes:
                plane.update(bytes(plane.buffer_size))
            silence.sample_rate = RATE_HZ
            began, samples = time.monotonic(), 0
            number = 0
            while not self._ending.is_set():
                frame = VideoFrame.from_ndarray(picture, format="yuv420p")
                frame.pts, frame.time_base = number, Fraction(1, FPS)
                server.mux(video.encode(frame))
                while samples < number * RATE_HZ // FPS:
                    silence.pts, silence.time_base = samples, Fraction(1, RATE_HZ)
                    server.mux(audio.encode(silence))
                    samples += SAMPLES
                self._moved_at = time.monotonic()
                number += 1
                if number % FPS == 0:
                    yield
                self._ending.wait(max(0.0, began + number / FPS - time.monotonic()))

    def _watch(self) -> None:
        """A server that takes nothing keeps FFmpeg waiting for ever: the parent begins anew then."""
        while not self._ending.wait(0.5):
            if time.monotonic() - self._moved_at > STALLS_S + AGAIN.cap_s:
                self._say("lost")
                os._exit(1)

    def _say(self, word: str) -> None:
        with contextlib.suppress(OSError):
            self._out.write(f"{word}\n")
            self._out.flush()


def main() -> None:
    """Read the order, and stream until the input ends."""
    try:
        order = CardOrder(**json.loads(sys.stdin.readline()))
    except (ValueError, TypeError):
        raise SystemExit(2) from None
    card = CardStream(order, sys.stdout)

    def wait_for_end() -> None:
        sys.stdin.read()
        card.end()

    threading.Thread(target=wait_for_end, name="card-end", daemon=True).start()
    card.run()
    os._exit(0)


if __name__ == "__main__":
    main()
