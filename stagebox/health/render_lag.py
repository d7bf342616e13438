"""Render lag: OBS cannot draw its scenes as fast as it should."""

from stagebox.health.check import Check
from stagebox.health.lag import lag_check
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings


def render_lag(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS leaves out pictures because drawing takes too long: the graphics are too slow."""
    return lag_check(Code.RENDER_LAG, facts, limits, now)
