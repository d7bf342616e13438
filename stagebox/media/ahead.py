"""A worker process that is started before it is known what it will do: it loads while its parent loads.

Imports nothing that takes time.
"""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

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
        text=True,
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
