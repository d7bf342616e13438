"""Keys from a terminal, one at a time and without Enter; lines of a pipe are read a letter at a time."""

import contextlib
import sys
from types import TracebackType
from typing import Self, TextIO


class Keyboard:
    """A terminal as a keyboard, as a context manager that leaves the terminal as it was."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> Self:
        if self._stream.isatty() and sys.platform != "win32":
            import termios
            import tty

            before = termios.tcgetattr(self._stream)
            tty.setcbreak(self._stream)
            self._undo.callback(termios.tcsetattr, self._stream, termios.TCSADRAIN, before)
        return self

    def next(self) -> str:
        """The next key; "" at the end."""
        while (key := self._stream.read(1)) == "\n":
            pass
        return key

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._undo.close()
