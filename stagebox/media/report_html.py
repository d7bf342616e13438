"""What stands on the report page of one talk; how it looks is `html/talk.html`. On disk it runs no script."""

import os
import shlex
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from stagebox.media import html, timeline
from stagebox.media.index.few_words import brief
from stagebox.media.index.rows import ReviewedReport, as_found
from stagebox.media.index.talk_place import place_of
from stagebox.media.job import Job
from stagebox.media.manifest import ManifestEntry
from stagebox.media.overview import TalkOverview
from stagebox.media.runner import shown
from stagebox.media.storage import folded
from stagebox.media.verdict_changes import VerdictComparison
from stagebox.model.figures import clock
from stagebox.model.report import Finding, Report, RescueReport, Severity, Verdict
from stagebox.model.verdicts import SETTLED, verdict_words

BADGES = {Verdict.OK: "✓", Verdict.FLAGGED: "◆", Verdict.FAILED: "▲"}
SIGNS = {Severity.NOTE: "○", Severity.WARNING: "◆", Severity.CRITICAL: "▲"}


def page_stem(stem: str) -> str:
    """The stem of a talk's reports: its own, but for the one that is the index's on any file system."""
    return f"{stem} (talk)" if folded(stem) == "index" else stem


def session_page(
    entry: ManifestEntry,
    seen: TalkOverview,
    judged: ReviewedReport | None = None,
    *,
    compared: VerdictComparison | None = None,
    served: bool = False,
    back: str = "",
) -> str:
    """The page of one talk.

    Args:
        seen: what is shown beside the report.
        judged: the report with the words that people left on it; None: nobody did.
        compared: the verdict beside the last one that was made with something else; None: there was none.
        served: a box serves the page, so that a finding can be accepted in it; the MP4 is not in reach then.
        back: the address of the page of all talks, where a box serves it.
    """
    report, about = entry.report, entry.page
    judged = judged if judged is not None else as_found(report)
    place = place_of([str(name) for name in about.get("inner") or ()], entry.stem)
    title, speaker, room, event, started_at = (
        str(about.get(name) or "") for name in ("title", "speaker", "room", "event", "started_at")
    )
    known = (speaker, room or place.room, event, started_at or f"{place.day} {place.time}".strip())
    linked = not served
    rescue = report.rescue.output if report.rescue is not None else None
    return html.page(
        "talk.html",
        scripts=served,
        script=html.source("accept.js"),
        style=html.source("style.css"),
        served=served,
        back=back if served else str(about.get("index") or "index.html"),
        title=title or entry.stem,
        known=[text for text in known if text],
        report=report,
        judged=judged,
        badge=SETTLED.get(judged.settled) or f"{BADGES[judged.verdict]} {verdict_words(judged.verdict)}",
        in_short=_in_short(report, judged),
        seen=seen,
        line=timeline.line(replace(report, findings=judged.counts), seen.waveform, seen.alarms),
        counting=sorted(judged.counts, key=lambda one: (-one.severity.rank, one.start_s)),
        signs=SIGNS,
        video=_video(entry) if linked else "",
        rescue_video=f"../{_link(Path(rescue).name)}" if linked and rescue else "",
        recordings=[source.path for source in entry.sources] or [report.source],
        placed=_placed(report.rescue) if report.rescue is not None else "",
        compared=compared,
        was=verdict_words(compared.verdict_before) if compared and compared.verdict_before else "",
        brief=brief,
        when=_when,
        command=lambda finding: _command(report, finding),
    )


def index_address(job: Job) -> str:
    """The address of the page of all talks as seen from the page of this one."""
    if job.top is None:
        return "index.html"
    inner = os.path.relpath(os.fsencode(job.top / "reports" / "index.html"), os.fsencode(job.out / "reports"))
    return quote(inner)


def _in_short(report: Report, judged: ReviewedReport) -> str:
    if judged.settled:
        return f"{judged.said}."
    if not report.usable:
        return "No MP4 could be made of this recording."
    proven = {
        True: "The output holds exactly what was recorded.",
        False: "The output does not hold exactly what was recorded.",
        None: "No output was made.",
    }[report.lossless]
    said = f" {judged.said}." if judged.said else ""
    if judged.verdict is Verdict.OK:
        accepted = " What was found is accepted." if judged.accepted else " Nothing needs a look."
        return f"{proven}{accepted}{said}"
    worst = min(judged.counts, key=lambda finding: (-finding.severity.rank, finding.start_s))
    return f"{proven} First of all: {worst.message}{said}"


def _video(entry: ManifestEntry) -> str:
    """The address of the output as seen from its report; empty without one."""
    if entry.output is None:
        return ""
    suffix = ".mkv" if entry.output.path.endswith(".mkv") else ".mp4"
    return "../" + _link(entry.stem + suffix)


def _link(name: str) -> str:
    return quote(name.encode("utf-8", "surrogateescape"))


def _when(finding: Finding) -> str:
    """Where a finding is: "1:10 – 1:20"."""
    start, end = clock(finding.start_s), clock(finding.end_s)
    return start if start == end else f"{start} – {end}"


def _command(report: Report, finding: Finding) -> str:
    """How a finding is accepted in a terminal."""
    path = shlex.quote(shown(report.output or report.source))
    return f"stagebox accept {path} {finding.code}@{finding.start_s:g} --note '…'"


def _placed(rescue: RescueReport) -> str:
    """How the backup was put in its place, and how well it fits."""
    if rescue.method == "clock":
        return "by the clocks alone, within some tenths of a second: look whether lips and words agree"
    drift = "" if rescue.drift_ppm is None else f", drift of {rescue.drift_ppm:.0f} ppm taken out"
    return f"by comparing the sounds, within {(rescue.residual_s or 0.0) * 1000:.0f} ms{drift}"
