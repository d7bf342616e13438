"""Folders that only their owner looks into."""

from pathlib import Path

from stagebox.model.errors import StorageError


def make_private_folder(folder: Path) -> None:
    """Make `folder` (and its parents) so that only its owner can look inside. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be used: {error.strerror}.", "Check its owner and its rights."
        ) from error
