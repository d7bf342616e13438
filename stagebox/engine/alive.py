"""When the engine before was last alive."""

import time
from pathlib import Path

from stagebox.engine.journal import files_in
from stagebox.model.paths import path_of
from stagebox.model.state import Session

CLOCKS_DIFFER_S = 3.0
"""A file may seem so much newer than it is: file systems round, and a server's clock is another."""


def alive_utc(folder: Path, session: Session | None) -> float:
    """When the engine before wrote its journal last, or its recording grew last, in UTC seconds; 0: unknown.

    A time to come says nothing: a clock that was wrong, or another computer's, wrote it.

    Args:
        folder: the journal's; its newest file is the new engine's own.
        session: the one that was recorded.
    """
    growing = [path_of(one.path) for one in session.segments if one.path] if session is not None else []
    told = [_changed_utc(path) for path in (*files_in(folder)[:-1][-1:], *growing)]
    latest = time.time() + CLOCKS_DIFFER_S
    return max((utc for utc in told if utc <= latest), default=0.0)


def _changed_utc(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except (OSError, ValueError):
        return 0.0
