"""Which recordings a person means: files as named, and what lies in the folders named."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stagebox.media import manifest, storage
from stagebox.media.probe import UnusableError, check_regular
from stagebox.media.runner import shown

SUFFIXES = frozenset({".flv", ".mkv", ".mp4", ".m4v", ".mov", ".ts"})


@dataclass(frozen=True, slots=True)
class Found:
    """A recording; `unusable` says why there is nothing at this path that could be read."""

    path: Path
    unusable: UnusableError | None = None


def recordings(paths: Iterable[Path]) -> list[Found]:
    """All recordings meant by `paths`, each once: files first named first, folders in the order of names.

    In folders, hidden files and what stagebox made itself are passed over; so are links to folders.
    """
    found: dict[str, Found] = {}
    for path in paths:
        if path.is_dir():
            contents = [_checked(file) for file in inside(path)]
            if not contents:
                error = UnusableError(
                    f"There is no recording in the folder {shown(path)}.",
                    "Name a folder with FLV, MKV, MP4, MOV or TS files.",
                    foreign=True,
                )
                contents = [Found(path, error)]
        else:
            contents = [_checked(path)]
        for one in contents:
            found.setdefault(os.path.realpath(one.path), one)
    return list(found.values())


def inside(folder: Path) -> Iterator[Path]:
    """The recordings in a folder and the folders in it, in the order of names."""
    for name, folders, files in os.walk(folder):
        here = Path(name)
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        own = own_outputs(here)
        for file in sorted(files):
            path = here / file
            if path.suffix.lower() in SUFFIXES and not file.startswith(".") and path not in own:
                yield path


def own_outputs(folder: Path) -> frozenset[Path]:
    """What stagebox made in this folder, as far as it is still as it was made."""
    made = (manifest.own_path(folder, entry) for entry in manifest.entries(folder / storage.HIDDEN))
    return frozenset(path for path in made if path is not None)


def _checked(path: Path) -> Found:
    try:
        check_regular(path)
    except UnusableError as error:
        return Found(path, error)
    return Found(path)
