"""Runs ffmpeg and ffprobe: no shell, no standard input, a deadline, bounded output, no foreign files.

The commands are built with ffmpeg-python; running them is ours, because its `run` has no time-out and
hides what ffmpeg said. An ffmpeg runs in a process group of its own, which is killed when the deadline
passes or the caller cancels.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from stagebox.model.errors import MediaError
from stagebox.system.processes import GROUP, KILL, end_group, signal_name, stand_back

Cancel = Callable[[], bool]
LineConsumer = Callable[[IO[bytes]], None]
Producer = Callable[[IO[bytes]], None]

ALLOWED_FORMATS = "flv,matroska,mov,mpegts"
"""The only demuxers that may open a recording. Every one that opens other files (playlists, concat lists,
image sequences, devices) is left out, so a file that refers to a URL or to another file is not followed."""

INPUT_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": ALLOWED_FORMATS}

WHOLE_ONLY = {"fflags": "+discardcorrupt"}
"""Half packets, as a power cut leaves them, are told and left out: no decoder makes anything of them."""

FFMPEG_OPTIONS = (
    "-hide_banner",
    "-nostdin",
    "-nostats",
    "-v",
    "level+warning",
    "-dts_delta_threshold",
    "1e9",
)
"""For every ffmpeg. It would close a hole of more than ten seconds in a transport stream without a word."""

STDERR_LIMIT_BYTES = 64 * 1024
"""What is kept of ffmpeg's words: the first half and the last half of this many bytes."""

_POLL_S = 0.05
_KILL_WAIT_S = 10.0


class CancelledError(MediaError):
    """The caller asked to stop."""

    def __init__(self) -> None:
        super().__init__("The work was stopped before its end.", "Run the same command again to finish it.")


