"""Processes that are started before it is known what they will do: they load while their parent loads.

Imports nothing that takes time.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from stagebox.system.processes import GROUP, end_group

if TYPE_CHECKING:
    from stagebox.system.forks import ForkedProcess

Worker = subprocess.Popen[str]

_STOP_S = 5.0


def start() -> Worker:
    """Start a worker, which waits for jobs on standard input; see `worker.py`."""
    return subprocess.Popen(
        [sys.executable, "-m", "stagebox.media.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **GROUP,
        encoding="utf-8",
        errors="replace",
    )


_begun: list[Worker] = []


@contextlib.contextmanager
def begun() -> Iterator[None]:
    """One worker for the next `spare`, which loads already; ended when nobody came for it."""
    _begun.append(start())
    try:
        yield
    finally:
        _end(_begun)


@contextlib.contextmanager
def spare() -> Iterator[list[Worker]]:
    """One worker in a list, for the one who has a job to take it out; ended when nobody did."""
    workers = [_begun.pop() if _begun else start()]
    try:
        yield workers
    finally:
        _end(workers)


def _end(workers: list[Worker]) -> None:
    while workers:
        worker = workers.pop()
        end_group(worker.pid)
        worker.communicate(timeout=_STOP_S)


class WaitingViewer(NamedTuple):
    """A viewer, which waits for what to look at on standard input, and the end of its pipe for progress."""

    process: "subprocess.Popen[bytes] | ForkedProcess"
    progress: int


def start_viewer() -> WaitingViewer:
    """Start a viewer; see `viewer.py`. Raises OSError when the machine cannot."""
    reader, writer = os.pipe()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "stagebox.media.viewer", str(writer)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **GROUP,
            pass_fds=(writer,),
        )
    except BaseException:
        os.close(reader)
        raise
    finally:
        os.close(writer)
    return WaitingViewer(process, reader)


@contextlib.contextmanager
def spare_viewer(start: Callable[[], WaitingViewer] = start_viewer) -> Iterator[list[WaitingViewer]]:
    """One viewer in a list, for the one who looks at a recording to take it out; ended when nobody did."""
    viewers = [start()]
    try:
        yield viewers
    finally:
        for viewer in viewers:
            end_group(viewer.process.pid)
            viewer.process.wait(_STOP_S)
            for stream in (viewer.process.stdin, viewer.process.stdout, viewer.process.stderr):
                if stream is not None:
                    stream.close()
            os.close(viewer.progress)
