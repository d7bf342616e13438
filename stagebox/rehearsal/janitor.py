"""The janitor: a process of its own that tidies a venue when the rehearsal died without doing so.

It reads lines of JSON on standard input, and when that ends without `{"done": true}` (the rehearsal was
killed) it ends what the venue had started and removes its files. Started with `python -I -S`, so it may
import the standard library only.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

MARK = "STAGEBOX_VENUE"
"""Environment variable that every process of a venue inherits; its value names the venue."""

GRACE_S = 15.0
"""How long processes get to end by themselves: an appliance first stops its OBS, which finishes its file."""


def marked(venue: str) -> list[int]:
    """Process ids of a venue."""
    return carrying(f"{MARK}={venue}")


def carrying(variable: str) -> list[int]:
    """Process ids that have `NAME=value` in their environment, without this process itself."""
    wanted = variable.encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0") and not _is_zombie(folder):
                found.append(int(folder.name))
    return found


def _is_zombie(folder: Path) -> bool:
    return (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[0] == "Z"


def sweep(venue: str, grace_s: float) -> list[int]:
    """End every process with the venue's mark: SIGTERM, then SIGKILL after `grace_s`. Return who was met."""
    met: set[int] = set()
    deadline = time.monotonic() + grace_s
    asked: set[int] = set()
    while alive := marked(venue):
        met.update(alive)
        if time.monotonic() >= deadline + 5:  # a process in the kernel's hands; nothing more can be done
            break
        late = time.monotonic() >= deadline
        for pid in alive:
            if late or pid not in asked:
                asked.add(pid)
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGCONT)  # a process that a fault has stopped hears no SIGTERM
                    os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
        time.sleep(0.05)
    return sorted(met)


def main(lines: Iterable[str]) -> None:
    """Follow the rehearsal's lines; when they end without `done`, tidy up."""
    venue, first, folders, files = "", [], [], []
    for line in lines:
        said = json.loads(line)
        venue = said.get("venue", venue)
        if "first" in said:
            first.append(int(said["first"]))
        if "folder" in said:
            folders.append(Path(said["folder"]))
        if "file" in said:
            files.append(Path(said["file"]))
        if said.get("done"):
            return
    # The appliance goes first, so that its OBS can finish the file while display and sound are there.
    deadline = time.monotonic() + GRACE_S
    for pid in first:
        if pid in marked(venue):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            while time.monotonic() < deadline and pid in marked(venue):
                time.sleep(0.05)
    if venue:
        sweep(venue, 3.0)
    for path in files:
        path.unlink(missing_ok=True)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    main(sys.stdin)
