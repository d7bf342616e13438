"""The machine by the same rules that watch it live: disk, heat, power, clock."""

import time
from collections.abc import Mapping

from stagebox.devices.host import HostReader
from stagebox.doctor.result import CheckLevel, CheckResult, checked
from stagebox.health.check import Check
from stagebox.health.clock_unsynced import clock_unsynced
from stagebox.health.disk_full import disk_full
from stagebox.health.disk_low import disk_low
from stagebox.health.folder_gone import folder_gone
from stagebox.health.folds.machine import fold_machine
from stagebox.health.hot import hot
from stagebox.health.on_battery import on_battery
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import HostReading, MachineFacts
from stagebox.model.report import Severity
from stagebox.model.said import Fact
from stagebox.model.settings import HealthSettings, Settings

RULES = (
    ("disk", (folder_gone, disk_full, disk_low)),
    ("heat", (hot,)),
    ("power", (on_battery,)),
    ("clock", (clock_unsynced,)),
)
_LEVELS: Mapping[Severity, CheckLevel] = {
    Severity.NOTE: CheckLevel.NOTE,
    Severity.WARNING: CheckLevel.LOOK,
    Severity.CRITICAL: CheckLevel.LOOK,
}


def machine(settings: Settings, *, local: bool) -> list[CheckResult]:
    """The machine's results. `local`: OBS records on this computer."""
    return judge(HostReader(settings, local=local).read(), settings.health, time.monotonic())


def judge(seen: HostReading, limits: HealthSettings, now: float) -> list[CheckResult]:
    """What a reading means, by the live rules. Pure."""
    facts = HealthFacts(machine=fold_machine(MachineFacts(), seen, now))
    results = []
    for check, rules in RULES:
        checks = [one for rule in rules for one in rule(facts, limits, now)]
        # What is bad first, and of those the one that stands first in the table: it explains the others.
        worst = min(checks, key=lambda one: ("bad", "unknown", "fine").index(one.outcome))
        results.append(_result(check, worst, seen))
    return results


def _result(check: str, found: Check, seen: HostReading) -> CheckResult:
    if found.outcome == "bad":
        return CheckResult(check, _LEVELS[found.level], found.summary, found.remedy, found.evidence)
    if found.outcome == "unknown":
        return CheckResult(check, CheckLevel.NOTE, found.summary, evidence=found.evidence)
    key, facts = _good(check, seen)
    return checked(check, CheckLevel.GOOD, key, found.evidence, **facts)


def _good(check: str, seen: HostReading) -> tuple[str, Mapping[str, Fact]]:
    """What is said where nothing is wrong: its key and its facts."""
    if check == "disk":
        free, rate = seen.recording_free_bytes or 0, seen.planned_bytes_per_s
        return (
            ("room", {"free_bytes": free, "room_s": free / rate}) if rate else ("free", {"free_bytes": free})
        )
    if check == "heat" and seen.temperature_c is not None:
        return "degrees", {"degrees": round(seen.temperature_c)}
    return {"heat": "cool", "power": "mains", "clock": "clock"}[check], {}
