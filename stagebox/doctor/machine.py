"""The machine by the same rules that watch it live: disk, heat, power, clock."""

import time
from collections.abc import Mapping

from stagebox.devices.host import HostReader
from stagebox.doctor.result import CheckLevel, CheckResult
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
from stagebox.model.figures import room_words
from stagebox.model.report import Severity
from stagebox.model.settings import HealthSettings, Settings

RULES = (
    ("disk", "Disk", (folder_gone, disk_full, disk_low)),
    ("heat", "Heat", (hot,)),
    ("power", "Power", (on_battery,)),
    ("clock", "Clock", (clock_unsynced,)),
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
    for check, title, rules in RULES:
        checks = [one for rule in rules for one in rule(facts, limits, now)]
        # What is bad first, and of those the one that stands first in the table: it explains the others.
        worst = min(checks, key=lambda one: ("bad", "unknown", "fine").index(one.outcome))
        results.append(_result(check, title, worst, seen))
    return results


def _result(check: str, title: str, found: Check, seen: HostReading) -> CheckResult:
    if found.outcome == "bad":
        return CheckResult(check, title, _LEVELS[found.level], found.summary, found.remedy, found.evidence)
    if found.outcome == "unknown":
        return CheckResult(check, title, CheckLevel.NOTE, found.summary, evidence=found.evidence)
    return CheckResult(check, title, CheckLevel.GOOD, _good_words(check, seen), evidence=found.evidence)


def _good_words(check: str, seen: HostReading) -> str:
    if check == "disk":
        free, rate = seen.recording_free_bytes or 0, seen.planned_bytes_per_s
        hours = free / rate / 3600 if rate else 0.0
        return f"{room_words(free)} are free: room for {hours:.0f} hours."
    if check == "heat":
        return f"{seen.temperature_c:.0f} °C." if seen.temperature_c is not None else "Not slowed by heat."
    if check == "power":
        return "On mains."
    return "Set by the network."
