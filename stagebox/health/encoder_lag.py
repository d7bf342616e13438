"""Encoder lag: OBS cannot encode as fast as it draws."""

from stagebox.health.check import Check
from stagebox.health.lag import lag_check
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings


def encoder_lag(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS leaves out pictures because encoding takes too long: the processor is too slow."""
    return lag_check(Code.ENCODER_LAG, facts, limits, now)
