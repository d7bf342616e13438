"""Is what a person wants recorded really being written? The record light, told as a check."""

from stagebox.health.check import Check
from stagebox.health.listening import meters, on_air
from stagebox.health.proof import RecordLight, record_light
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

ROLE = "recording"


def light_of(facts: Facts, limits: HealthSettings, now: float) -> RecordLight:
    """The record light at the monotonic time `now`."""
    return record_light(
        facts.proof,
        limits,
        now,
        local=facts.local,
        wanted=facts.session_wanted,
        heard_dbfs=_heard_dbfs(facts, limits, now),
    )


def _heard_dbfs(facts: Facts, limits: HealthSettings, now: float) -> float | None:
    """The loudest channel that OBS hears of the microphone now; None for unknown or not in the program."""
    obs = meters(facts, limits, now)
    if obs is None or not on_air(obs):
        return None
    return max((level.rms_dbfs for level in obs.hearing.levels), default=None)


def not_recording(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while a recording is wanted and the light is red; unknown while it is amber."""
    if not facts.session_wanted:
        return (Check(code=Code.NOT_RECORDING, role=ROLE, outcome="fine"),)
    light = light_of(facts, limits, now)
    outcome = {"green": "fine", "amber": "unknown", "red": "bad", "off": "unknown"}[light.colour]
    return (
        Check(
            code=Code.NOT_RECORDING,
            role=ROLE,
            outcome=outcome,  # type: ignore[arg-type]  # the four values above
            level=Severity.CRITICAL,
            summary=light.summary,
            remedy=light.remedy,
            evidence=light.evidence,
        ),
    )
