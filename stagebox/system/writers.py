"""Who has a file open."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

_ACCESS = 3
"""open(2): the bits of its flags that say whether a file is read or written; O_RDONLY is 0."""


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
            return int(line.split()[1], 8) & _ACCESS != os.O_RDONLY
    return False
