"""What provisioning last wrote into OBS, so that the operator's own changes can be told from ours."""

import json
from pathlib import Path
from typing import Any

from stagebox.model.errors import storing
from stagebox.obs.private_folders import make_private_folder
from stagebox.system.files import write_whole


class ProvisionMemory:
    """A small JSON file: for each thing in OBS (a text key) the values that we last wrote."""

    def __init__(self, path: Path, collection: str) -> None:
        self._path = path
        self._collection = collection
        self._all: dict[str, dict[str, Any]] = {}
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(read, dict):
                self._all = {str(name): dict(values) for name, values in read.items()}
        except (OSError, ValueError, TypeError):
            pass  # None yet, or damaged: then everything that differs counts as the operator's.
        self._mine = self._all.setdefault(collection, {})
        self._changed = False

    def get(self, key: str) -> Any:
        """Return what was last written for `key`, or None."""
        return self._mine.get(key)

    def set(self, key: str, values: Any) -> None:
        """Note what was written for `key`."""
        if self._mine.get(key) != values:
            self._mine[key] = values
            self._changed = True

    def save(self) -> None:
        """Write the file if anything changed. Raises StorageError."""
        if self._changed:
            make_private_folder(self._path.parent)
            with storing(self._path):
                write_whole(self._path, json.dumps(self._all, indent=1).encode())
            self._changed = False
