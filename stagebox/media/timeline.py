"""What is drawn along a talk's length: its waveform, its findings, the alarms that were raised live. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

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
_WORDS = {Severity.CRITICAL: "critical", Severity.WARNING: "needs a look", Severity.NOTE: "note"}
_MARKS = 7


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the talk: where it begins and how wide it is on the drawing, and what is told of it."""

    x: float
    width: float
    colour: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All that is drawn along a talk's length, as `drawings.html` draws it.

    Args:
        points: the outline of the waveform, as SVG has it; empty without sound.
        axis: times to write under it, evenly spread from start to end.
        legend: colour and meaning of the severities that are in it.
    """

    width: int = WIDTH
    height: int = HEIGHT
    points: str = ""
    findings: tuple[Box, ...] = ()
    alarms: tuple[Box, ...] = ()
    axis: tuple[str, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()


def line(report: Report, waveform: Sequence[tuple[float, float]], raised: Sequence[LiveAlarm]) -> Line:
    """The waveform with a box for each finding that has a place, and the alarms that were raised live."""
    length_s = report.duration_s
    placed = [finding for finding in report.findings if _is_a_place(finding, report)]
    used = {finding.severity for finding in placed}
    return Line(
        points=_outline(waveform),
        findings=tuple(
            _box(one.start_s, one.end_s, length_s, COLOURS[one.severity], f"{one.code} {clock(one.start_s)}")
            for one in sorted(placed, key=lambda one: one.severity.rank)
        ),
        alarms=tuple(
            _box(
                *(one.start_s, one.end_s, length_s, ALARM_COLOURS.get(one.level, "#63b3ff")),
                f"{one.code} {clock(one.start_s)} {one.text}",
            )
            for one in (raised if length_s > 0 else ())
        ),
        axis=tuple(clock(length_s * number / (_MARKS - 1)) for number in range(_MARKS)),
        legend=tuple((COLOURS[severity], word) for severity, word in _WORDS.items() if severity in used),
    )


def _outline(waveform: Sequence[tuple[float, float]]) -> str:
    if not waveform:
        return ""
    middle, columns = HEIGHT / 2, thinned(waveform, COLUMNS)
    step = WIDTH / len(columns)
    top = [f"{n * step:.1f},{middle - high * middle:.1f}" for n, (_, high) in enumerate(columns)]
    bottom = [f"{n * step:.1f},{middle - low * middle:.1f}" for n, (low, _) in enumerate(columns)]
    return " ".join([*top, *reversed(bottom)])


def _is_a_place(finding: Finding, report: Report) -> bool:
    """Whether a finding is about a part of the talk and not about the whole file."""
    whole = finding.start_s <= 0 and finding.end_s >= report.duration_s - 0.001
    about_file = finding.code in (Code.NOT_LOSSLESS, Code.CORRUPT, Code.UNREADABLE)
    return report.duration_s > 0 and finding.end_s > 0 and not (whole and about_file)


def _box(start_s: float, end_s: float, length_s: float, colour: str, told: str) -> Box:
    x = min(max(start_s / length_s, 0.0) * WIDTH, WIDTH - _NARROWEST)
    return Box(x, max(min(end_s / length_s, 1.0) * WIDTH - x, _NARROWEST), colour, told)
