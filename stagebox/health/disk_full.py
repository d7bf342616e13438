"""The disk: is it full, or too full for a new recording?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.disk_low import free_bytes, room
from stagebox.health.folder import OBS_STOPS_BYTES
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.said import Fact
from stagebox.model.settings import HealthSettings

NEAR_BYTES = 3 * OBS_STOPS_BYTES
"""With less than this, a recording is about to be ended by OBS."""


def disk_full(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while recording when OBS is about to stop by itself; before, when the reserve is not free."""
    free = free_bytes(facts, limits, now)
    if free is None:
        return (unknown(Code.DISK_FULL, "disk", "room_unknown"),)
    busy = facts.recording is True or facts.session_wanted
    reserve = facts.machine.host.reserve_bytes if facts.machine.host else 0
    least = NEAR_BYTES if busy else max(NEAR_BYTES, reserve)
    evidence = {"free_bytes": free, "least_bytes": least}
    if free >= least:
        return (fine(Code.DISK_FULL, "disk", evidence),)
    if busy:
        left_s = _left_s(facts, limits, now)
        key = "no_room" if left_s is None else "stops_in" if left_s >= 10 else "stops_now"
        given: dict[str, Fact] = {"left_s": left_s or 0.0}
    else:
        folder = facts.machine.host.recording_path if facts.machine.host else ""
        key = "reserve_in" if folder else "reserve"
        given = {"folder": folder, "reserve_bytes": least}
    return (bad(Code.DISK_FULL, "disk", Severity.CRITICAL, key, evidence=evidence, free_bytes=free, **given),)


def _left_s(facts: HealthFacts, limits: HealthSettings, now: float) -> float | None:
    """In how many seconds OBS ends the recording by itself; None while it records nothing."""
    left = room(facts, limits, now)
    return None if not facts.recording or left is None else _round(int(left.minutes * 60))


def _round(seconds: int) -> float:
    """Nobody needs this to the second, and a figure that changes each second is not read."""
    return float(seconds // 60 * 60 if seconds >= 60 else seconds // 10 * 10)
