"""A recording as `process` reads it, where that is not the file itself: what stands in for it for a while."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from stagebox.media import mended, runner, storage
from stagebox.media.mended import MendedRecording


@contextlib.contextmanager
def standing_in(
    source: Path, hidden: Path, name: str, cancel: runner.Cancel
) -> Iterator[MendedRecording | None]:
    """What stands in for the recording; None where it is read as it is. It is gone with the context.

    Args:
        hidden: where it is written, if that can be written; else it is written among temporary files.
        name: what it is called there; the caller holds the lock of this name.

    Raises:
        UnusableError: the recording cannot be read, or is newer than all libraries here.
        DiskFullError: there is no room for it.
        OSError, MediaError: as `mended.make`.
    """
    probe, plan = mended.probed(source, cancel)
    if plan is None:
        plan = mended.plan_for(probe, cancel)
    if plan is None:
        yield None
        return
    with contextlib.ExitStack() as stack:
        folder = hidden
        if not os.access(hidden, os.W_OK):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stagebox-mended-")))
        storage.check_room(folder, probe.size_bytes)
        try:
            yield mended.make(probe, plan, folder, name, cancel)
        finally:
            mended.clear(folder, name)
