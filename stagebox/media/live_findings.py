"""What was known while the talk was recorded and no file can tell: a source that was not there. Pure."""

from collections.abc import Iterable

from stagebox.media.findings import finding, table
from stagebox.media.job import LiveAlarm
from stagebox.media.thresholds import AWAY_NOTE_S, AWAY_WARNING_S
from stagebox.model.report import Code, Finding, Severity

TOLD = frozenset({Code.SOURCE_UNSET, Code.MISSING, Code.MUTED})
"""Alarms that are findings as well. A picture that stands still because its cable was pulled looks like a
slide; a microphone that was never chosen sounds like a quiet room."""


def findings(alarms: Iterable[LiveAlarm], duration_s: float) -> list[Finding]:
    """The findings that live alarms make; `duration_s` is the recording's length."""
    found = []
    for one in alarms:
        if one.code not in TOLD:
            continue
        code, level = Code(one.code), Severity(one.level)
        start_s, end_s = min(one.start_s, duration_s), min(one.end_s, duration_s)
        lasted_s = end_s - start_s
        if code is not Code.SOURCE_UNSET and lasted_s < AWAY_NOTE_S:
            continue
        if code is not Code.SOURCE_UNSET and lasted_s < AWAY_WARNING_S:
            level = Severity.NOTE
        evidence = {"told_live": True, "seconds": round(lasted_s, 3)}
        found.append(finding(code, level, start_s, end_s, _key(one), evidence, length_s=lasted_s))
    return found


def _key(one: LiveAlarm) -> str:
    """What is said of it afterwards: by what was said live, where that says more than which part it was."""
    live, says = one.sentence.said.code.partition(".")[2], table()[Code(one.code)].says
    return next((key for key in (live, one.role) if key in says), next(iter(says)))
