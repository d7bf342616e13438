"""A finger on the real screen of a process of its own: it presses where a touch panel's pointer is.

`Twin` knows where things are: the same window, off that screen, that shows what the same `serve` tells and
what the touched screen remembers.
"""

import ctypes
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from stagebox import resources
from stagebox.api.client import Client
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk
from tests.kiosk.conftest import Finger


class ScreenFinger:
    """Presses and lifts on an X screen through its XTEST extension; as a context manager.

    `env` has DISPLAY and XAUTHORITY of that screen.
    """

    def __init__(self, env: dict[str, str]) -> None:
        self._env = env
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self.touches = 0

    def __enter__(self) -> Self:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(os.environ, "XAUTHORITY", self._env["XAUTHORITY"])
            self._display = ctypes.c_void_p(self._x.XOpenDisplay(self._env["DISPLAY"].encode()))
        assert self._display, "the screen cannot be reached"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x.XCloseDisplay(self._display)

    def down(self, x: int, y: int) -> None:
        """Put the finger there."""
        self.touches += 1
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, ctypes.c_ulong(0))
        self._button(pressed=True)

    def up(self) -> None:
        """Lift it."""
        self._button(pressed=False)

    def _button(self, *, pressed: bool) -> None:
        self._test.XTestFakeButtonEvent(self._display, 1, int(pressed), ctypes.c_ulong(0))
        self._x.XFlush(self._display)


class _Still(KioskController):
    """A box that does nothing by itself."""

    def _by_itself(self, now: float) -> None:
        """What the touched screen does is not done twice."""


class Twin:
    """What is on the touched screen, and where.

    `memory` is the file in which that screen remembers, `folder` a place for a copy, `size` the screen's.
    """

    def __init__(
        self, application: QGuiApplication, memory: Path, folder: Path, size: tuple[int, int]
    ) -> None:
        self._application = application
        self._memory, self._copy, self._size = memory, folder / "twin.json", size

    def look(self, snapshot: dict[str, Any], name: str) -> tuple[int, int] | None:
        """The middle of what is called `name`; None while it is not there, or takes no touch."""
        if self._memory.exists():
            shutil.copy(self._memory, self._copy)
        box = _Still(memory_file=self._copy)
        kiosk = Kiosk(resources.folder("ui"), box, QSize(*self._size))
        kiosk.show()
        try:
            assert QTest.qWaitForWindowExposed(kiosk.view, 10_000)
            finger = Finger(self._application, kiosk)
            finger.tell(snapshot)
            finger.settle()
            if not finger.sees(name) or not finger.find(name).isEnabled():
                return None
            at = finger.middle(name)
            return at.x(), at.y()
        finally:
            kiosk.close()


def client_of(state: Path, port: int) -> Client | None:
    """A client of the `serve` that keeps its state there, once it has made its token."""
    from stagebox.api.token import token_path
    from stagebox.settings.secrets import read_secret

    token = token_path(state)
    return Client(port, read_secret(token)) if token.exists() else None
