"""Writes the index of an output folder: page, JSON and CSV."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

from stagebox.media import storage
from stagebox.media.index import page, run_log, sheets
from stagebox.media.index.gather import EveningIndex, gathered
from stagebox.media.index.run_log import RunLog
from stagebox.media.index.shelf import ManifestShelf, ShelvedTalk
from stagebox.model.errors import StorageError
from stagebox.system.files import write_whole

FOLDER = "reports"
_DEADLINE_S = 60.0


def path_of(top: Path) -> Path:
    """The page that shows all talks of an output folder."""
    return top / FOLDER / "index.html"


def shelf_of(top: Path, seen: RunLog, more: Iterable[Path] = ()) -> ManifestShelf:
    """All talks that were made into this folder, or into folders below it in which runs left some."""
    return ManifestShelf(dict.fromkeys((top, *(top / folder for folder in seen.folders), *more)))


def write(top: Path, *, now: RunLog | None = None, shelf: ManifestShelf | None = None) -> Path | None:
    """Write the index of an output folder; returns the page, None when there is nothing to tell.

    Args:
        now: what the present run saw; it is kept. None: nothing was looked for.
        shelf: the talks, as far as they were read already; it is refreshed.

    Raises:
        StorageError: the folder cannot be written, or another run holds it.
    """
    top = top.absolute()
    hidden = top / storage.HIDDEN
    seen = run_log.load(top)
    if now is not None:
        seen = run_log.merged(seen, now)
    if shelf is None:
        shelf = shelf_of(top, seen)
    else:
        shelf.refresh()
    index = gathered(top, _own(shelf, top), seen)
    if not (index.rows or index.gone or index.unrecorded):
        return None
    storage.prepare(top)
    with storage.exclusive(hidden, "index", deadline_s=_DEADLINE_S):
        try:
            if now is not None:
                run_log.save(top, run_log.merged(run_log.load(top), now))
            return _write(top, index, hidden)
        except OSError as error:
            raise storage.folder_error(top, error) from None


def top_of(out: Path) -> Path:
    """The folder whose index shows what is made in this output folder: itself, or one above it."""
    for top in (out, *out.parents):
        if (top / storage.HIDDEN / run_log.NAME).exists() and (
            top == out or out.relative_to(top).as_posix() in run_log.load(top).folders
        ):
            return top
    return out


def renew(out: Path) -> None:
    """Write the index of an output folder anew, and those above it: something of a talk in it was changed.

    One that cannot be written is left: the next run writes it.
    """
    for top in (out, *out.parents):
        if (top / storage.HIDDEN).is_dir():
            with contextlib.suppress(StorageError):
                write(top)


def _own(shelf: ManifestShelf, top: Path) -> Iterable[ShelvedTalk]:
    """What this index shows of all that was read."""
    return (known for known in shelf if known.folder.is_relative_to(top))


def _write(top: Path, index: EveningIndex, hidden: Path) -> Path:
    target = path_of(top)
    target.parent.mkdir(exist_ok=True)
    for suffix, content in (
        (".json", sheets.as_json(index)),
        (".csv", sheets.as_csv(index)),
        (".html", page.made(index)),
    ):
        write_whole(target.with_suffix(suffix), content, mode=None, aside=hidden / f"index.{suffix[1:]}.part")
    return target
