"""An error that nobody foresaw: its traceback goes into a file, and the person gets a sentence."""

import contextlib
import os
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from stagebox import __version__
from stagebox.model.errors import StageboxError
from stagebox.system.files import BINARY

FILE_NAME = "unforeseen.log"
LIMIT_BYTES = 1_000_000
"""A log larger than this is moved to `unforeseen.log.1`, so both together stay bounded."""


def keep(error: BaseException, config_path: Path | None) -> StageboxError:
    """Append the traceback of `error` to the log and return the error to print, which says where it is.

    The log is in the settings' state_dir; if that cannot be used, in the folder for temporary files.
    """
    told = f"stagebox met an error it did not foresee: {_one_line(error)}."
    for folder in _folders(config_path):
        try:
            log = _append(folder, "".join(traceback.format_exception(error)))
        except OSError:
            continue
        return StageboxError(told, f"Please report it with the end of {log}.")
    return StageboxError(told, "Please report it; `stagebox --verbose …` shows where it happened.")


def _one_line(error: BaseException) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:200]}" if words else type(error).__name__


def _folders(config_path: Path | None) -> list[Path]:
    folders = [Path(tempfile.gettempdir(), f"stagebox-{os.getuid() if hasattr(os, 'getuid') else 'user'}")]
    with contextlib.suppress(Exception):  # the settings may be what is broken
        from stagebox.settings.reading import load

        folders.insert(0, load(config_path).state_dir)
    return folders


def _append(folder: Path, text: str) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = folder / FILE_NAME
    if log.exists() and log.stat().st_size > LIMIT_BYTES:
        log.replace(log.with_name(FILE_NAME + ".1"))
    # Tracebacks can quote what was being read, so only the owner reads them; nobody's link is followed.
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | BINARY | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(log, flags, 0o600), "a", encoding="utf-8", errors="backslashreplace") as stream:  # noqa: PTH123
        stream.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} stagebox {__version__}\n{text}\n")
    return log
