"""The manifests below an output folder, kept in memory: only what changed is read again."""

import contextlib
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stagebox.media import manifest, storage
from stagebox.media.manifest import ManifestEntry

_Stamp = tuple[int, int, int]
_TICK_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class ShelvedTalk:
    """A talk that was made: in which folder, by which key."""

    folder: Path
    key: str
    entry: ManifestEntry


@dataclass(slots=True)
class _ShelvedFolder:
    changed_ns: int = -1
    files: dict[str, tuple[_Stamp, ShelvedTalk]] = field(default_factory=dict)


class ManifestShelf:
    """All talks that were made into some folders. Not for several threads at once."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = {folder: _ShelvedFolder() for folder in folders}
        self._by_key: dict[str, ShelvedTalk] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read what changed since the last time."""
        changed = [_read(path, folder) for path, folder in self._folders.items()]
        if any(changed):
            self._by_key = {known.key: known for known in self}

    def add(self, folder: Path) -> None:
        """Look into this folder, too, from the next `refresh` on."""
        self._folders.setdefault(folder, _ShelvedFolder())

    def __iter__(self) -> Iterator[ShelvedTalk]:
        for folder in self._folders.values():
            for _, known in folder.files.values():
                yield known

    def find(self, key: str) -> ShelvedTalk | None:
        """The talk of this key, in whichever folder it was made; None when there is none."""
        return self._by_key.get(key)


def _read(path: Path, folder: _ShelvedFolder) -> bool:
    """Read the manifest in this folder if it changed; tells whether it did."""
    hidden = path / storage.HIDDEN
    try:
        changed_ns = hidden.stat().st_mtime_ns
    except OSError:
        gone = bool(folder.files)
        folder.files.clear()
        return gone
    if changed_ns == folder.changed_ns:
        return False
    files: dict[str, tuple[_Stamp, ShelvedTalk]] = {}
    with contextlib.suppress(OSError), os.scandir(hidden) as there:
        for one in there:
            if not one.name.endswith(".json"):
                continue
            with contextlib.suppress(OSError):
                seen = one.stat()
                stamp = (seen.st_size, seen.st_mtime_ns, seen.st_ino)
                before = folder.files.get(one.name)
                if before is not None and before[0] == stamp:
                    files[one.name] = before
                elif (entry := manifest.load(Path(one.path))) is not None:
                    files[one.name] = stamp, ShelvedTalk(path, one.name.removesuffix(".json"), entry)
    # Within a tick of the file system's clock, what comes later would look as old.
    settled = abs(time.time_ns() - changed_ns) > _TICK_NS
    folder.changed_ns, folder.files = changed_ns if settled else -1, files
    return True
