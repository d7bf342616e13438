"""Where the recordings of a talk were moved to, so that a run that was killed between two of them goes on."""

import json
from collections.abc import Mapping
from pathlib import Path

from stagebox.media import runner, storage
from stagebox.media.manifest import FileStamp
from stagebox.media.processed_talk import ProcessedTalk
from stagebox.model.paths import path_of
from stagebox.system.files import write_whole

SCHEMA = "stagebox.released/1"
FOLDER = "released"


def keep(known: ProcessedTalk, targets: Mapping[Path, Path]) -> None:
    """Write down where the recordings go; the caller holds the talk's lock.

    Raises:
        StorageError: the folder cannot be written.
    """
    now = {runner.exact(source): runner.exact(target) for source, target in targets.items()}
    told = {**_moved(known), **now}
    content = json.dumps({"schema": SCHEMA, "moved": told}, ensure_ascii=True, indent=1).encode()
    path = known.hidden / FOLDER / f"{known.key}.json"
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, content, mode=None, aside=known.hidden / f"{known.key}.released.part")
    except OSError as error:
        raise storage.folder_error(known.out, error) from None


def sources(known: ProcessedTalk) -> tuple[Path, ...]:
    """The recordings of a talk: where they were, or, if one is not there, where it was moved to as it was."""
    moved = _moved(known)
    return tuple(_now(stamp, moved) for stamp in known.entry.sources)


def _now(stamp: FileStamp, moved: Mapping[str, str]) -> Path:
    source = path_of(stamp.path)
    if source.exists() or stamp.path not in moved:
        return source
    target = path_of(moved[stamp.path])
    try:
        seen = target.stat()
    except OSError:
        return source
    same = (seen.st_size, seen.st_mtime_ns) == (stamp.size_bytes, stamp.mtime_ns)
    return target if same else source


def _moved(known: ProcessedTalk) -> Mapping[str, str]:
    try:
        value = json.loads((known.hidden / FOLDER / f"{known.key}.json").read_bytes())
        return {str(key): str(target) for key, target in value["moved"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
