"""A virtual display of our own: an Xvfb whose pixels we hold in our hand.

Xvfb keeps its framebuffer in an XWD file (`-fbdir`); mapped into memory it is painted by plain
assignment, with no X client between us and what OBS captures.
"""

import contextlib
import mmap
import os
import random
import secrets
import struct
import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stagebox.model.errors import StageboxError
from stagebox.obs.hidden_screen import authority, hear_ready
from stagebox.rehearsal.children import VenueHousehold, VenueProcess

Pixels = npt.NDArray[np.uint8]
"""Height x width x 4, in the order blue, green, red, unused."""

START_S = 15.0
ATTEMPTS = 20
SOCKETS = Path("/tmp/.X11-unix")


def write_authority(path: Path) -> None:
    """Write an X authority file with a fresh cookie that holds for any display of this venue."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(authority(None, secrets.token_bytes(16)))


def map_framebuffer(path: Path) -> Pixels:
    """Map Xvfb's XWD file and return its pixels, writable. Raises ValueError when it is no 32-bit XWD."""
    with path.open("r+b") as file:
        mapped = mmap.mmap(file.fileno(), 0)
    words = struct.unpack_from(">25I", mapped)
    header_bytes, width, height, bits, line_bytes, colours = (words[i] for i in (0, 4, 5, 11, 12, 19))
    if bits != 32:
        raise ValueError(f"{path}: {bits} bits a pixel, 32 were expected")
    start = header_bytes + colours * 12
    flat: npt.NDArray[np.uint8] = np.frombuffer(mapped, np.uint8, height * line_bytes, start)
    return flat.reshape(height, line_bytes // 4, 4)[:, :width]


class Display:
    """One virtual display. `name` is what DISPLAY says, for example `:4321`; it stays the same for life."""

    def __init__(
        self, household: VenueHousehold, role: str, width: int, height: int, authority: Path
    ) -> None:
        self._household = household
        self._role = role
        self._authority = authority
        self._number = 0
        self._child: VenueProcess | None = None
        self._lock = threading.Lock()
        self._pixels: Pixels | None = None
        self.width = width
        self.height = height

    @property
    def name(self) -> str:
        """The display's name, `:N`."""
        return f":{self._number}"

    def start(self) -> None:
        """Start on a free number. Raises StageboxError when none could be had."""
        for _ in range(ATTEMPTS):
            number = random.randint(100, 9999)
            if self._taken(number):
                continue
            self._number = number
            if self._launch():
                return
        words = self._child.last_words() if self._child else "every number tried was taken"
        raise StageboxError(f"The virtual display for {self._role} did not start: {words}.")

    @staticmethod
    def _files(number: int) -> tuple[Path, Path]:
        return SOCKETS / f"X{number}", Path(f"/tmp/.X{number}-lock")

    def _taken(self, number: int) -> bool:
        return any(path.exists() for path in self._files(number))

    def _launch(self) -> bool:
        folder = self._household.folder / f"fb-{self._role}"
        folder.mkdir(exist_ok=True)
        reader, writer = os.pipe()
        try:
            # An explicit number makes Xvfb take X11's lock file, so no other server's socket is ever unlinked
            # (with -displayfd alone it takes none); -displayfd then only says when it is ready.
            child = self._household.spawn(
                f"display-{self._role}",
                ["Xvfb", self.name, "-displayfd", str(writer), "-nocursor", "-nolisten", "tcp", "-noreset",
                 "-auth", str(self._authority), "-fbdir", str(folder),
                 "-screen", "0", f"{self.width}x{self.height}x24"],
                dict(os.environ),
                pass_fds=[writer],
                leads=True,
            )  # fmt: skip
            os.close(writer)
            writer = -1
            self._child = child
            ready = hear_ready(reader, START_S)
        finally:
            os.close(reader)
            if writer >= 0:
                os.close(writer)
        if not ready:
            child.kill()
            return False
        for path in self._files(self._number):
            self._household.promise_file(path)
        with self._lock:
            self._pixels = map_framebuffer(folder / "Xvfb_screen0")
        return True

    def paint(self, *patches: tuple[int, int, Pixels]) -> bool:
        """Put pictures at (x, y); return False when the display is dead or has another size by now."""
        with self._lock:
            if self._pixels is None:
                return False
            for x, y, picture in patches:
                height, width = picture.shape[:2]
                with contextlib.suppress(ValueError):  # a patch that a smaller screen no longer holds
                    self._pixels[y : y + height, x : x + width] = picture
        return True

    def alive(self) -> bool:
        """Whether the display's process runs."""
        return self._child is not None and self._child.alive()

    def kill(self) -> None:
        """End the display as a crash or a pulled cable would: at once, every client is cut off."""
        with self._lock:
            self._pixels = None
        if self._child is not None:
            self._child.kill()
        for path in self._files(self._number):
            path.unlink(missing_ok=True)

    def revive(self, width: int | None = None, height: int | None = None) -> None:
        """Start again on the same number, in another resolution if given. Raises StageboxError."""
        if self.alive():
            self.kill()
        self.width, self.height = width or self.width, height or self.height
        if not self._launch():
            words: Any = self._child.last_words() if self._child else ""
            raise StageboxError(f"The virtual display for {self._role} did not come back: {words}.")
