"""Encoder lag: OBS cannot encode as fast as it draws."""

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check
from stagebox.health.lag import lag_check
from stagebox.model.facts import Facts
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings

PATIENCE = {Code.ENCODER_LAG: Patience(raise_after_s=2.0, clear_after_s=0.2)}


def encoder_lag(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS leaves out pictures because encoding takes too long: the processor is too slow."""
    return lag_check(
        Code.ENCODER_LAG,
        facts,
        limits,
        now,
        summary="OBS cannot encode fast enough: {percent} % of the pictures of the last {span} are missing.",
        remedy="Close other programs. If it stays, the crew can set a smaller picture, or fewer pictures a "
        "second, before the next talk.",
    )
