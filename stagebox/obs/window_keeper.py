"""Keeps the windows of a hidden screen: none is drawn, and no box waits for an answer that nobody gives.

OBS's boxes ("Insufficient disk space", "Failed to start recording") wait for an "OK" that cannot come. What
they say, stagebox says itself; each is closed at once, as by its close button, which is OBS's own "no".
"""

import contextlib
import logging
import select
import socket
import threading
import time

from stagebox.obs.x_client import DESTROYED, MAP_WANTED, MAPPED, UNMAPPED, XClient, XClosedError

AGAIN_EVERY_S = 0.5
"""A box that another one lies over takes no word until that one is gone."""
TRIES = 20

_log = logging.getLogger(__name__)


class WindowKeeper:
    """A thread that keeps the windows of the hidden display behind `client`, until it is closed.

    While it is connected the display stays, also when no OBS is on it.
    """

    def __init__(self, client: XClient) -> None:
        self._client = client
        self._tries: dict[int, int] = {}
        self._next_try_s = 0.0
        self._wake_read, self._wake_write = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="obs-windows", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether the display is there and its windows are kept."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Hang up. A display that has nobody else ends then."""
        with contextlib.suppress(OSError):
            self._wake_write.send(b"\0")
        self._thread.join()
        self._wake_read.close()
        self._wake_write.close()

    def _run(self) -> None:
        client = self._client
        with client, contextlib.suppress(XClosedError):
            client.keep_windows()
            for window in client.windows():  # What came while nobody kept them: after a restart of stagebox.
                if client.is_shown(window):
                    self._consider(window)
            while True:
                while (event := client.next_event()) is not None:
                    if event.kind in (MAP_WANTED, MAPPED):
                        self._consider(event.window)
                    elif event.kind in (UNMAPPED, DESTROYED):
                        self._tries.pop(event.window, None)
                if self._tries and time.monotonic() >= self._next_try_s:
                    self._close_again()
                wait_s = max(0.0, self._next_try_s - time.monotonic()) if self._tries else None
                readable, _, _ = select.select([client.fileno(), self._wake_read.fileno()], [], [], wait_s)
                if self._wake_read.fileno() in readable:
                    return

    def _consider(self, window: int) -> None:
        """A window that wants to appear: the main one just does not, a box is closed."""
        if window in self._tries or not self._client.is_box(window):
            return
        _log.warning("OBS showed “%s”, which nobody sees: it is closed", self._client.title(window))
        self._tries[window] = 0
        self._client.ask_to_close(window)
        self._next_try_s = time.monotonic() + AGAIN_EVERY_S

    def _close_again(self) -> None:
        """Those that are still there once more; the newest first, for it lies over the others."""
        for window in reversed(self._tries):
            self._client.ask_to_close(window)
            self._tries[window] += 1
        self._next_try_s = time.monotonic() + AGAIN_EVERY_S
        for window in [one for one, tries in self._tries.items() if tries >= TRIES]:
            del self._tries[window]
            _log.warning("OBS keeps a box open: “%s”", self._client.title(window))
