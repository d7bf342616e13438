"""Looks at a recording in a process of its own: a file that crashes a decoder costs the look, not the copy.

It is a fork of the worker, or `python -m stagebox.media.viewer PIPE`. It is told on standard input what to
look at and, if that is known, where its packets lie, and gives the analysis on standard output: pickles
between parent and child of one program. PIPE is the number of a pipe to which it writes the share done, a
line each time.
"""

import contextlib
import gc
import importlib
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from stagebox.media import prestarted, runner
from stagebox.media.analysis import RecordingAnalysis, analyse
from stagebox.media.findings import finding
from stagebox.media.probe import Probe
from stagebox.model.errors import MediaError
from stagebox.model.program import OnProgram, SceneLayout
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

if TYPE_CHECKING:
    from stagebox.media.analysis.flv_index import FlvIndex

PROGRESS_EVERY_S = 0.2
_REFUSED = 3
_READER_S = 10.0


@dataclass(frozen=True, slots=True)
class ViewerRequest:
    """What to look at, and by which limits."""

    probe: Probe
    limits: VerifySettings
    expected_s: float | None
    deadline_s: float
    layouts: tuple[SceneLayout, ...] = ()
    program: tuple[OnProgram, ...] = ()


def look(
    wanted: ViewerRequest,
    *,
    cancel: runner.Cancel | None = None,
    progress: Callable[[float], None] | None = None,
    index: "Callable[[], FlvIndex | None] | None" = None,
    spare: list[prestarted.WaitingViewer] | None = None,
) -> RecordingAnalysis:
    """What picture and sound of a recording are, found out in a child process.

    A recording that could not be looked at has a finding that says so.

    Args:
        index: gives where the packets of this FLV lie, once; nothing of it is kept here.
        spare: viewers that were started ahead; one that is used is taken out.

    Raises:
        MediaError: it took longer than the deadline, or was cancelled.
    """
    try:
        done = _ask(wanted, cancel, progress, index, spare)
    except runner.KilledError:
        # Somebody ended it, perhaps the kernel, for want of memory. Once is no reason not to have looked;
        # twice is no reason not to have the copy.
        try:
            done = _ask(wanted, cancel, progress, index, spare)
        except runner.KilledError as error:
            return RecordingAnalysis((_unseen(wanted, error.what),))
    if done.exit_code == 0:
        analysis = pickle.loads(done.stdout)
        assert isinstance(analysis, RecordingAnalysis)
        return analysis
    if done.exit_code == _REFUSED:
        return RecordingAnalysis((_unseen(wanted, done.stderr.strip()),))
    if done.exit_code < 0:
        return RecordingAnalysis((_unseen(wanted, f"The decoder crashed (signal {-done.exit_code})."),))
    raise RuntimeError(f"the viewer failed: {done.stderr}")


def _ask(
    wanted: ViewerRequest,
    cancel: runner.Cancel | None,
    progress: Callable[[float], None] | None,
    index: "Callable[[], FlvIndex | None] | None",
    spare: list[prestarted.WaitingViewer] | None,
) -> runner.ProgramResult:
    """One viewer, to its end."""
    try:
        viewer = spare.pop() if spare else prestarted.start_viewer()
    except OSError as error:
        raise MediaError(
            f"A process to look at it cannot be started: {error}.", "Try again later."
        ) from error

    def follow() -> None:
        with os.fdopen(viewer.progress, "rb") as stream:
            for line in stream:
                if progress is not None:
                    progress(float(line))

    def feed(stream: IO[bytes]) -> None:
        for one in (wanted, index() if index is not None else None):
            pickle.dump(one, stream, pickle.HIGHEST_PROTOCOL)

    follower = threading.Thread(target=follow, name="viewer-progress", daemon=True)
    follower.start()
    try:
        return runner.finish(
            viewer.process, "The viewer", deadline_s=wanted.deadline_s, cancel=cancel, feed=feed
        )
    finally:
        follower.join(_READER_S)


def _unseen(wanted: ViewerRequest, why: str) -> Finding:
    length_s = wanted.probe.duration_s
    return finding(Code.CORRUPT, Severity.WARNING, 0.0, length_s, "unseen", {"why": why}, why=why)


def main() -> int:
    """Look at what standard input says, and give the analysis on standard output."""
    return answer(int(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)


def load() -> None:
    """Load what takes time: while the one who asks is still busy with other things, or before a fork."""
    importlib.import_module("stagebox.media.analysis.recording_reader")
    gc.freeze()


def answer(pipe: int, source: IO[bytes], sink: IO[bytes]) -> int:
    """Look at what `source` says, give the analysis to `sink`, and return the exit code.

    Args:
        pipe: the descriptor to which the share done is written.
    """
    load()
    try:
        wanted, index = (pickle.load(source) for _ in range(2))
    except EOFError:
        return 0  # nothing is to be looked at, or the one who asked is gone
    assert isinstance(wanted, ViewerRequest)
    last_s = 0.0

    def progress(share: float) -> None:
        nonlocal last_s
        if time.monotonic() - last_s >= PROGRESS_EVERY_S:
            last_s = time.monotonic()
            with contextlib.suppress(OSError):
                os.write(pipe, f"{share:.4f}\n".encode())

    parent = os.getppid()
    try:
        analysis = analyse(
            wanted.probe.path,
            wanted.probe,
            wanted.limits,
            expected_s=wanted.expected_s,
            camera_roles=wanted.limits.camera_all_along,
            index=index,
            layouts=wanted.layouts,
            program=wanted.program,
            deadline_s=wanted.deadline_s,
            cancel=lambda: os.getppid() != parent,
            progress=progress,
        )
    except MediaError as error:
        sys.stderr.write(error.what)
        return _REFUSED
    except Exception as error:
        # A damaged file finds faults in the decoding libraries too (PyAV meets streams that were not there at
        # the start, for one). It costs the look, which is said; the copy and its proof go on.
        sys.stderr.write(f"The reader failed on it ({type(error).__name__}: {error}).")
        return _REFUSED
    sink.write(pickle.dumps(analysis))
    return 0


if __name__ == "__main__":
    # Under its own name, so that what is unpickled here is what was pickled there.
    from stagebox.media import viewer

    sys.exit(viewer.main())
