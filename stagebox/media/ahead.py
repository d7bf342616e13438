"""Processes that are started before it is known what they will do: they load while their parent loads.

Imports nothing that takes time.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

Worker = subprocess.Popen[str]

_STOP_S = 5.0


def start() -> Worker:
    """Start a worker, which waits for its job on standard input; see `worker.py`."""
    return subprocess.Popen(
        [sys.executable, "-m", "stagebox.media.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,
        encoding="utf-8",
        errors="replace",
    )


@contextlib.contextmanager
def spare() -> Iterator[list[Worker]]:
    """One worker in a list, for the one who has a job to take it out; ended when nobody did."""
    workers = [start()]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate(timeout=_STOP_S)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A viewer, which waits for what to look at on standard input, and the end of its pipe for progress."""

    process: subprocess.Popen[bytes]
    progress: int


def start_viewer() -> Viewer:
    """Start a viewer; see `viewer.py`. Raises OSError when the machine cannot."""
    reader, writer = os.pipe()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "stagebox.media.viewer", str(writer)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=0,
            pass_fds=(writer,),
        )
    except BaseException:
        os.close(reader)
        raise
    finally:
        os.close(writer)
    return Viewer(process, reader)


@contextlib.contextmanager
def spare_viewer() -> Iterator[list[Viewer]]:
    """One viewer in a list, for the one who looks at a recording to take it out; ended when nobody did."""
    viewers = [start_viewer()]
    try:
        yield viewers
    finally:
        for viewer in viewers:
            viewer.process.kill()
            viewer.process.communicate(timeout=_STOP_S)
            os.close(viewer.progress)
