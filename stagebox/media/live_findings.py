"""What was known while the talk was recorded and no file can tell: a source that was not there. Pure."""

from collections.abc import Iterable

from stagebox.media.job import LiveAlarm
from stagebox.model.report import Code, Finding, Severity

TOLD = frozenset({Code.SOURCE_UNSET, Code.MISSING, Code.MUTED})
"""Alarms that are findings as well. A picture that stands still because its cable was pulled looks like a
slide; a microphone that was never chosen sounds like a quiet room."""

NOTE_S = 2.0
WARNING_S = 10.0
"""A source that was away for a shorter time is mentioned, and no reason to flag the talk."""

REMEDIES = {
    Code.SOURCE_UNSET: "Choose it before the next talk: Set-up, Sources.",
    Code.MISSING: "Check its cable before the next talk, and look whether this part can be used.",
    Code.MUTED: "Look for another recording of this part, and switch the sound on before the next talk.",
}


def findings(alarms: Iterable[LiveAlarm], duration_s: float) -> list[Finding]:
    """The findings that live alarms make; `duration_s` is the recording's length."""
    found = []
    for one in alarms:
        if one.code not in TOLD:
            continue
        code, level = Code(one.code), Severity(one.level)
        start_s, end_s = min(one.start_s, duration_s), min(one.end_s, duration_s)
        lasted_s = end_s - start_s
        if code is not Code.SOURCE_UNSET and lasted_s < NOTE_S:
            continue
        if code is not Code.SOURCE_UNSET and lasted_s < WARNING_S:
            level = Severity.NOTE
        evidence = {"told_live": True, "seconds": round(lasted_s, 3)}
        found.append(Finding(code, level, start_s, end_s, one.sentence, REMEDIES[code], evidence))
    return found
