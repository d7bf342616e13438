"""Where the reports of an output folder are, and how they get there."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stagebox.media import manifest, overview, report_html, storage
from stagebox.media.job import Job
from stagebox.media.manifest import Entry
from stagebox.model.report import Report

if TYPE_CHECKING:
    from stagebox.media.taken import Taken

FOLDER = "reports"
INDEX_SCHEMA = "stagebox.index/1"
_INDEX_DEADLINE_S = 60.0


def report_path(out: Path, stem: str) -> Path:
    """The JSON report of the talk with this stem."""
    return out / FOLDER / f"{report_html.page_stem(stem)}.json"


def page_path(out: Path, stem: str) -> Path:
    """The HTML report of the talk with this stem."""
    return out / FOLDER / f"{report_html.page_stem(stem)}.html"


def index_path(out: Path) -> Path:
    """The page that shows all talks of an output folder."""
    return out / FOLDER / "index.html"


def taken(out: Path) -> Callable[[str], bool]:
    """Tells of a stem whether a report of that name is there now.

    Raises:
        OSError: the folder cannot be read.
    """
    there = storage.names_in(out / FOLDER)
    return lambda stem: storage.folded(report_path(out, stem).name) in there


def summary(job: Job, taken: "Taken | None") -> Mapping[str, Any]:
    """What the index shows of a talk beside its report."""
    return {
        "title": job.facts.title,
        "speaker": job.facts.speaker,
        "room": job.facts.room,
        "event": job.facts.event,
        "started_at": job.facts.started_at,
        "loudness_lufs": taken.analysis.loudness_lufs if taken is not None else None,
        "picture": poster.data_uri if (poster := _overview(job, taken).poster) is not None else "",
    }


def write(job: Job, entry: Entry, taken: "Taken | None", hidden: Path, key: str) -> tuple[Path, Path]:
    """Write a talk's JSON and HTML report and what views show beside them; returns the first two's paths.

    Raises:
        StorageError: the folder cannot be written.
    """
    out = job.out
    try:
        (out / FOLDER).mkdir(exist_ok=True)
        told, page = report_path(out, entry.stem), page_path(out, entry.stem)
        storage.write_aside(told, _json(entry.report.to_json()), hidden / f"{key}.report.part")
        html = report_html.session_page(job, entry, taken)
        seen = overview.path_beside(told)
        storage.write_aside(seen, _overview(job, taken).to_json(), hidden / f"{key}.view.part")
        storage.write_aside(page, html.encode("utf-8", "backslashreplace"), hidden / f"{key}.page.part")
    except OSError as error:
        raise storage.folder_error(out, error) from None
    return told, page


def write_report(out: Path, stem: str, report: Report, hidden: Path, key: str) -> None:
    """Write a JSON report alone.

    Raises:
        OSError: the folder cannot be written.
    """
    (out / FOLDER).mkdir(exist_ok=True)
    storage.write_aside(report_path(out, stem), _json(report.to_json()), hidden / f"{key}.report.part")


def _overview(job: Job, taken: "Taken | None") -> overview.Overview:
    if taken is None:
        return overview.Overview(alarms=job.alarms)
    return overview.Overview(
        loudness_lufs=taken.analysis.loudness_lufs,
        waveform=overview.thinned(taken.analysis.waveform),
        alarms=job.alarms,
        pictures=taken.pictures,
    )


def write_index(out: Path) -> Path | None:
    """Write the index of an output folder as HTML and JSON; returns the page, None when nothing is there.

    Raises:
        StorageError: the folder cannot be written, or another run holds it.
    """
    hidden = out / storage.HIDDEN
    entries = manifest.entries(hidden)
    if not entries:
        return None
    with storage.exclusive(hidden, "index", deadline_s=_INDEX_DEADLINE_S):
        value = {
            "schema": INDEX_SCHEMA,
            "recordings": [
                {**entry.report.to_json(), "session": {**entry.page, "picture": None}} for entry in entries
            ],
        }
        page = index_path(out)
        try:
            page.parent.mkdir(exist_ok=True)
            storage.write_aside(page.with_suffix(".json"), _json(value), hidden / "index.json.part")
            html = report_html.index_page(entries)
            storage.write_aside(page, html.encode("utf-8", "backslashreplace"), hidden / "index.page.part")
        except OSError as error:
            raise storage.folder_error(out, error) from None
    return page


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
