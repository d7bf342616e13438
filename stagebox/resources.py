"""The folders that come beside the code: `ui` (QML), `scenes` (packs), `button-box` (firmware)."""

from pathlib import Path
from typing import Literal

from stagebox.model.errors import StorageError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["ui", "scenes", "button-box"]) -> Path:
    """The folder `name`, absolute: inside an installed stagebox, or in the checkout it runs from.

    Raises:
        StorageError: the installation lacks it.
    """
    checkout = _PACKAGE.parent
    for candidate in (_PACKAGE / "_data" / name, checkout / name, checkout / "scripts" / name):
        if candidate.is_dir():
            return candidate
    raise StorageError(f"This stagebox lacks its folder {name} beside {_PACKAGE}.", "Install stagebox again.")
