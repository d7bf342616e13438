"""The folders that come with stagebox beside its code: `ui` (QML) and `scenes` (scene packs)."""

from pathlib import Path
from typing import Literal

from stagebox.model.errors import StorageError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["ui", "scenes"]) -> Path:
    """The folder `name`, absolute: inside an installed stagebox, or in the checkout it runs from.

    Raises:
        StorageError: the installation lacks it.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise StorageError(f"This stagebox lacks its folder {name} beside {_PACKAGE}.", "Install stagebox again.")
