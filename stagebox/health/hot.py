"""Heat: is the machine too hot, or slowed down by heat?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.fresh import fresh_host
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

THROTTLED_FOR_S = 15.0
"""Processors slow down in short bursts: for so long after the last one they count as slowed."""


def hot(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when the hottest sensor is at its limit, or the processor is being slowed by heat."""
    host = fresh_host(facts, limits, now)
    if host is None or (host.temperature_c is None and host.throttled is None):
        return (unknown(Code.HOT, "machine", "not_told"),)
    limit_c = host.temperature_high_c or limits.machine.hot_c
    throttled_at = facts.machine.throttled_at
    throttled = throttled_at is not None and now - throttled_at <= THROTTLED_FOR_S
    too_hot = host.temperature_c is not None and host.temperature_c >= limit_c
    evidence = {"temperature_c": host.temperature_c, "limit_c": limit_c, "throttled": throttled}
    if not (throttled or too_hot):
        return (fine(Code.HOT, "machine", evidence),)
    key = "slowed" if throttled else "hot"
    if (degrees := host.temperature_c) is not None:
        key = f"{key}_c"
    return (bad(Code.HOT, "machine", Severity.WARNING, key, evidence=evidence, degrees=round(degrees or 0)),)
