"""What `serve` stands on: folders that can be written, and the lock of the only one."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from stagebox.devices.folder import folder_state
from stagebox.health.folder import folder_health
from stagebox.messages.code_catalogue import say
from stagebox.model.errors import StorageError, storing
from stagebox.model.observations import FolderEvent
from stagebox.model.settings import RecordingSettings
from stagebox.system.locks import hold


def make_folder(folder: Path, key: str, mode: int = 0o755) -> None:
    """Make a folder, and prove that a file can be written in it. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"stagebox")
            probe.flush()
    except OSError as error:
        raise StorageError(
            say("folder_not_written", folder=str(folder), key=key, reason=str(error.strerror)),
            say("folder_not_written_help", key=key),
        ) from error


def recording_folder(folder: Path, reserve_bytes: int) -> FolderEvent:
    """Make the recording folder, prove that it can be written, and judge its disk. Raises StorageError."""
    make_folder(folder, "recording.folder")
    return folder_health(str(folder), *folder_state(folder), reserve_bytes)


def require_room(seen: FolderEvent) -> None:
    """Raises StorageError when no recording can begin in the folder that was looked at."""
    if seen.health != "ok":
        raise StorageError(seen.detail, seen.remedy)


def prove(folder: Path, reserve_bytes: int) -> None:
    """Prove that a recording can begin in this folder, which is made if need be. Raises StorageError."""
    require_room(recording_folder(folder, reserve_bytes))


def recording_folders(recording: RecordingSettings) -> tuple[Path, ...]:
    """The folders that OBS records into; the second is made if its disk is there.

    One that is not is no reason to stay away.
    """
    if recording.second_folder is None:
        return (recording.folder,)
    with contextlib.suppress(OSError):
        recording.second_folder.mkdir(exist_ok=True)
    return (recording.folder, recording.second_folder)


def only_one(path: Path) -> Callable[[], None]:
    """Hold the lock that makes this the only `stagebox serve` with this state folder. Raises StorageError."""
    with storing(path):
        let_go = hold(path)
    if let_go is None:
        with path.open("rb") as file:
            holder = file.read(20).decode(errors="replace").strip()
        raise StorageError(
            f"Another `stagebox serve` runs already with {path.parent}"
            + (f" (process {holder})." if holder else "."),
            "Use that one (`stagebox status`), or end it first.",
        )
    path.write_text(f"{os.getpid()}\n")
    return let_go
