"""A recording that is still being written is not judged, and one that was taken away is called that."""

import contextlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from stagebox.media import runner
from stagebox.media.probe import UnusableError
from stagebox.model.report import Code, Finding, Report, Severity


def report(path: Path) -> Report:
    """The report on a file that still grows: nothing is said of it but that."""
    finding = Finding(
        Code.GROWING,
        Severity.WARNING,
        0.0,
        0.0,
        f"{runner.shown(path.name)} is still being written, so it was left for later.",
        "Wait until the recording has ended, then process it again.",
    )
    return Report(runner.exact(path), None, None, 0.0, findings=(finding,))


def size_of(path: Path) -> int | None:
    """The file's length in bytes, None when it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def check_there(paths: Sequence[Path]) -> None:
    """Say it when a recording was taken away while it was read.

    Raises:
        UnusableError: one is not there any more.
    """
    for path in paths:
        if not path.exists():
            raise UnusableError(
                f"{runner.shown(path)} was deleted, moved or renamed while it was being read.",
                "Put it back, or process it under its new name.",
                foreign=True,
            )


def written_by_anyone(path: Path) -> bool:
    """Whether a process that we may look at has the file open for writing (Linux; elsewhere always False)."""
    try:
        wanted = path.stat()
        processes: Iterable[str] = [name for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208
    except OSError:
        return False
    for process in processes:
        folder = f"/proc/{process}/fd"
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError, ValueError):
                    opened = entry.stat()
                    same = (opened.st_ino, opened.st_dev) == (wanted.st_ino, wanted.st_dev)
                    if same and _for_writing(Path(f"/proc/{process}/fdinfo/{entry.name}")):
                        return True
    return False


def _for_writing(info: Path) -> bool:
    for line in info.read_text(encoding="ascii").splitlines():
        if line.startswith("flags:"):
            return int(line.split()[1], 8) & os.O_ACCMODE != os.O_RDONLY
    return False
