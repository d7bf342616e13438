"""The venue's processes: each in its own session, marked, watched by the janitor, ended for certain."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from stagebox.model.errors import StageboxError
from stagebox.rehearsal import janitor
from stagebox.system.priority import ahead, lead_session

PACKAGES = {
    "Xvfb": "xvfb",
    "obs": "obs-studio",
    "ffmpeg": "ffmpeg",
    "ffprobe": "ffmpeg",
    "pulseaudio": "pulseaudio",
    "pacat": "pulseaudio-utils",
    "pactl": "pulseaudio-utils",
    "espeak-ng": "espeak-ng",
}
"""Which Debian package brings a program."""


def require(*programs: str) -> None:
    """Raise StageboxError naming every absent program and the one command that installs them all."""
    absent = [program for program in programs if shutil.which(program) is None]
    if absent:
        packages = sorted({PACKAGES.get(program, program) for program in absent})
        raise StageboxError(
            f"The rehearsal needs {', '.join(absent)}, which this machine does not have.",
            f"Install it with: sudo apt-get install --no-install-recommends {' '.join(packages)}",
        )


def wait_until(ready: Callable[[], bool], timeout_s: float, every_s: float = 0.02) -> bool:
    """Poll `ready` until it is true; return False when `timeout_s` has passed first.

    For facts of other processes (a socket that appears) that no event of ours announces.
    """
    deadline = time.monotonic() + timeout_s
    while not ready():
        if time.monotonic() >= deadline:
            return False
        time.sleep(every_s)
    return True


class VenueProcess:
    """One process of the venue in a process group of its own, with its output in a log file."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self.log = log

    @property
    def pid(self) -> int:
        """Process id, also of the process group."""
        return self.process.pid

    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    def signal_group(self, number: int) -> None:
        """Send a signal to the whole process group; nothing happens when it is gone."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    def stop(self, grace_s: float = 3.0) -> None:
        """SIGTERM to the process, SIGKILL to its group after `grace_s`; returns when it is gone."""
        if self.alive():
            self.signal_group(signal.SIGCONT)
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(grace_s)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the whole group, at once."""
        self.signal_group(signal.SIGKILL)
        self.process.wait(5.0)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def last_words(self, lines: int = 5) -> str:
        """The end of what the process wrote, for an error's sentence."""
        try:
            text = self.log.read_text(errors="replace")
        except OSError:
            return ""
        return " / ".join(line.strip() for line in text.splitlines()[-lines:] if line.strip())


class VenueHousehold:
    """All processes and files of one venue, in one temporary folder of mode 0700.

    `close()` leaves nothing behind; if this process is killed instead, the janitor does the same.
    """

    def __init__(self, folder: Path) -> None:
        self.name = uuid.uuid4().hex
        self.folder = folder
        self._children: list[VenueProcess] = []
        self._files: list[Path] = []
        self._closed = False
        folder.chmod(0o700)
        self._janitor = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(janitor.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._tell(venue=self.name, folder=str(folder))

    def _tell(self, **said: Any) -> None:
        assert self._janitor.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._janitor.stdin.write(json.dumps(said).encode() + b"\n")
            self._janitor.stdin.flush()

    def promise_file(self, path: Path) -> None:
        """Name a file outside the folder that must be gone when the venue is gone."""
        self._files.append(path)
        self._tell(file=str(path))

    def spawn(
        self,
        name: str,
        arguments: Sequence[str],
        env: Mapping[str, str],
        *,
        stdin: int = subprocess.DEVNULL,
        stdout: int | None = None,
        pass_fds: Sequence[int] = (),
        ends_first: bool = False,
        leads: bool = False,
    ) -> VenueProcess:
        """Start a process; `ends_first` marks the one that is stopped before everything else.

        `leads`: OBS, or OBS waits for it: it gets the processor first where this user may ask for that.

        Raises StageboxError when it cannot be started.
        """
        if self._closed:
            raise StageboxError(f"The venue is closed: {name} was not started.")
        log = self.folder / f"{name}.log"
        try:
            with log.open("ab") as words, ahead() if leads else contextlib.nullcontext():
                process = subprocess.Popen(
                    list(arguments),
                    env={**env, janitor.MARK: self.name},
                    stdin=stdin,
                    stdout=words if stdout is None else stdout,
                    stderr=words,
                    pass_fds=pass_fds,
                    start_new_session=True,
                    cwd=self.folder,
                )
        except OSError as error:
            raise StageboxError(f"{arguments[0]} cannot be started: {error.strerror}.") from error
        if leads:
            lead_session(process.pid)
        child = VenueProcess(process, log)
        self._children.append(child)
        if ends_first:
            self._tell(first=process.pid)
        return child

    def close(self) -> None:
        """End every process, newest first, and remove every file."""
        self._closed = True
        for child in reversed(self._children):
            child.stop()
        janitor.sweep(self.name, grace_s=3.0)
        for path in self._files:
            path.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self._tell(done=True)
        assert self._janitor.stdin is not None
        with contextlib.suppress(OSError):
            self._janitor.stdin.close()
        try:
            self._janitor.wait(5.0)
        except subprocess.TimeoutExpired:
            self._janitor.kill()
            self._janitor.wait(5.0)
