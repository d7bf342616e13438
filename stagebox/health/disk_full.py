"""The disk: is it full, or too full for a new recording?"""

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check, unknown
from stagebox.health.disk_low import free_bytes, room
from stagebox.health.folder import OBS_STOPS_BYTES, folder_health
from stagebox.model.facts import Facts
from stagebox.model.figures import lasting, room_words
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

NEAR_BYTES = 3 * OBS_STOPS_BYTES
"""With less than this, a recording is about to be ended by OBS."""

PATIENCE = {Code.DISK_FULL: Patience(raise_after_s=0.0, clear_after_s=1.0)}


def disk_full(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while recording when OBS is about to stop by itself; before, when the reserve is not free."""
    free = free_bytes(facts, limits, now)
    if free is None:
        return (unknown(Code.DISK_FULL, "disk", "room_unknown"),)
    busy = facts.recording is True or facts.session_wanted
    reserve = facts.machine.host.reserve_bytes if facts.machine.host else 0
    least = NEAR_BYTES if busy else max(NEAR_BYTES, reserve)
    evidence = {"free_bytes": free, "least_bytes": least}
    if free >= least:
        return (Check(code=Code.DISK_FULL, role="disk", outcome="fine", evidence=evidence),)
    if busy:
        summary = f"The disk is full ({room_words(free)} free): {_when(facts, limits, now)}"
        remedy = "Go on in another folder. What was recorded so far is safe."
    else:
        path = facts.machine.host.recording_path if facts.machine.host else ""
        seen = folder_health(path, "ok", free, least)
        summary, remedy = seen.detail, seen.remedy
    return (
        Check(
            code=Code.DISK_FULL,
            role="disk",
            outcome="bad",
            level=Severity.CRITICAL,
            summary=summary,
            remedy=remedy,
            evidence=evidence,
        ),
    )


def _when(facts: Facts, limits: HealthSettings, now: float) -> str:
    """When OBS ends the recording by itself."""
    left = room(facts, limits, now)
    seconds = None if left is None else int(left.minutes * 60)
    if not facts.recording or seconds is None:
        return "OBS records nothing there."
    soon = "OBS is about to stop recording."
    return f"OBS stops recording in about {lasting(_round(seconds))}." if seconds >= 10 else soon


def _round(seconds: int) -> float:
    """Nobody needs this to the second, and a figure that changes each second is not read."""
    return float(seconds // 60 * 60 if seconds >= 60 else seconds // 10 * 10)
