"""The wall clock: is it set by the network, and does it run evenly?"""

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check
from stagebox.health.fresh import fresh_host, unknown
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

STEP_SAID_FOR_S = 60.0

PATIENCE = {Code.CLOCK_UNSYNCED: Patience(raise_after_s=5.0, clear_after_s=5.0)}


def clock_unsynced(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A note when the clock is not set by the network, or was just set by a leap.

    Only a note: files may get a wrong time in their names, but no recording suffers, since lengths come
    from a clock that never leaps.
    """
    host = fresh_host(facts, limits, now)
    if host is None:
        return unknown(Code.CLOCK_UNSYNCED, "machine", "Nobody knows whether the clock is right.")
    machine = facts.machine
    stepped = machine.clock_step_at is not None and now - machine.clock_step_at <= STEP_SAID_FOR_S
    evidence = {"synced": host.clock_synced, "step_s": round(machine.clock_step_s, 1) if stepped else 0.0}
    if stepped:
        summary = f"The clock was just set by {abs(machine.clock_step_s):.1f} s."
        remedy = "Check the time of day on the screen; recordings go on as they should."
    elif host.clock_synced is None:
        return unknown(Code.CLOCK_UNSYNCED, "machine", "This machine does not tell whether its clock is set.")
    elif host.clock_synced:
        return (Check(code=Code.CLOCK_UNSYNCED, role="machine", outcome="fine", evidence=evidence),)
    else:
        summary = "The clock is not set by the network."
        remedy = "Compare it with a phone. If it is wrong, connect a network, or set the time by hand."
    return (
        Check(
            code=Code.CLOCK_UNSYNCED,
            role="machine",
            outcome="bad",
            level=Severity.NOTE,
            summary=summary,
            remedy=remedy,
            evidence=evidence,
        ),
    )
