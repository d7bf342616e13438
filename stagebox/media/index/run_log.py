"""What the last runs into an output folder saw and left: a small file beside the manifest.

The talks themselves are in the manifest. Only what was not worked on, and where was looked, is here.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from stagebox.media import storage
from stagebox.media.index.rows import SkippedFile, UndoneRecording
from stagebox.media.index.talk_place import TalkPlace
from stagebox.system.files import write_whole

SCHEMA = "stagebox.run/1"
NAME = "last.run"
_ROOTS = 200


@dataclass(frozen=True, slots=True)
class CatalogueTalk:
    """What the catalogue knows of a recording's talk; empty texts where it knows nothing."""

    title: str = ""
    speaker: str = ""
    room: str = ""
    started_at: str = ""


@dataclass(frozen=True, slots=True)
class RunLog:
    """What runs saw.

    Args:
        roots: folders that were named, as absolute paths: a recording that is no more in one that is there is
            gone.
        folders: the folders that hold outputs, relative to the folder of the index.
        not_done, skipped: what was not worked on, and what was passed over.
        about: what is known of talks from elsewhere, by the absolute path of the recording.
        version, thresholds: what the last run judged with; empty where that is not known.
        whole: whether all was looked at that lies in the roots; it is not kept.
    """

    roots: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    not_done: tuple[UndoneRecording, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    about: Mapping[str, CatalogueTalk] = field(default_factory=dict)
    version: str = ""
    thresholds: Mapping[str, Any] = field(default_factory=dict)
    whole: bool = field(default=True, compare=False)


def load(top: Path) -> RunLog:
    """What runs into this folder left; nothing where there is no file that can be used."""
    try:
        value = json.loads((top / storage.HIDDEN / NAME).read_bytes())
        if value["schema"] != SCHEMA:
            return RunLog()
        return RunLog(
            roots=_texts(value["roots"]),
            folders=_texts(value["folders"]),
            not_done=tuple(
                UndoneRecording(**{**one, "place": TalkPlace(**one["place"])}) for one in value["not_done"]
            ),
            skipped=tuple(SkippedFile(**one) for one in value["skipped"]),
            about={str(path): CatalogueTalk(**one) for path, one in value["about"].items()},
            version=str(value.get("version", "")),
            thresholds=dict(value.get("thresholds", {})),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return RunLog()


def save(top: Path, run: RunLog) -> None:
    """Keep it.

    Raises:
        OSError: the folder cannot be written.
    """
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "roots": list(run.roots),
        "folders": list(run.folders),
        "not_done": [asdict(one) for one in run.not_done],
        "skipped": [asdict(one) for one in run.skipped],
        "about": {path: asdict(one) for path, one in run.about.items()},
        "version": run.version,
        "thresholds": dict(run.thresholds),
    }
    hidden = top / storage.HIDDEN
    write_whole(hidden / NAME, json.dumps(value).encode(), mode=None, aside=hidden / "index.run.part")


def merged(before: RunLog, now: RunLog) -> RunLog:
    """Both together. Of what lies in the folders that were named now, only what is said now counts.

    Where not all in them was looked at, what was said before stands beside it.
    """

    def elsewhere(source: str) -> bool:
        return not now.whole or not any(within(source, root) for root in now.roots)

    known = {one.source for one in now.not_done} | {one.source for one in now.skipped}
    return RunLog(
        roots=tuple(dict.fromkeys((*now.roots, *before.roots)))[:_ROOTS],
        folders=tuple(dict.fromkeys((*before.folders, *now.folders))),
        not_done=(
            *now.not_done,
            *(one for one in before.not_done if elsewhere(one.source) and one.source not in known),
        ),
        skipped=(
            *now.skipped,
            *(one for one in before.skipped if elsewhere(one.source) and one.source not in known),
        ),
        about={**before.about, **now.about},
        version=now.version or before.version,
        thresholds=now.thresholds or before.thresholds,
    )


def within(path: str, root: str) -> bool:
    """Whether a path is the root, or lies below it."""
    return path == root or path.startswith(root.rstrip("/") + "/")


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
