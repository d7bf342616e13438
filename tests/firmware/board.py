"""A virtual board: the real MicroPython on a real pty, with a flash that survives resets and the cable."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import tty
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

HERE = Path(__file__).resolve().parent
RESET = 75
"""How board.mjs ends when the chip resets."""
FLASH_BYTES = 1_441_792
"""What board.mjs has for files, as a Pico."""
SOON_S = 20.0


class Board:
    """A board at `link`, as a stable path in /dev/serial/by-id: gone during a reset, then at another pty.

    Args:
        link: where its port is.
        flash: the folder that is its file system.
        kind: what its MicroPython was built for.
    """

    def __init__(self, link: Path, flash: Path, kind: str = "rp2") -> None:
        self.link, self.flash = link, flash
        self._kind = kind
        self.resets = 0
        self._lamps: dict[int, int] = {}
        self._changed = threading.Condition()
        self._contacts = -1
        self._closed = 0
        self._node: subprocess.Popen[str] | None = None
        self._over = False
        self._thread = threading.Thread(target=self._live, name="virtual board", daemon=True)

    def __enter__(self) -> Self:
        self.flash.mkdir(exist_ok=True)
        self._thread.start()
        self.wait(lambda: self._node is not None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._over = True
            if self._node is not None:
                self._node.kill()
        self._thread.join(SOON_S)

    def press(self, pin: int) -> None:
        """Connect a pin to ground."""
        self._tell(self._closed | 1 << pin)

    def release(self, pin: int) -> None:
        """Open it."""
        self._tell(self._closed & ~(1 << pin))

    def lit(self, pin: int) -> bool:
        """Whether the lamp at a pin is lit at this moment."""
        return self._lamps.get(pin) == 1

    def wait(self, ready: Callable[[], bool], timeout_s: float = SOON_S) -> None:
        """Wait for a lamp or a reset; raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(ready, timeout_s):
                raise TimeoutError(f"after {self.resets} resets the lamps are {self._lamps}")

    def _tell(self, closed: int) -> None:
        self._closed = closed
        os.write(self._contacts, f"{closed}\n".encode())

    def _live(self) -> None:
        while self._power_up() == RESET and not self._over:
            with self._changed:
                self.resets += 1
                self._changed.notify_all()

    def _power_up(self) -> int:
        """Run the chip until it resets or the board is put away."""
        node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
        with contextlib.ExitStack() as open_files:
            master, slave = os.openpty()
            contacts, tell = os.pipe()
            for file in (master, slave, contacts, tell):
                open_files.callback(os.close, file)
            tty.setraw(slave)
            for file in (master, contacts):
                os.set_blocking(file, False)
            command = [node, str(HERE / "board.mjs"), str(self.flash), self._kind]
            command += [str(master), str(contacts)]
            with subprocess.Popen(
                command, cwd=HERE, pass_fds=(master, contacts), stdout=subprocess.PIPE, text=True
            ) as running:
                with self._changed:
                    self._node, self._contacts = running, tell
                    self._lamps.clear()
                    self.link.symlink_to(os.ttyname(slave))
                    self._changed.notify_all()
                assert running.stdout is not None
                for line in running.stdout:
                    _, pin, value = line.split()
                    with self._changed:
                        self._lamps[int(pin)] = int(value)
                        self._changed.notify_all()
                self.link.unlink()
        return running.returncode
