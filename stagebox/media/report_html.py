"""The report page of one talk. It needs no other file; on disk it runs no script.

All text from outside (titles, file names, messages) is escaped.
"""

import base64
import hashlib
import os
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote

from stagebox.media import said_html, timeline
from stagebox.media.changes import Compared
from stagebox.media.index.places import place_of
from stagebox.media.index.rows import Judged, as_found
from stagebox.media.job import Job
from stagebox.media.manifest import Entry
from stagebox.media.overview import Overview
from stagebox.media.report_style import CSS
from stagebox.media.runner import shown
from stagebox.media.storage import folded
from stagebox.model.figures import clock, lasting
from stagebox.model.report import Report, Verdict
from stagebox.model.verdicts import SETTLED, verdict_words

BADGES = {Verdict.OK: "✓", Verdict.FLAGGED: "◆", Verdict.FAILED: "▲"}


def page_stem(stem: str) -> str:
    """The stem of a talk's reports: its own, but for the one that is the index's on any file system."""
    return f"{stem} (talk)" if folded(stem) == "index" else stem


def session_page(
    entry: Entry,
    seen: Overview,
    judged: Judged | None = None,
    *,
    compared: Compared | None = None,
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
    title = str(about.get("title") or "") or entry.stem
    place = place_of([str(name) for name in about.get("inner") or ()], entry.stem)
    speaker, room, event, started_at = (
        str(about.get(name) or "") for name in ("speaker", "room", "event", "started_at")
    )
    known = (speaker, room or place.room, event, started_at or f"{place.day} {place.time}".strip())
    facts = " · ".join(escape(shown(text)) for text in known if text)
    back = escape(back) if served else _index(entry)
    parts = [
        f'<p class="quiet"><a class="link" href="{back}">← All talks</a></p>' if back else "",
        f"<header><div><h1>{escape(shown(title))}</h1>",
        f'<p class="quiet">{facts + " · " if facts else ""}{clock(report.duration_s)}</p></div>',
        f"{_judged_badge(judged)}</header>",
        f"<p>{escape(_in_short(report, judged))}</p>",
        _timeline(report, judged, seen),
        "<h2>What was found</h2>",
        said_html.findings(entry, judged, "" if served else _video(entry), served=served),
        _since(compared),
        "<h2>Facts</h2>",
        _facts(entry, report, linked=not served),
    ]
    return _page(shown(title), "".join(parts), said_html.SCRIPT if served else "")


def index_address(job: Job) -> str:
    """The address of the page of all talks as seen from the page of this one."""
    if job.top is None:
        return "index.html"
    inner = os.path.relpath(os.fsencode(job.top / "reports" / "index.html"), os.fsencode(job.out / "reports"))
    return quote(inner)


def _index(entry: Entry) -> str:
    """The address of the page of all talks as seen from the page of this one."""
    return escape(str(entry.page.get("index") or "index.html"))


def _page(title: str, body: str, script: str = "") -> str:
    allowed = f";script-src 'sha256-{_digest(script)}';connect-src 'self'" if script else ""
    running = f"<script>{script}</script>" if script else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="generator" content="stagebox">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';img-src data:;'
        f"style-src 'unsafe-inline'{allowed}\">"
        f"<title>{escape(title)}</title><style>{CSS}</style></head><body>{body}{running}</body></html>\n"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _judged_badge(judged: Judged) -> str:
    if judged.settled:
        return f'<div class="badge settled">{SETTLED[judged.settled]}</div>'
    word = f"{BADGES[judged.verdict]} {verdict_words(judged.verdict)}"
    return f'<div class="badge {judged.verdict}">{word}</div>'


def _in_short(report: Report, judged: Judged) -> str:
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


def _since(told: Compared | None) -> str:
    """What is another than the last time."""
    if told is None or told.state == "same":
        return ""
    lines = "".join(f"<li>{escape(shown(one.text))}</li>" for one in told.changes)
    was = f"It was “{verdict_words(told.verdict_before)}”. " if told.verdict_before else ""
    listed = f"<ul>{lines}</ul>" if lines else f"<p>{escape(told.text)}</p>"
    return (
        f'<h2>Since the last run</h2><div class="panel">{listed}'
        f'<p class="quiet">{was}{escape(shown(told.since.text))}</p></div>'
    )


def _link(name: str) -> str:
    return escape(quote(name.encode("utf-8", "surrogateescape")))


def _video(entry: Entry) -> str:
    """The address of the output as seen from its report; empty without one."""
    if entry.output is None:
        return ""
    suffix = ".mkv" if entry.output.path.endswith(".mkv") else ".mp4"
    return "../" + _link(entry.stem + suffix)


def _timeline(report: Report, judged: Judged, seen: Overview) -> str:
    if report.duration_s <= 0:
        return ""
    pictures = "".join(
        f'<img alt="Picture at {clock(picture.at_s)}" title="{clock(picture.at_s)}" src="{picture.data_uri}">'
        for picture in seen.pictures
    )
    loudness = seen.loudness_lufs
    told = (
        f'<abbr title="{_LOUDNESS}">Loudness {loudness:.1f} LUFS</abbr>'.replace("-", "−")
        if loudness is not None
        else "No loudness was measured"
    )
    marks = "".join(f"<span>{mark}</span>" for mark in timeline.axis(report.duration_s))
    counting = replace(report, findings=judged.counts)
    return (
        f'<h2>Timeline</h2><div class="panel"><div class="strip">{pictures}</div>'
        f"{timeline.wave(counting, seen.waveform)}"
        f"{timeline.alarms(seen.alarms, report.duration_s)}"
        f'<div class="axis">{marks}</div>'
        f'<div class="legend">{timeline.legend(counting, seen.alarms)}<span>{told}</span></div></div>'
    )


_LOUDNESS = "How loud a listener finds the whole: talks are well at some -16 to -24, softer below."


def _facts(entry: Entry, report: Report, *, linked: bool = True) -> str:
    sources = "<br>".join(escape(shown(source.path)) for source in entry.sources) or escape(
        shown(report.source)
    )
    output = escape(shown(report.output)) if report.output else "none"
    if linked and report.output:
        output = f'<a href="{_video(entry)}">{output}</a>'
    streams = "".join(
        f"<tr><td>{stream.index}</td><td>{stream.kind}</td><td>{escape(stream.codec)}</td>"
        f"<td>{stream.packets:,}</td><td><code>{escape(stream.hash)}</code></td></tr>"
        for stream in report.streams
    ).replace(",", " ")
    lossless = {True: "yes: picture and sound are the same, byte by byte", False: "no", None: "—"}[
        report.lossless
    ]
    table = (
        f'<details><summary>Details</summary><p class="quiet">{_HASHES}</p>'
        "<table><tr><th>Stream</th><th>Kind</th><th>Codec</th><th>Packets</th>"
        f"<th>Hash of all packets</th></tr>{streams}</table></details>"
        if streams
        else ""
    )
    return (
        f'<div class="panel"><dl><dt>Recording</dt><dd>{sources}</dd><dt>Output</dt><dd>{output}</dd>'
        f"<dt>As recorded</dt><dd>{lossless}</dd><dt>Length</dt><dd>{lasting(report.duration_s)}"
        f"</dd>{_rescue(report, linked=linked)}</dl>{table}</div>"
    )


_HASHES = (
    "Picture and sound are written as small packets. The hash is a figure made from all packets of a stream: "
    "where it is the same in recording and MP4, not a byte differs."
)


def _rescue(report: Report, *, linked: bool) -> str:
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
    output = escape(shown(rescue.output))
    if linked:
        output = f'<a href="../{_link(Path(rescue.output).name)}">{output}</a>'
    return (
        f"<dt>Rescue sound</dt><dd>{output}<br>"
        f"{rescue.gained_s:.1f} s of sound more, from the backup, which was put in its place {placed}.</dd>"
    )
