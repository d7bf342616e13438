"""The disk: for how many minutes of recording is there room?"""

from dataclasses import dataclass

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.folder import OBS_STOPS_BYTES, folder_at
from stagebox.health.fresh import fresh_host, is_fresh
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import MachineFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

MEASURED_OVER_S = 10.0
"""A bitrate measured over less time than this says little: encoders write in bursts."""


@dataclass(frozen=True, slots=True)
class DiskRoom:
    """Room for recordings. `minutes` is at `bytes_per_s`, which is measured or, else, as the settings plan.

    `planned_minutes` is at the settings' bitrate (0 when the settings say none).
    """

    free_bytes: int
    bytes_per_s: float
    measured: bool
    minutes: float
    planned_minutes: float


def free_bytes(facts: HealthFacts, limits: HealthSettings, now: float) -> int | None:
    """Free bytes where OBS records: of our own reading, else of OBS's; None for unknown."""
    host = fresh_host(facts, limits, now)
    if host is not None and (free := folder_at(host, facts.place).free_bytes) is not None:
        return free
    machine = facts.machine
    return machine.obs_free_bytes if is_fresh(machine.obs_at, limits, now) else None


def room(facts: HealthFacts, limits: HealthSettings, now: float) -> DiskRoom | None:
    """For how long the disk lasts; None for unknown."""
    free = free_bytes(facts, limits, now)
    host = facts.machine.host
    if free is None or host is None:
        return None
    planned = host.planned_bytes_per_s
    measured = measured_bytes_per_s(facts.machine, limits, now)
    rate = measured or planned
    if rate <= 0:
        return None
    usable = max(0, free - OBS_STOPS_BYTES)
    return DiskRoom(
        free, rate, measured is not None, usable / rate / 60, usable / planned / 60 if planned else 0.0
    )


def measured_bytes_per_s(machine: MachineFacts, limits: HealthSettings, now: float) -> float | None:
    """What OBS wrote a second over the last minute; None while it does not record, or not long enough."""
    growth = machine.growth
    if not growth or not is_fresh(growth[-1].at, limits, now):
        return None
    span_s = growth[-1].at - growth[0].at
    written = growth[-1].record_bytes - growth[0].record_bytes
    return written / span_s if span_s >= MEASURED_OVER_S and written > 0 else None


def disk_low(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when the disk is full within the limits at the present bitrate.

    Still slides take little room, so the bitrate may grow tenfold when the camera comes on: at the planned
    bitrate at least the critical minutes must be there.
    """
    found = room(facts, limits, now)
    if found is None:
        return (unknown(Code.DISK_LOW, "disk", "room_unknown"),)
    warning, critical = limits.machine.disk_warning_min, limits.machine.disk_critical_min
    evidence = {
        "minutes": round(found.minutes, 1),
        "planned_minutes": round(found.planned_minutes, 1),
        "free_bytes": found.free_bytes,
        "bytes_per_s": round(found.bytes_per_s),
        "measured": found.measured,
    }
    if found.minutes >= warning and (found.planned_minutes >= critical or not found.planned_minutes):
        return (fine(Code.DISK_LOW, "disk", evidence),)
    minutes = int(found.minutes if found.minutes < warning else found.planned_minutes)
    level = Severity.CRITICAL if found.minutes < critical else Severity.WARNING
    key = "minutes" if minutes else "no_minute"
    return (bad(Code.DISK_LOW, "disk", level, key, evidence=evidence, n=minutes),)
