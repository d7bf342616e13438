"""A recording that is still being written is not judged, and one that was taken away is called that."""

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

from stagebox.media import runner
from stagebox.media.findings import finding
from stagebox.media.probe import unusable
from stagebox.model.report import Code, Report, Severity


def report(path: Path) -> Report:
    """The report on a file that still grows: nothing is said of it but that."""
    found = finding(Code.GROWING, Severity.WARNING, 0.0, 0.0, "name", name=runner.shown(path.name))
    return Report(runner.exact(path), None, None, 0.0, findings=(found,))


def size_of(path: Path) -> int | None:
    """The file's length in bytes, None when it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def is_fresh(path: Path, within_s: float) -> bool:
    """Whether a file was written to so lately that it may still be recorded."""
    with contextlib.suppress(OSError):
        return abs(time.time() - path.stat().st_mtime) < within_s
    return False


def check_there(paths: Sequence[Path]) -> None:
    """Say it when a recording was taken away while it was read.

    Raises:
        UnusableError: one is not there any more.
    """
    for path in paths:
        if not path.exists():
            raise unusable("taken_away", foreign=True, name=runner.shown(path))
