"""Which recordings a person means: files as named, and what lies in the folders named."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stagebox.media import manifest, sealed, storage
from stagebox.media.index.rows import SkippedFile
from stagebox.media.probe import UnusableError, check_regular, unusable
from stagebox.media.runner import exact, shown

SUFFIXES = frozenset({".flv", ".mkv", ".mp4", ".m4v", ".mov", ".ts"})
PART_SUFFIXES = frozenset({".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp"})
"""How programs call a file that they are still fetching."""


@dataclass(frozen=True, slots=True)
class FoundRecording:
    """A recording; `unusable` says why there is nothing at this path that could be read.

    `root` is the folder that was named, in which it was found; None when it was named itself.
    """

    path: Path
    unusable: UnusableError | None = None
    root: Path | None = None


@dataclass(frozen=True, slots=True)
class FoundRecordings:
    """What lies in the folders and files named: recordings, and what was passed over."""

    found: list[FoundRecording] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)


def recordings(paths: Iterable[Path]) -> list[FoundRecording]:
    """All recordings meant by `paths`, each once: files first named first, folders in the order of names.

    In folders, hidden files, discarded recordings and what stagebox made itself are passed over; so are links
    to folders.
    """
    return gathered(paths).found


def gathered(paths: Iterable[Path]) -> FoundRecordings:
    """The recordings as `recordings` has them, and the files that are none, or not yet, with the reason."""
    found: dict[str, FoundRecording] = {}
    skipped: dict[str, SkippedFile] = {}
    for path in paths:
        if path.is_dir():
            inner: list[FoundRecording] = []
            for file in contents(path):
                if isinstance(file, SkippedFile):
                    skipped[file.source] = file
                else:
                    inner.append(_checked(file, path))
            if not inner:
                error = unusable("none_in_folder", foreign=True, name=shown(path))
                inner = [FoundRecording(path, error, path)]
        else:
            inner = [_checked(path)]
        real: dict[Path, str] = {}
        for one in inner:
            found.setdefault(_real(one.path, real), one)
    return FoundRecordings(list(found.values()), list(skipped.values()))


def inside(folder: Path) -> Iterator[Path]:
    """The recordings in a folder and the folders in it, in the order of names."""
    return (file for file in contents(folder) if isinstance(file, Path))


def contents(folder: Path) -> Iterator[Path | SkippedFile]:
    """The recordings as `inside`, and between them the files that are none, or not yet, with the reason."""
    for name, folders, files in os.walk(folder):
        here = Path(name)
        made = storage.HIDDEN in folders
        folders[:] = sorted(
            inner
            for inner in folders
            if not inner.startswith(".")
            and not (made and inner == "reports")
            and not (inner == sealed.FOLDER and sealed.is_sealed(here / inner))
        )
        own = own_outputs(here) if made else frozenset()
        for file in sorted(files):
            path = here / file
            if file.startswith(".") or path in own:
                continue
            suffix = os.path.splitext(file)[1].lower()  # noqa: PTH122, as fast as can be
            if suffix in SUFFIXES:
                yield path
            elif suffix in PART_SUFFIXES:
                yield SkippedFile(exact(path), "part", "not whole yet: another program is still fetching it")
            else:
                yield SkippedFile(exact(path), "no_recording", "no recording, by the ending of its name")


def own_outputs(folder: Path) -> frozenset[Path]:
    """What stagebox made in this folder, as far as it is still as it was made."""
    made = (manifest.own_path(folder, entry) for entry in manifest.entries(folder / storage.HIDDEN))
    return frozenset(path for path in made if path is not None)


def _real(path: Path, folders: dict[Path, str]) -> str:
    """The path without links, as `os.path.realpath`; each folder is looked at once."""
    if path.is_symlink():
        return os.path.realpath(path)
    if path.parent not in folders:
        folders[path.parent] = os.path.realpath(path.parent)
    return os.path.join(folders[path.parent], path.name)  # noqa: PTH118


def _checked(path: Path, root: Path | None = None) -> FoundRecording:
    try:
        check_regular(path)
    except UnusableError as error:
        return FoundRecording(path, error, root)
    return FoundRecording(path, None, root)
