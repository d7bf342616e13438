"""Power: does the machine run on its battery?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.fresh import fresh_host
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def on_battery(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad on battery: the talk may outlast it, and laptops slow down to save it."""
    host = fresh_host(facts, limits, now)
    if host is None or host.mains is None:
        return (unknown(Code.ON_BATTERY, "machine", "not_told"),)
    left = host.battery_percent
    evidence = {"mains": host.mains, "battery_percent": left}
    if host.mains:
        return (fine(Code.ON_BATTERY, "machine", evidence),)
    short = left is not None and left < limits.machine.battery_critical_percent
    return (
        bad(
            Code.ON_BATTERY,
            "machine",
            Severity.CRITICAL if short else Severity.WARNING,
            "battery" if left is None else "battery_left",
            evidence=evidence,
            percent=round(left or 0),
        ),
    )
