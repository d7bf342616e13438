"""Where the reports of an output folder are, and how they get there."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stagebox.media import earlier_verdict, overview, report_html, storage, talk_review, timeline
from stagebox.media.job import Job
from stagebox.media.manifest import ManifestEntry
from stagebox.model.report import Report
from stagebox.system.files import write_whole

if TYPE_CHECKING:
    from stagebox.media.pass_result import PassResult

FOLDER = "reports"


def report_path(out: Path, stem: str) -> Path:
    """The JSON report of the talk with this stem."""
    return out / FOLDER / f"{report_html.page_stem(stem)}.json"


def page_path(out: Path, stem: str) -> Path:
    """The HTML report of the talk with this stem."""
    return out / FOLDER / f"{report_html.page_stem(stem)}.html"


def taken(out: Path) -> Callable[[str], bool]:
    """Tells of a stem whether a report of that name is there now.

    Raises:
        OSError: the folder cannot be read.
    """
    there = storage.names_in(out / FOLDER)
    return lambda stem: storage.folded(report_path(out, stem).name) in there


def summary(job: Job, taken: "PassResult | None") -> Mapping[str, Any]:
    """What the index shows of a talk beside its report."""
    inner = job.out.relative_to(job.top).parts if job.top and job.out.is_relative_to(job.top) else ()
    return {
        "title": job.facts.title,
        "speaker": job.facts.speaker,
        "room": job.facts.room,
        "event": job.facts.event,
        "started_at": job.facts.started_at,
        "index": report_html.index_address(job),
        "inner": list(inner),
        "loudness_lufs": taken.analysis.loudness_lufs if taken is not None else None,
        "picture": poster.data_uri if (poster := _overview(job, taken).poster) is not None else "",
        **({} if job.gaps_s is None else {"joined": {"name": job.name, "gaps_s": list(job.gaps_s)}}),
    }


def write(
    job: Job, entry: ManifestEntry, taken: "PassResult | None", hidden: Path, key: str
) -> tuple[Path, Path]:
    """Write a talk's JSON and HTML report and what views show beside them; returns the first two's paths.

    Raises:
        StorageError: the folder cannot be written.
    """
    out, seen = job.out, _overview(job, taken)
    try:
        (out / FOLDER).mkdir(exist_ok=True)
        beside = overview.path_beside(report_path(out, entry.stem))
        write_whole(beside, seen.to_json(), mode=None, aside=hidden / f"{key}.view.part")
    except OSError as error:
        raise storage.folder_error(out, error) from None
    return write_said(out, entry, seen, hidden, key)


def write_said(
    out: Path, entry: ManifestEntry, seen: overview.TalkOverview, hidden: Path, key: str
) -> tuple[Path, Path]:
    """Write a talk's JSON and HTML report with what people said of it; returns their paths.

    Raises:
        StorageError: the folder cannot be written.
    """
    said = talk_review.load(hidden, key)
    path, page = report_path(out, entry.stem), page_path(out, entry.stem)
    value = {**entry.report.to_json(), **talk_review.beside(entry.report, said)}
    told = earlier_verdict.compared(entry, said)
    value |= earlier_verdict.beside(told)
    html = report_html.session_page(entry, seen, talk_review.judge(entry.report, said), compared=told)
    try:
        (out / FOLDER).mkdir(exist_ok=True)
        write_whole(path, _json(value), mode=None, aside=hidden / f"{key}.report.part")
        write_whole(
            page, html.encode("utf-8", "backslashreplace"), mode=None, aside=hidden / f"{key}.page.part"
        )
    except OSError as error:
        raise storage.folder_error(out, error) from None
    return path, page


def write_report(out: Path, stem: str, report: Report, hidden: Path, key: str) -> None:
    """Write a JSON report alone.

    Raises:
        OSError: the folder cannot be written.
    """
    (out / FOLDER).mkdir(exist_ok=True)
    write_whole(
        report_path(out, stem), _json(report.to_json()), mode=None, aside=hidden / f"{key}.report.part"
    )


def _overview(job: Job, taken: "PassResult | None") -> overview.TalkOverview:
    if taken is None:
        return overview.TalkOverview(alarms=job.alarms)
    return overview.TalkOverview(
        loudness_lufs=taken.analysis.loudness_lufs,
        waveform=overview.thinned(taken.analysis.waveform, timeline.COLUMNS),
        alarms=job.alarms,
        pictures=taken.pictures,
    )


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
