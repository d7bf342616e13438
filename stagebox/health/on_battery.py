"""Power: does the machine run on its battery?"""

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check
from stagebox.health.fresh import fresh_host, unknown
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

PATIENCE = {Code.ON_BATTERY: Patience(raise_after_s=2.0, clear_after_s=2.0)}


def on_battery(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad on battery: the talk may outlast it, and laptops slow down to save it."""
    host = fresh_host(facts, limits, now)
    if host is None or host.mains is None:
        return unknown(Code.ON_BATTERY, "machine", "This machine does not tell where its power comes from.")
    left = host.battery_percent
    evidence = {"mains": host.mains, "battery_percent": left}
    if host.mains:
        return (Check(code=Code.ON_BATTERY, role="machine", outcome="fine", evidence=evidence),)
    short = left is not None and left < limits.machine.battery_critical_percent
    charge = f", and {left:.0f} % is left" if left is not None else ""
    return (
        Check(
            code=Code.ON_BATTERY,
            role="machine",
            outcome="bad",
            level=Severity.CRITICAL if short else Severity.WARNING,
            summary=f"The computer runs on its battery{charge}.",
            remedy="Plug in the power supply, and check that its socket has power.",
            evidence=evidence,
        ),
    )
