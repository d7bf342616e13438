"""Which processed talk a person means who names its MP4, its recording, or its report."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stagebox.media import manifest, pages, runner, storage, talk_review
from stagebox.media.manifest import ManifestEntry
from stagebox.model.errors import StorageError


@dataclass(frozen=True, slots=True)
class ProcessedTalk:
    """A processed talk: its output folder, the hidden folder in it, its key and its entry."""

    out: Path
    hidden: Path
    key: str
    entry: ManifestEntry


def talks(out: Path) -> Iterator[ProcessedTalk]:
    """All talks of an output folder, in the order of their keys."""
    hidden = out / storage.HIDDEN
    for key, entry in manifest.keyed(hidden):
        yield ProcessedTalk(out, hidden, key, entry)


def out_folders(top: Path) -> list[Path]:
    """The output folders at `top` and below it, in the order of names."""
    found = []
    for name, folders, _ in os.walk(top):
        if storage.HIDDEN in folders:
            found.append(Path(name))
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
    return found


def find(path: Path, outs: Sequence[Path] = ()) -> ProcessedTalk:
    """The talk to which this MP4, recording or report belongs.

    Args:
        outs: output folders that are searched, with the folders in them, beside those that `path` lies in.

    Raises:
        StorageError: no talk is known that it belongs to, or several.
    """
    path = path.absolute()
    near = [folder for folder in path.parents if (folder / storage.HIDDEN).is_dir()]
    below = [folder for out in outs for folder in out_folders(out.expanduser().absolute())]
    folders = list(dict.fromkeys([*near, *below]))
    found = _by_key(path, folders) or [one for one in _all(folders) if _belongs(path, one)]
    if any(runner.exact(path) in {stamp.path for stamp in one.entry.sources} for one in found):
        # What is said of a recording is said of the talk in which it was joined with others.
        found = [one for one in _all(folders) if _joins(path, one)] or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise StorageError(
            f"{runner.shown(path)} is no recording, MP4 or report of a talk that was processed.",
            "Name the talk's MP4; or its recording, with --out DIR for the folder of the MP4s.",
        )
    outputs = " and ".join(runner.shown(one.entry.report.output or one.entry.stem) for one in found[:3])
    raise StorageError(
        f"{runner.shown(path)} belongs to several talks: {outputs}.", "Name the MP4 that you mean."
    )


def said_of(path: Path) -> talk_review.TalkReview | None:
    """What people said of the talk whose MP4 or recording this is; None when nothing was.

    Only talks of which something was said are looked at, so that it costs nothing for thousands of others.
    """
    path = path.absolute()
    for out in path.parents:
        hidden = out / storage.HIDDEN
        for words in sorted((hidden / talk_review.FOLDER).glob("*.json")):
            entry = manifest.load(manifest.path_of(hidden, words.stem))
            if entry is not None and _belongs(path, ProcessedTalk(out, hidden, words.stem, entry)):
                return talk_review.load(hidden, words.stem)
    return None


def _by_key(path: Path, folders: Iterable[Path]) -> list[ProcessedTalk]:
    key = storage.key_of((path,))
    found = []
    for out in folders:
        hidden = out / storage.HIDDEN
        if (entry := manifest.load(manifest.path_of(hidden, key))) is not None:
            found.append(ProcessedTalk(out, hidden, key, entry))
    return found


def _all(folders: Iterable[Path]) -> Iterator[ProcessedTalk]:
    for out in folders:
        yield from talks(out)


def _joins(path: Path, known: ProcessedTalk) -> bool:
    """Whether this recording is joined with others in the talk's proven MP4."""
    sources = {stamp.path for stamp in known.entry.sources}
    proven = known.entry.report.lossless and manifest.output_path(known.out, known.entry) is not None
    return bool(proven) and len(sources) > 1 and runner.exact(path) in sources


def _belongs(path: Path, known: ProcessedTalk) -> bool:
    out, stem = known.out, known.entry.stem
    reports = (pages.report_path(out, stem), pages.page_path(out, stem))
    outputs = [out / (stem + suffix) for suffix in (".mp4", ".mkv")] if known.entry.output is not None else []
    rescue = known.entry.report.rescue
    if rescue is not None and rescue.output == runner.exact(path):
        return True
    return path in (*reports, *outputs) or runner.exact(path) in {one.path for one in known.entry.sources}
