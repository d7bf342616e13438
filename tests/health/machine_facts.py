"""Facts of a machine, for tests: told as the operating system and OBS would."""

from dataclasses import replace
from typing import Any

from stagebox.health.check import Check, Rule
from stagebox.health.folds.machine import fold_machine
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import HostReading, MachineFacts
from stagebox.model.observations import ObsStatsReading
from stagebox.model.settings import HealthSettings

GIGABYTE = 1_000_000_000
LIMITS = HealthSettings()
HOST = HostReading(
    recording_folder="ok",
    recording_free_bytes=500 * GIGABYTE,
    reserve_bytes=2 * GIGABYTE,
    planned_bytes_per_s=770_000.0,
    temperature_c=50.0,
    temperature_high_c=95.0,
    throttled=False,
    mains=True,
    clock_synced=True,
    wall_offset_s=1_800_000_000.0,
    slept_s=0.0,
)


def stats(**figures: Any) -> ObsStatsReading:
    """OBS's figures; what is not given is good."""
    good: dict[str, Any] = {
        "generation": 1,
        "recording": False,
        "record_bytes": 0,
        "active_fps": 30.0,
        "cpu_percent": 5.0,
        "free_disk_mb": 500_000.0,
        "render_skipped_frames": 0,
        "render_total_frames": 0,
        "output_skipped_frames": 0,
        "output_total_frames": 0,
    }
    return ObsStatsReading(**(good | figures))


def after(*seen: tuple[float, HostReading | ObsStatsReading]) -> HealthFacts:
    """The facts after these were seen, each at its monotonic second."""
    machine = MachineFacts()
    for at, one in seen:
        machine = fold_machine(machine, one, at)
    return HealthFacts(machine=machine)


def host_facts(now: float = 100.0, **changed: Any) -> HealthFacts:
    """The facts after a good machine, but for `changed`, was seen at `now`."""
    return after((now, replace(HOST, **changed)))


def the_check(rule: Rule, facts: HealthFacts, now: float = 100.0, limits: HealthSettings = LIMITS) -> Check:
    """The one check of a rule that watches one thing."""
    (check,) = rule(facts, limits, now)
    return check
