"""Drawings of a talk along its length: a bar for the index, a waveform with its findings for the page."""

from collections.abc import Sequence
from html import escape

from stagebox.media.job import LiveAlarm
from stagebox.media.overview import thinned
from stagebox.model.figures import clock
from stagebox.model.report import Code, Finding, Report, Severity

WIDTH = 1000
HEIGHT = 120
COLUMNS = 500
COLOURS = {Severity.NOTE: "#63b3ff", Severity.WARNING: "#ffb52e", Severity.CRITICAL: "#ff5a52"}
ALARM_COLOURS = {"critical": "#ff5a52", "warning": "#ffb52e"}
_NARROWEST = 3.0


def wave(report: Report, waveform: Sequence[tuple[float, float]]) -> str:
    """The sound's waveform, with a band for each finding that has a place."""
    middle = HEIGHT / 2
    shape = f'<line x1="0" x2="{WIDTH}" y1="{middle}" y2="{middle}" stroke="#2d3640"/>'
    if waveform:
        columns = thinned(waveform, COLUMNS)
        step = WIDTH / len(columns)
        top = [f"{n * step:.1f},{middle - high * middle:.1f}" for n, (_, high) in enumerate(columns)]
        bottom = [f"{n * step:.1f},{middle - low * middle:.1f}" for n, (low, _) in enumerate(columns)]
        shape += f'<polygon fill="#44d492" opacity="0.75" points="{" ".join([*top, *reversed(bottom)])}"/>'
    bands = "".join(
        _box(finding, report.duration_s, 0, HEIGHT, COLOURS[finding.severity], 0.35)
        + _box(finding, report.duration_s, 0, 5, COLOURS[finding.severity], 1.0)
        for finding in sorted(report.findings, key=lambda one: one.severity.rank)
        if _is_a_place(finding, report)
    )
    return (
        f'<svg class="wave" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="Waveform and findings">{shape}{bands}</svg>'
    )


def alarms(raised: Sequence[LiveAlarm], duration_s: float) -> str:
    """A lane with the alarms that were raised live; empty without any."""
    if not raised or duration_s <= 0:
        return ""
    boxes = "".join(
        _rectangle(
            alarm.start_s / duration_s, alarm.end_s / duration_s, 2, 10,
            ALARM_COLOURS.get(alarm.level, "#63b3ff"), 1.0,
            f"{alarm.code} {clock(alarm.start_s)} {alarm.text}",
        )
        for alarm in raised
    )  # fmt: skip
    return (
        f'<svg class="alarms" viewBox="0 0 {WIDTH} 14" preserveAspectRatio="none" role="img" '
        f'aria-label="Alarms raised live"><rect width="{WIDTH}" height="14" fill="#1f262e"/>{boxes}</svg>'
    )


def axis(duration_s: float, marks: int = 7) -> list[str]:
    """Times to write under a drawing, evenly spread from start to end."""
    return [clock(duration_s * number / (marks - 1)) for number in range(marks)]


def legend(report: Report, raised: Sequence[LiveAlarm]) -> str:
    """What the colours mean, as far as they are used."""
    words = {Severity.CRITICAL: "critical", Severity.WARNING: "needs a look", Severity.NOTE: "note"}
    used = {finding.severity for finding in report.findings if _is_a_place(finding, report)}
    parts = [
        f'<span><i style="background:{COLOURS[severity]}"></i>{word}</span>'
        for severity, word in words.items()
        if severity in used
    ]
    if raised:
        parts.append("<span>lower lane: alarms raised live, and marked moments</span>")
    return "".join(parts)


def _is_a_place(finding: Finding, report: Report) -> bool:
    """Whether a finding is about a part of the talk and not about the whole file."""
    whole = finding.start_s <= 0 and finding.end_s >= report.duration_s - 0.001
    about_file = finding.code in (Code.NOT_LOSSLESS, Code.CORRUPT, Code.UNREADABLE)
    return report.duration_s > 0 and finding.end_s > 0 and not (whole and about_file)


def _box(finding: Finding, duration_s: float, top: float, height: float, colour: str, opacity: float) -> str:
    told = f"{finding.code} {clock(finding.start_s)}"
    return _rectangle(
        finding.start_s / duration_s, finding.end_s / duration_s, top, height, colour, opacity, told
    )


def _rectangle(
    start: float, end: float, top: float, height: float, colour: str, opacity: float, told: str
) -> str:
    x = min(max(start, 0.0) * WIDTH, WIDTH - _NARROWEST)
    width = max(min(end, 1.0) * WIDTH - x, _NARROWEST)
    return (
        f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{height}" fill="{colour}" '
        f'opacity="{opacity}"><title>{escape(told)}</title></rect>'
    )
