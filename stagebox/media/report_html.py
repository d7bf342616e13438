"""The report pages: one a talk, and an index of the event. A page needs no other file and runs no script.

All text from outside (titles, file names, messages) is escaped.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from stagebox.media import timeline
from stagebox.media.job import Job
from stagebox.media.manifest import Entry
from stagebox.media.report_style import CSS
from stagebox.media.runner import shown
from stagebox.media.storage import folded
from stagebox.media.timeline import clock
from stagebox.model.report import Finding, Report, Severity, Verdict

if TYPE_CHECKING:
    from stagebox.media.taken import Taken

BADGES = {Verdict.OK: "✓ Good", Verdict.FLAGGED: "◆ Look", Verdict.FAILED: "▲ Failed"}
SIGNS = {Severity.NOTE: "○", Severity.WARNING: "◆", Severity.CRITICAL: "▲"}
_ORDER = {Verdict.FAILED: 0, Verdict.FLAGGED: 1, Verdict.OK: 2}


def page_stem(stem: str) -> str:
    """The stem of a talk's reports: its own, but for the one that is the index's on any file system."""
    return f"{stem} (talk)" if folded(stem) == "index" else stem


def session_page(job: Job, entry: Entry, taken: "Taken | None") -> str:
    """The page of one talk."""
    report = entry.report
    title = job.facts.title or entry.stem
    known = (job.facts.speaker, job.facts.room, job.facts.event, job.facts.started_at)
    facts = " · ".join(escape(shown(text)) for text in known if text)
    parts = [
        '<p class="quiet"><a href="index.html">← All talks</a></p>',
        f"<header><div><h1>{escape(shown(title))}</h1>",
        f'<p class="quiet">{facts + " · " if facts else ""}{clock(report.duration_s)}</p></div>',
        f"{_badge(report)}</header>",
        f"<p>{escape(_in_short(report))}</p>",
        _timeline(job, report, taken),
        "<h2>What was found</h2>",
        _findings(report, _video(entry)),
        "<h2>Facts</h2>",
        _facts(entry, report),
    ]
    return _page(shown(title), "".join(parts))


def index_page(entries: Sequence[Entry]) -> str:
    """The page of all talks: those that need a look come first and are larger."""
    events = {str(entry.page.get("event", "")) for entry in entries} - {""}
    title = events.pop() if len(events) == 1 else "Recordings"
    counts = {verdict: sum(entry.report.verdict is verdict for entry in entries) for verdict in Verdict}
    words = {Verdict.FAILED: "failed", Verdict.FLAGGED: "to look at", Verdict.OK: "good"}
    total_s = sum(entry.report.duration_s for entry in entries)
    head = "".join(
        f'<span class="{verdict if counts[verdict] else "none"}">{counts[verdict]} {words[verdict]}</span>'
        for verdict in _ORDER
    )
    ordered = sorted(
        entries,
        key=lambda entry: (_ORDER[entry.report.verdict], str(entry.page.get("started_at", "")), entry.stem),
    )
    rows = "".join(_row(entry) for entry in ordered)
    return _page(
        shown(title),
        f"<header><div><h1>{escape(shown(title))}</h1>"
        f'<p class="quiet">{len(entries)} recordings, {clock(total_s)} in all</p></div></header>'
        f'<div class="counts">{head}</div>{rows}',
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="generator" content="stagebox">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';img-src data:;'
        "style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{CSS}</style></head><body>{body}</body></html>\n"
    )


def _badge(report: Report) -> str:
    return f'<div class="badge {report.verdict}">{BADGES[report.verdict]}</div>'


def _in_short(report: Report) -> str:
    if not report.usable:
        return "No MP4 could be made of this recording."
    proven = {
        True: "The output holds exactly what was recorded.",
        False: "The output does not hold exactly what was recorded.",
        None: "No output was made.",
    }[report.lossless]
    if report.verdict is Verdict.OK:
        return f"{proven} Nothing needs a look."
    worst = _by_weight(report)[0]
    return f"{proven} First of all: {worst.message}"


def _by_weight(report: Report) -> list[Finding]:
    return sorted(report.findings, key=lambda finding: (-finding.severity.rank, finding.start_s))


def _row(entry: Entry) -> str:
    report, page = entry.report, entry.page
    good = report.verdict is Verdict.OK
    title = str(page.get("title") or entry.stem)
    known = [str(page.get("speaker") or ""), str(page.get("room") or ""), clock(report.duration_s)]
    picture = str(page.get("picture") or "")
    thumb = (
        f'<img class="thumb" alt="" src="{escape(picture)}">' if picture else '<span class="thumb"></span>'
    )
    return (
        f'<a class="row{" small" if good else ""}" href="{_link(page_stem(entry.stem) + ".html")}">{thumb}'
        f"<div><strong>{escape(shown(title))}</strong>"
        f'<p class="quiet">{escape(shown(" · ".join(text for text in known if text)))}</p></div>'
        f'<div class="middle">{timeline.bar(report)}'
        f'<p class="quiet">{escape(shown(_row_words(entry)))}</p></div>'
        f"{_badge(report)}</a>"
    )


def _row_words(entry: Entry) -> str:
    report, loudness = entry.report, entry.page.get("loudness_lufs")
    if report.verdict is Verdict.OK:
        level = f", {loudness:.0f} LUFS" if isinstance(loudness, (int, float)) else ""
        kind = "MKV" if (report.output or "").endswith(".mkv") else "MP4"
        return f"{kind} proven{level}".replace("-", "−")
    worst = _by_weight(report)[0]
    more = sum(finding.severity is not Severity.NOTE for finding in report.findings) - 1
    where = f"{_when(worst)}: " if report.usable and worst.end_s > 0 else ""
    return f"{where}{worst.message} {worst.remedy}" + (f" (and {more} more)" if more > 0 else "")


def _when(finding: Finding) -> str:
    start, end = clock(finding.start_s), clock(finding.end_s)
    return start if start == end else f"{start} – {end}"


def _link(name: str) -> str:
    return escape(quote(name.encode("utf-8", "surrogateescape")))


def _video(entry: Entry) -> str:
    """The address of the output as seen from its report; empty without one."""
    if entry.output is None:
        return ""
    suffix = ".mkv" if entry.output.path.endswith(".mkv") else ".mp4"
    return "../" + _link(entry.stem + suffix)


def _timeline(job: Job, report: Report, taken: "Taken | None") -> str:
    if taken is None or report.duration_s <= 0:
        return ""
    pictures = "".join(
        f'<img alt="Picture at {clock(picture.at_s)}" title="{clock(picture.at_s)}" src="{picture.data_uri}">'
        for picture in taken.pictures
    )
    loudness = taken.analysis.loudness_lufs
    told = (
        f"Loudness {loudness:.1f} LUFS".replace("-", "−")
        if loudness is not None
        else "No loudness was measured"
    )
    marks = "".join(f"<span>{mark}</span>" for mark in timeline.axis(report.duration_s))
    return (
        f'<h2>Timeline</h2><div class="panel"><div class="strip">{pictures}</div>'
        f"{timeline.wave(report, taken.analysis.waveform)}"
        f"{timeline.alarms(job.alarms, report.duration_s)}"
        f'<div class="axis">{marks}</div>'
        f'<div class="legend">{timeline.legend(report, job.alarms)}<span>{told}</span></div></div>'
    )


def _findings(report: Report, video: str) -> str:
    if not report.findings:
        return '<div class="panel"><span class="good">✓</span> Nothing.</div>'
    return f'<div class="panel">{"".join(_finding(one, video) for one in _by_weight(report))}</div>'


def _finding(finding: Finding, video: str) -> str:
    when = escape(_when(finding)) if finding.end_s > 0 else "—"
    if video and finding.end_s > 0:
        when = f'<a href="{video}#t={finding.start_s:.1f}" title="Play from here">{when}</a>'
    return (
        f'<div class="finding"><div class="sign {finding.severity}" title="{finding.severity}">'
        f'{SIGNS[finding.severity]}</div><div class="when">{when}</div><div>'
        f'<span class="code {finding.severity}">{_words(finding.code)}</span> '
        f'{escape(shown(finding.message))}<p class="quiet">{escape(shown(finding.remedy))}</p></div></div>'
    )


def _words(code: str) -> str:
    return escape(code.replace("_", " "))


def _facts(entry: Entry, report: Report) -> str:
    sources = "<br>".join(escape(shown(source.path)) for source in entry.sources) or escape(
        shown(report.source)
    )
    output = f'<a href="{_video(entry)}">{escape(shown(report.output))}</a>' if report.output else "none"
    streams = "".join(
        f"<tr><td>{stream.index}</td><td>{stream.kind}</td><td>{escape(stream.codec)}</td>"
        f"<td>{stream.packets:,}</td><td><code>{escape(stream.hash)}</code></td></tr>"
        for stream in report.streams
    ).replace(",", " ")
    lossless = {True: "yes, every packet is equal", False: "no", None: "—"}[report.lossless]
    table = (
        "<table><tr><th>Stream</th><th>Kind</th><th>Codec</th><th>Packets</th>"
        f"<th>Hash of all packets</th></tr>{streams}</table>"
        if streams
        else ""
    )
    return (
        f'<div class="panel"><dl><dt>Recording</dt><dd>{sources}</dd><dt>Output</dt><dd>{output}</dd>'
        f"<dt>Lossless</dt><dd>{lossless}</dd><dt>Length</dt><dd>{clock(report.duration_s)} "
        f"({report.duration_s:.3f} s)</dd>{_rescue(report)}</dl>"
        f'<div style="margin-top:16px">{table}</div></div>'
    )


def _rescue(report: Report) -> str:
    """Where the second output is, with the backup's sound, and how well it fits; or why there is none."""
    rescue = report.rescue
    if rescue is None:
        return ""
    if rescue.output is None:
        return f"<dt>Rescue sound</dt><dd>none: {escape(shown(rescue.why_not))}</dd>"
    drift = "" if rescue.drift_ppm is None else f", drift of {rescue.drift_ppm:.0f} ppm taken out"
    placed = {
        "correlation": f"by comparing the sounds, within {(rescue.residual_s or 0.0) * 1000:.0f} ms{drift}",
        "clock": "by the clocks alone, within some tenths of a second: look whether lips and words agree",
    }[rescue.method]
    name = Path(rescue.output).name
    return (
        f'<dt>Rescue sound</dt><dd><a href="../{_link(name)}">{escape(shown(rescue.output))}</a><br>'
        f"{rescue.gained_s:.1f} s of sound more, from the backup, which was put in its place {placed}.</dd>"
    )
