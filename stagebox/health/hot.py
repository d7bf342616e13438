"""Heat: is the machine too hot, or slowed down by heat?"""

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check
from stagebox.health.fresh import fresh_host, unknown
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

THROTTLED_FOR_S = 15.0
"""Processors slow down in short bursts: for so long after the last one they count as slowed."""

PATIENCE = {Code.HOT: Patience(raise_after_s=10.0, clear_after_s=10.0)}
"""A boost of a second or two touches the limit on many laptops, and means nothing."""


def hot(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when the hottest sensor is at its limit, or the processor is being slowed by heat."""
    host = fresh_host(facts, limits, now)
    if host is None or (host.temperature_c is None and host.throttled is None):
        return unknown(Code.HOT, "machine", "This machine does not tell how hot it is.")
    limit_c = host.temperature_high_c or limits.machine.hot_c
    throttled_at = facts.machine.throttled_at
    throttled = throttled_at is not None and now - throttled_at <= THROTTLED_FOR_S
    too_hot = host.temperature_c is not None and host.temperature_c >= limit_c
    evidence = {"temperature_c": host.temperature_c, "limit_c": limit_c, "throttled": throttled}
    if not (throttled or too_hot):
        return (Check(code=Code.HOT, role="machine", outcome="fine", evidence=evidence),)
    degrees = f" ({host.temperature_c:.0f} °C)" if host.temperature_c is not None else ""
    if throttled:
        summary = f"The computer is so hot{degrees} that it slows itself down."
    else:
        summary = f"The computer is too hot{degrees}."
    return (
        Check(
            code=Code.HOT,
            role="machine",
            outcome="bad",
            level=Severity.WARNING,
            summary=summary,
            remedy="Give it air: free its vents, lift it from cloth, take it out of the sun. "
            "Close other programs.",
            evidence=evidence,
        ),
    )