class DeadlineError(MediaError):
    """ffmpeg did not end within its deadline and was stopped; `yielded` says that it gave way meanwhile."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.yielded = _yields


class KilledError(MediaError):
    """Somebody else ended the program: that says nothing of the file, and the same work may be done again."""


KILLS = frozenset({-KILL, -signal.SIGTERM})
"""Exit codes of a program that was ended from outside. (What crashes by itself does so for its file.)"""


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """How a program ended: its exit code, standard output, and what it said (bounded, decoded)."""

    exit_code: int
    stdout: bytes
    stderr: str


def tool(name: str) -> str:
    """The path of `ffmpeg` or `ffprobe`.

    Raises:
        MediaError: it is not installed.
    """
    found = shutil.which(name)
    if found is None:
        raise MediaError(f"{name} is not installed.", "Install it: sudo apt-get install ffmpeg")
    return found


def file_url(path: Path) -> str:
    """`path` as ffmpeg takes it without reading options, protocols or patterns into the name.

    ffmpeg-python hashes its arguments as UTF-8. Bytes that are none are therefore written as NUL and two hex
    digits, since no path holds a NUL; `run` turns them back.
    """
    return "file:" + "".join(
        f"\0{ord(letter) - 0xDC00:02x}" if "\udc80" <= letter <= "\udcff" else letter for letter in str(path)
    )


def argument(text: str) -> str:
    return re.sub("\0([0-9a-f]{2})", lambda found: chr(0xDC00 + int(found[1], 16)), text)


def exact(path: Path | str) -> str:
    """`path` as text for reports: as it is, but bytes that are no UTF-8 become `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def shown(path: Path | str) -> str:
    """`path` as text for sentences and screens: as `exact`, and on one line without control characters."""
    text = exact(path)
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text
    )


YIELD_FACTOR = 10.0
"""How much longer everything may take in a process that gives way: it may have to wait for the disk."""

_yields = False


def lower_priority(*others: int) -> None:
    """Let this process, its children to come and `others` yield to everything else: a recording may run.

    Args:
        others: numbers of processes.
    """

    global _yields
    _yields = True
    for number in (os.getpid(), *others):
        stand_back(number, 15)


def patient(deadline_s: float) -> float:
    """So many seconds, or ten times as many in a process that gives way to a recording."""
    return deadline_s * YIELD_FACTOR if _yields else deadline_s


def deadline_for(size_bytes: int) -> float:
    """Seconds that one pass over a file of this size may take: a slow USB stick reads 4 MB/s."""
    return patient(60.0 + size_bytes / 4e6)


def late(name: str, deadline_s: float) -> DeadlineError:
    """The error for a program that took too long, with what may be the reason."""
    if _yields:
        return DeadlineError(
            f"{name} did not end within {deadline_s:.0f} s, because it gave way to a running recording.",
            "Nothing is lost. Run the same command again when nothing is being recorded.",
        )
    return DeadlineError(
        f"{name} did not end within {deadline_s:.0f} s and was stopped.",
        "The disk may be failing or very slow: copy the recording to another disk and try again.",
    )


class ExtraPipes:
    """Extra pipes between ffmpeg and us; each has its consumer or producer in a thread of its own.

    Use as a context manager. A consumer or producer that raises has its error raised again by `join`.
    """

    def __init__(self) -> None:
        self._writers: list[int] = []
        self._threads: list[threading.Thread] = []
        self._errors: list[BaseException] = []

    def open(self, consumer: LineConsumer) -> str:
        """A new pipe's name for ffmpeg's command line; `consumer` gets its reading end."""
        reader, writer = os.pipe()
        self._writers.append(writer)

        def consume() -> None:
            with os.fdopen(reader, "rb", buffering=1 << 18) as stream:
                try:
                    consumer(stream)
                except BaseException as error:
                    self._errors.append(error)
                    # ffmpeg must not block on a pipe that nobody reads.
                    while stream.read(1 << 18):
                        pass

        thread = threading.Thread(target=consume, name="ffmpeg-pipe", daemon=True)
        self._threads.append(thread)
        thread.start()
        return f"pipe:{writer}"

    def feed(self, producer: Producer) -> str:
        """A new pipe's name for ffmpeg's command line; `producer` writes what ffmpeg reads from it.

        A child that ends early ends the producer too: its broken pipe is no error here.
        """
        reader, writer = os.pipe()
        self._writers.append(reader)

        def produce() -> None:
            try:
                with os.fdopen(writer, "wb", buffering=1 << 18) as stream:
                    producer(stream)
            except BrokenPipeError:
                pass
            except BaseException as error:
                self._errors.append(error)

        thread = threading.Thread(target=produce, name="ffmpeg-feed", daemon=True)
        self._threads.append(thread)
        thread.start()
        return f"pipe:{reader}"

    @property
    def descriptors(self) -> tuple[int, ...]:
        """The ends that the child must inherit."""
        return tuple(self._writers)

    def close_writers(self) -> None:
        """Close our copies of the child's ends, so that the end of a child is seen."""
        while self._writers:
            os.close(self._writers.pop())

    def join(self, timeout_s: float = 30.0) -> None:
        """Wait for the readers, and raise what a consumer raised."""
        self.close_writers()
        for thread in self._threads:
            thread.join(timeout_s)
            if thread.is_alive():
                raise MediaError("ffmpeg ended but its output did not.", "Run the same command again.")
        if self._errors:
            raise self._errors[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close_writers()


class _OutputEnds:
    """Keeps the first and the last half of what is written to it."""

    def __init__(self, limit: int) -> None:
        self._half = limit // 2
        self._head = bytearray()
        self._tail = bytearray()
        self._cut = False

    def read_all(self, stream: IO[bytes]) -> None:
        while chunk := os.read(stream.fileno(), 1 << 16):
            room = self._half - len(self._head)
            self._head += chunk[:room]
            self._tail += chunk[room:]
            if len(self._tail) > self._half:
                self._cut = True
                del self._tail[: -self._half]

    def text(self) -> str:
        between = b"\n[...]\n" if self._cut else b""
        return bytes(self._head + between + self._tail).decode("utf-8", "replace")


def run(
    argv: Sequence[str],
    *,
    deadline_s: float,
    cancel: Cancel | None = None,
    pipes: ExtraPipes | None = None,
    stdout_limit_bytes: int = 64 << 20,
) -> ProgramResult:
    """Run a program without standard input to its end and return how it ended; an exit code is no error here.

    Raises:
        DeadlineError: it took longer than `deadline_s`.
        CancelledError: `cancel()` became true.
        KilledError: somebody else ended it.
        MediaError: it cannot be started, or wrote more than `stdout_limit_bytes`.
    """
    try:
        process = subprocess.Popen(
            [argument(text) for text in argv],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **GROUP,
            pass_fds=pipes.descriptors if pipes else (),
            env={**os.environ, "AV_LOG_FORCE_NOCOLOR": "1", "LC_ALL": "C.UTF-8"},
        )
    except (OSError, ValueError) as error:
        raise MediaError(
            f"{Path(argv[0]).name} cannot be started: {error}.", "Install it: sudo apt-get install ffmpeg"
        ) from error
    if pipes:
        pipes.close_writers()
    return finish(
        process,
        Path(argv[0]).name,
        deadline_s=deadline_s,
        cancel=cancel,
        stdout_limit_bytes=stdout_limit_bytes,
    )


class ProcessHandle(Protocol):
    """A process of ours as `subprocess.Popen` has it; it leads a process group."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    @property
    def stderr(self) -> IO[bytes] | None: ...
    def wait(self, timeout: float | None = None) -> int: ...


def finish(
    process: ProcessHandle,
    name: str,
    *,
    deadline_s: float,
    cancel: Cancel | None = None,
    feed: Producer | None = None,
    stdout_limit_bytes: int = 64 << 20,
) -> ProgramResult:
    """Wait for a program that leads a process group and has pipes for output and errors; as `run`.

    Args:
        name: what sentences call it.
        feed: writes to its standard input, which it has then.
    """
    assert process.stdout is not None
    assert process.stderr is not None
    words, output = _OutputEnds(STDERR_LIMIT_BYTES), bytearray()
    flooded = threading.Event()

    def read_output(stream: IO[bytes]) -> None:
        while chunk := os.read(stream.fileno(), 1 << 16):
            if len(output) + len(chunk) > stdout_limit_bytes:
                flooded.set()
            else:
                output.extend(chunk)

    readers = [
        threading.Thread(target=words.read_all, args=(process.stderr,), name="ffmpeg-stderr", daemon=True),
        threading.Thread(target=read_output, args=(process.stdout,), name="ffmpeg-stdout", daemon=True),
    ]
    for reader in readers:
        reader.start()
    if feed is not None:
        assert process.stdin is not None
        threading.Thread(target=_feed, args=(process.stdin, feed), name="ffmpeg-stdin", daemon=True).start()
    del feed  # what it writes may be large, and is let go as soon as it has been written
    try:
        _wait(process, name, deadline_s, cancel, flooded)
    except BaseException:
        _kill(process)
        raise
    finally:
        for reader in readers:
            reader.join(_KILL_WAIT_S)
        process.stdout.close()
        process.stderr.close()
    code = process.wait()
    if code in KILLS:
        raise KilledError(f"{name} was ended by {signal_name(-code)}.", "Run the same command again.")
    return ProgramResult(code, bytes(output), words.text())


def _feed(stream: IO[bytes], feed: Producer) -> None:
    with contextlib.suppress(OSError), stream:
        feed(stream)


def _wait(
    process: ProcessHandle,
    name: str,
    deadline_s: float,
    cancel: Cancel | None,
    flooded: threading.Event,
) -> None:
    end = time.monotonic() + deadline_s
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_POLL_S)
            return
        if cancel is not None and cancel():
            raise CancelledError
        if time.monotonic() > end:
            raise late(name, deadline_s)
        if flooded.is_set():
            raise MediaError(
                f"{name} wrote without end and was stopped.",
                "The file is no ordinary recording: look at it with a media player.",
            )


def _kill(process: ProcessHandle) -> None:
    end_group(process.pid)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_KILL_WAIT_S)


def watch_progress(duration_s: float, report: Callable[[float], None]) -> LineConsumer:
    """A consumer for ffmpeg's `-progress` pipe: calls `report` with the share done, 0 to 1."""

    def consume(stream: IO[bytes]) -> None:
        for line in stream:
            key, _, value = line.partition(b"=")
            if key == b"out_time_us" and duration_s > 0:
                with contextlib.suppress(ValueError):
                    report(min(max(int(value) / 1e6 / duration_s, 0.0), 1.0))

    return consume
