"""A button box without hardware: the firmware itself on a real pty, with methods for fingers and eyes."""

import contextlib
import importlib.util
import os
import select
import sys
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

from stagebox import resources

TURN_S = 0.01
"""The box's loop looks at its contacts and clock this often; a press or a byte wakes it at once."""
READ_BYTES = 4096


def firmware() -> ModuleType:
    """The firmware's logic.py; raises StorageError when the installation lacks it."""
    name = "stagebox_button_box_firmware"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, resources.folder("button-box") / "logic.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules[name] = module
    return sys.modules[name]


class SimulatedBox:
    """A box plugged in at `link`, which leads to a new pty each time it is plugged in, as by-id paths do.

    Args:
        on_lamps: called with the lamps' states on the box's thread when they change.
    """

    def __init__(
        self,
        link: Path,
        *,
        name: str = "left",
        buttons: int = 6,
        lamps: int = 6,
        on_lamps: Callable[[str], None] | None = None,
    ) -> None:
        self.link = link
        self._name, self._buttons, self._lamps = name, buttons, lamps
        self._on_lamps = on_lamps
        self._changed = threading.Condition()
        self._closed_contacts = 0
        self._shown = ""
        self._shown_at = 0.0
        self._thread: threading.Thread | None = None
        self._unplug = threading.Event()
        self._wake_r, self._wake_w = os.pipe()

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- fingers ---

    def press(self, button: int) -> None:
        """Close the contact of a button (from 1)."""
        self._contacts(self._closed_contacts | 1 << (button - 1))

    def release(self, button: int) -> None:
        """Open it."""
        self._contacts(self._closed_contacts & ~(1 << (button - 1)))

    def plug(self) -> None:
        """Give the box power and connect it. It has forgotten everything."""
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        self._point(os.ttyname(slave))
        self._unplug.clear()
        box = firmware().Box(self._name.encode(), self._buttons, self._lamps, _ms())
        self._thread = threading.Thread(
            target=self._run, args=(box, master, slave), name="simulated button box", daemon=True
        )
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable, in the middle of whatever happens."""
        self._unplug.set()
        self._poke()
        if self._thread is not None:
            self._thread.join(5)
            self._thread = None
        self.link.unlink(missing_ok=True)

    def close(self) -> None:
        """Unplug it for good."""
        self.unplug()
        with self._changed:
            for end in (self._wake_r, self._wake_w):
                if end >= 0:
                    os.close(end)
            self._wake_r = self._wake_w = -1

    # --- eyes ---

    @property
    def lamps(self) -> str:
        """What the lamps are told to show: 0, 1, s or f each."""
        return self._shown

    def wait_for_lamps(self, wanted: Callable[[str], bool], timeout_s: float) -> float:
        """Wait until the lamps are as wanted; the monotonic second since which they show what they show.

        Raises:
            TimeoutError: they were not in `timeout_s` seconds.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: wanted(self._shown), timeout_s):
                raise TimeoutError(f"the lamps show {self._shown!r}")
            return self._shown_at

    # --- the box's own thread ---

    def _run(self, box: Any, master: int, slave: int) -> None:
        # The other end stays open here too: a port that nobody has open is still there.
        try:
            while not self._unplug.is_set():
                readable, _, _ = select.select([master, self._wake_r], [], [], TURN_S)
                if self._wake_r in readable:
                    os.read(self._wake_r, READ_BYTES)
                now = _ms()
                if master in readable:
                    for byte in os.read(master, READ_BYTES):
                        box.receive(byte, now)
                for _ in range(2):  # a press takes two looks
                    box.step(self._closed_contacts, now)
                self._send(box, master)
                self._see(bytes(box.shown).decode())
        except OSError:
            pass  # the pty was closed under us
        finally:
            for end in (master, slave):
                with contextlib.suppress(OSError):
                    os.close(end)
            self._see("")

    def _send(self, box: Any, master: int) -> None:
        if not box.out_length:
            return
        try:
            sent = os.write(master, box.out[: box.out_length])
        except BlockingIOError:
            return  # nobody reads: the firmware drops what gets old
        left = box.out_length - sent
        box.out[:left] = box.out[sent : box.out_length]
        box.out_length = left

    def _see(self, shown: str) -> None:
        if shown == self._shown:
            return
        with self._changed:
            self._shown, self._shown_at = shown, time.monotonic()
            self._changed.notify_all()
        if self._on_lamps is not None:
            self._on_lamps(shown)

    def _contacts(self, closed: int) -> None:
        self._closed_contacts = closed
        self._poke()

    def _poke(self) -> None:
        with self._changed:
            if self._wake_w >= 0:
                os.write(self._wake_w, b".")

    def _point(self, port: str) -> None:
        self.link.parent.mkdir(parents=True, exist_ok=True)
        new = self.link.with_name(f"{self.link.name}.new")
        new.unlink(missing_ok=True)
        new.symlink_to(port)
        new.replace(self.link)


def _ms() -> int:
    return int(time.monotonic() * 1000) & 0x3FFFFFFF
