"""A venue in a box: the presenter's laptop, the camera, the room's microphone, and a screen for OBS."""

import os
import site
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from stagebox.model.errors import StageboxError
from stagebox.rehearsal.camera import Camera
from stagebox.rehearsal.children import VenueHousehold, VenueProcess, require
from stagebox.rehearsal.display import Display, write_authority
from stagebox.rehearsal.lateness import LateTicks
from stagebox.rehearsal.microphone import DEVICE, Microphone, socket_path_fits
from stagebox.rehearsal.painter import VenueClock
from stagebox.rehearsal.slides import Slides
from stagebox.rehearsal.stream_server import StreamServer

WIDTH, HEIGHT = 1280, 720
"""Size of the laptop's screen."""
CAMERA_WIDTH, CAMERA_HEIGHT = 640, 360
"""Size of the camera's picture: on a small machine without a GPU, every pixel counts."""
START_S = 30.0

PROGRAMS = ("Xvfb", "pulseaudio", "pacat", "pactl", "espeak-ng")

_NOT_OURS = ("PULSE_", "DBUS_", "XDG_", "WAYLAND_", "STAGEBOX_", "QT_")


class Venue:
    """Everything around the appliance, as a context manager; leaves no process and no file behind.

    Nothing of the user's own display, sound, OBS or home folder is touched. Raises StageboxError on entry
    when a program is missing or a part does not start; what had started by then is tidied.
    """

    def __init__(self) -> None:
        self._household: VenueHousehold | None = None
        self._stoppers: list[Callable[[], None]] = []
        self._closing = threading.Lock()

    def __enter__(self) -> Self:
        require(*PROGRAMS)
        folder = Path(tempfile.mkdtemp(prefix="stagebox-"))
        if not socket_path_fits(folder):
            folder.rmdir()
            raise StageboxError(
                f"The temporary folder {folder.parent} has too long a name for sockets.", "Set TMPDIR=/tmp."
            )
        try:
            self._household = VenueHousehold(folder)
            self._set_up(self._household)
        except BaseException:
            self.close()
            raise
        return self

    def _set_up(self, household: VenueHousehold) -> None:
        self._authority = household.folder / "authority"
        self.home = household.folder / "home"
        for private in (self.home, household.folder / "run"):
            private.mkdir(mode=0o700)
        write_authority(self._authority)
        self.clock = VenueClock()
        self.screen = Display(household, "obs", WIDTH, HEIGHT, self._authority)
        laptop = Display(household, "slides", WIDTH, HEIGHT, self._authority)
        stage = Display(household, "camera", CAMERA_WIDTH, CAMERA_HEIGHT, self._authority)
        self.mic = Microphone(household)
        self._stoppers.append(self.mic.stop)
        in_parallel([self.screen.start, laptop.start, stage.start, self.mic.start])
        self.slides = Slides(laptop, self.clock)
        self.camera = Camera(stage, self.clock)
        self._stoppers += [self.slides.stop, self.camera.stop]
        self.slides.start()
        self.camera.start()

    @property
    def folder(self) -> Path:
        """The venue's temporary folder, gone with it."""
        assert self._household is not None
        return self._household.folder

    def sources(self) -> dict[str, dict[str, str]]:
        """The `[sources]` table of stagebox.toml for this venue."""
        return {
            "slides": {"kind": "x11", "device": self.slides.display.name},
            "camera": {"kind": "x11", "device": self.camera.display.name},
            "mic": {"kind": "pulse", "device": DEVICE},
        }

    def env(self) -> dict[str, str]:
        """The environment for the appliance: this venue's screen, sound and home, and none of the user's."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(_NOT_OURS)}
        return {
            **kept,
            "DISPLAY": self.screen.name,
            "XAUTHORITY": str(self._authority),
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            # A bus that cannot be reached: left out, libdbus would start one of its own and leave it behind.
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder / 'run' / 'no-bus'}",
            "QT_QPA_PLATFORM": "xcb",
            # Packages that a user installed with pip lie in the home folder that we just took away.
            "PYTHONUSERBASE": site.getuserbase(),
            "PYTHONUNBUFFERED": "1",
            **self.mic.env(),
        }

    def spawn_appliance(self, arguments: Sequence[str], env: Mapping[str, str] | None = None) -> VenueProcess:
        """Start the appliance in this venue; it is the first to be stopped. Raises StageboxError.

        `env` is what its environment has beside the venue's.
        """
        assert self._household is not None
        return self._household.spawn("appliance", arguments, {**self.env(), **(env or {})}, ends_first=True)

    def spawn_beside(self, name: str, arguments: Sequence[str]) -> VenueProcess:
        """Start another program of the appliance in this venue. Raises StageboxError."""
        assert self._household is not None
        return self._household.spawn(name, arguments, self.env())

    def spawn_obs(self, arguments: Sequence[str], env: Mapping[str, str]) -> VenueProcess:
        """Start an OBS that gets the processor first where this user may ask for it. Raises StageboxError."""
        assert self._household is not None
        return self._household.spawn("obs", arguments, env, leads=True)

    def stream_server(self) -> StreamServer:
        """A streaming server, started; it ends with the venue. Raises StageboxError."""
        assert self._household is not None
        server = StreamServer(self._household)
        self._stoppers.append(server.close)
        server.start()
        return server

    def at_end(self, undo: Callable[[], None]) -> None:
        """Have `undo` called when the venue is torn down, before what started earlier is."""
        self._stoppers.append(undo)

    def late_ticks(self) -> LateTicks:
        """What slides and camera need not have been recorded with: never painted."""
        return LateTicks(tuple(self.slides.late), tuple(self.camera.late))

    def rest(self) -> None:
        """The talk is over: nobody paints or speaks any more, and the processor is free for the rest."""
        for stop in (self.slides.stop, self.camera.stop, self.mic.stop):
            stop()

    def close(self) -> None:
        """End everything and remove everything; does nothing the second time."""
        with self._closing:
            for stop in reversed(self._stoppers):
                stop()
            self._stoppers.clear()
            if self._household is not None:
                self._household.close()
                self._household = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def in_parallel(jobs: Sequence[Callable[[], Any]]) -> None:
    """Run all jobs at the same time, wait for all, and raise the first error, if any.

    Also after a Ctrl-C, wherever it falls, no job runs any more: nobody may start a process once tidying has
    begun. The pool cannot promise that by itself: it forgets a thread in whose start the Ctrl-C came.
    """
    over = threading.Event()
    turns = [threading.Lock() for _ in jobs]

    def take(job: Callable[[], Any], turn: threading.Lock) -> None:
        with turn:
            if not over.is_set():
                job()

    pool = ThreadPoolExecutor(len(jobs), thread_name_prefix="venue")
    try:
        futures = [pool.submit(take, job, turn) for job, turn in zip(jobs, turns, strict=True)]
        wait(futures, START_S)
    finally:
        over.set()
        for turn in turns:
            with turn:  # who has begun ends first; who has not sees that it is over
                pass
        pool.shutdown(wait=True, cancel_futures=True)
    for future in futures:
        future.result(0)
