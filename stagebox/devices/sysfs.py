"""Reads the small files in which Linux tells about hardware."""

from pathlib import Path


def read_text(path: Path) -> str | None:
    """The file's text without the newline; None when it is not there or cannot be read."""
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return None


def read_number(path: Path) -> int | None:
    """The file's number; None when there is none."""
    try:
        return int(read_text(path) or "")
    except ValueError:
        return None
