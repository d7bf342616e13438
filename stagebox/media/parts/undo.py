"""Takes a joined MP4 away again: its parts are talks by themselves then, as they were before."""

from pathlib import Path

from stagebox.media import manifest, overview, pages, runner, storage
from stagebox.media.index import writing
from stagebox.media.processed_talk import ProcessedTalk
from stagebox.model.errors import RefusedError
from stagebox.model.paths import path_of
from stagebox.system.files import flush_folder


def undo(known: ProcessedTalk) -> Path:
    """Delete the joined MP4, which can be made again from its parts; returns where it was.

    The MP4 goes first: whoever is killed after that leaves what counts as undone.

    Raises:
        RefusedError: it was not joined by a person, or a part of it is not there as it was.
        StorageError: the folder cannot be written, or another run works on it.
    """
    entry = known.entry
    if "joined" not in entry.page:
        raise RefusedError(
            f"{runner.shown(entry.report.output or entry.stem)} was not made by `stagebox join`.",
            "Name the joined MP4, or one of its parts.",
        )
    lacking = [stamp for stamp in entry.sources if not manifest.is_as_it_was(stamp)]
    output = manifest.output_path(known.out, entry)
    if lacking and output is not None:
        name = runner.shown(path_of(lacking[0].path))
        raise RefusedError(
            f"{name} is not there as it was, and only the joined MP4 holds it: nothing was undone.",
            "Put the recording back where it was, then run the same command again.",
        )
    try:
        with storage.exclusive(known.hidden, known.key, deadline_s=storage.OTHER_RUN_DEADLINE_S):
            if output is not None:
                output.unlink()
                flush_folder(known.out)
            told = pages.report_path(known.out, entry.stem)
            for path in (told, pages.page_path(known.out, entry.stem), overview.path_beside(told)):
                path.unlink(missing_ok=True)
            # Last of all: as long as it is there, the same name is taken again.
            manifest.path_of(known.hidden, known.key).unlink(missing_ok=True)
    except OSError as error:
        raise storage.folder_error(known.out, error) from None
    writing.renew(known.out)
    return Path(entry.report.output or known.out / entry.stem)
