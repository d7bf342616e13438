"""OBS's own pause: the light is amber by its name, never a fault of the disk. A touch ends it."""

from stagebox.health.check import alarm
from stagebox.health.record_light import RecordLight
from stagebox.messages.code_catalogue import say_live
from stagebox.model.alarms import Alarm
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.state import Phase, State


def paused_light(facts: HealthFacts) -> RecordLight | None:
    """The record light of a paused recording; None when it is not paused, or OBS cannot tell."""
    if not facts.paused or not facts.obs_up:
        return None
    summary, remedy = say_live(Code.PAUSED, "paused")
    return RecordLight(colour="amber", summary=summary, remedy=remedy)


def paused_alarms(state: State) -> list[Alarm]:
    """The alarm while a recording is paused: a forgotten pause loses the talk."""
    session = state.session
    if session is None or session.paused is None or session.phase is not Phase.RECORDING:
        return []
    return [alarm(Code.PAUSED, "recording", Severity.WARNING, session.paused.utc, "paused")]
