"""Discarded recordings, sealed aside for a day: files that nobody processes, and only the owner may read.

Each file goes into `sealed/NAME` beside it, by renaming it on its own disk; beside a recording lies a note
that says what this is. Whoever is killed in between does the rest when it is asked for again: each step is
done or not, and those that are done are passed over.
"""

import glob
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stagebox.media.rescue import backups
from stagebox.media.runner import shown
from stagebox.messages.code_catalogue import say
from stagebox.model.errors import StorageError
from stagebox.model.file_names import BACKUP_FOLDER
from stagebox.system.files import flush_folder, write_whole

FOLDER = "sealed"
NOTE = "what-this-is.json"
SCHEMA = "stagebox.sealed/1"
_DYING = ".deleted-"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTalk:
    """What is sealed, by its session's `name`.

    Args:
        files: what OBS wrote for it, as far as no other talk is in it.
        folders: where recordings are made: the backup of its sound lies below one of them.
    """

    name: str
    files: Sequence[Path]
    folders: Sequence[Path] = ()

    def places(self) -> Iterator[Path]:
        """Each folder in which a file of it may lie."""
        recorded = dict.fromkeys((*(path.absolute().parent for path in self.files), *self.folders))
        yield from recorded
        yield from (folder / BACKUP_FOLDER for folder in recorded)


def is_sealed(folder: Path) -> bool:
    """Whether discarded recordings lie in this folder."""
    return folder.name == FOLDER and any(
        (inner / NOTE).exists() or inner.name.startswith(_DYING) for inner in _folders_in(folder)
    )


def seal(talk: SealedTalk, *, title: str, origin: str, utc: float, delete_utc: float) -> tuple[Path, ...]:
    """Move all files of a discarded recording aside; returns where they are. What is gone is passed over.

    Args:
        origin: by which way a person discarded it, at `utc`. It is deleted at `delete_utc`, in seconds since
            1970.

    Raises:
        StorageError: a folder is gone or cannot be written; it is tried again.
    """
    flacs = backups.find(talk.files, talk.name, talk.folders)
    backups.wait_closed(flacs)
    files = (*talk.files, *flacs, *(backups.diary_path(path) for path in flacs))
    note = {
        "schema": SCHEMA,
        "what": f"The recording of “{title or talk.name}”: its speaker does not want it recorded.",
        "discarded_by": origin,
        "discarded_at": _iso(utc),
        "deleted_after": _iso(delete_utc),
        "files": sorted(shown(path.name) for path in files),
    }
    with _told(talk):
        for path in files:
            if not path.absolute().parent.is_dir():
                raise StorageError(
                    say("sealed_no_folder", folder=shown(path.parent)), say("sealed_no_folder_help")
                )
        there = [path for path in files if path.exists()]
        for folder in dict.fromkeys(path.absolute().parent for path in there):
            aside = folder / FOLDER / talk.name
            for made in (aside.parent, aside):
                made.mkdir(mode=0o700, exist_ok=True)
                made.chmod(0o700)
            write_whole(aside / NOTE, json.dumps(note, indent=2, ensure_ascii=False).encode() + b"\n")
        return tuple(_moved(path, path.absolute().parent / FOLDER / talk.name) for path in there)


def take_back(talk: SealedTalk) -> None:
    """Put all files of a discarded recording back where they were.

    Raises:
        StorageError: a folder cannot be written, or another file has the name; the rest stays sealed.
    """
    with _told(talk):
        for path in talk.files:
            # A file of two discarded talks lies with the one that was discarded last.
            for lent in sorted((path.absolute().parent / FOLDER).glob(f"*/{glob.escape(path.name)}")):
                _moved(lent, path.absolute().parent)
        for folder in talk.places():
            aside = folder / FOLDER / talk.name
            for path in _files_in(aside):
                if path.name != NOTE:
                    _moved(path, folder)
            _clear(aside)


def delete(talk: SealedTalk) -> None:
    """Delete a sealed recording.

    Raises:
        StorageError: a folder cannot be written.
    """
    with _told(talk):
        for folder in talk.places():
            aside = folder / FOLDER / talk.name
            dying = aside.with_name(f"{_DYING}{aside.name}")
            if aside.is_dir() and not dying.exists():
                # From here on it is no recording any more, whatever ends us.
                aside.rename(dying)
                flush_folder(aside.parent)
            _clear(dying)
            _clear(aside)


@contextmanager
def _told(talk: SealedTalk) -> Iterator[None]:
    """Tell what the disk refuses as an error of ours."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            say("sealed_not_moved", name=shown(talk.name), reason=error.strerror or str(error)),
            say("sealed_not_moved_help"),
        ) from error


def _moved(path: Path, folder: Path) -> Path:
    place = folder / path.name
    if place.exists():
        raise StorageError(say("sealed_in_the_way", path=shown(place)), say("sealed_in_the_way_help"))
    path.rename(place)
    flush_folder(folder)
    flush_folder(path.parent)
    return place


def _clear(aside: Path) -> None:
    """Remove a folder of sealed files, and the one around it when nothing else is sealed."""
    if aside.is_dir():
        shutil.rmtree(aside)
    if aside.parent.name == FOLDER and aside.parent.is_dir() and not any(aside.parent.iterdir()):
        aside.parent.rmdir()


def _files_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _folders_in(folder: Path) -> Iterable[Path]:
    try:
        return [inner for inner in folder.iterdir() if inner.is_dir()]
    except OSError:
        return []


def _iso(utc: float) -> str:
    return datetime.fromtimestamp(utc, UTC).isoformat(timespec="seconds")
