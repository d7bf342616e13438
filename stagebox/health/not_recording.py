"""Is what a person wants recorded really being written? The record light, told as a check."""

from dataclasses import replace

from stagebox.health.check import Check, fine
from stagebox.health.listening import meters, on_air
from stagebox.health.paused import paused_light
from stagebox.health.record_light import RecordLight, record_light
from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

ROLE = "recording"
FIGURES_LAG_S = 2.5
"""OBS's figures come once a second, and behind its events. A start that never comes is an alarm elsewhere."""


def light_of(facts: HealthFacts, limits: HealthSettings, now: float) -> RecordLight:
    """The record light at the monotonic time `now`."""
    if (paused := paused_light(facts)) is not None:
        return paused
    light = record_light(
        facts.proof,
        limits,
        now,
        local=facts.local,
        wanted=facts.session_wanted and _was_to_begin(facts, now),
        heard_dbfs=_heard_dbfs(facts, limits, now),
    )
    if light.colour == "off" and facts.session_wanted:
        return replace(light, colour="amber", summary=say_live(Code.NOT_RECORDING, "asked")[0])
    return light


def _was_to_begin(facts: HealthFacts, now: float) -> bool:
    """Whether OBS has said for a while that it records: until then its figures are from before."""
    since = facts.recording_since
    return since is not None and now - since > FIGURES_LAG_S


def _heard_dbfs(facts: HealthFacts, limits: HealthSettings, now: float) -> float | None:
    """The loudest channel that OBS hears of the microphone now; None for unknown or not in the program."""
    obs = meters(facts, limits, now)
    if obs is None or not on_air(obs):
        return None
    return max((level.rms_dbfs for level in obs.hearing.levels), default=None)


def not_recording(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while a recording is wanted and the light is red; unknown while it is amber."""
    if not facts.session_wanted:
        return (fine(Code.NOT_RECORDING, ROLE),)
    light = light_of(facts, limits, now)
    outcome = {"green": "fine", "amber": "unknown", "red": "bad", "off": "fine"}[light.colour]
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
