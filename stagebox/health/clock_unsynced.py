"""The wall clock: is it set by the network, and does it run evenly?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.fresh import fresh_host
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

STEP_SAID_FOR_S = 60.0


def clock_unsynced(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A note when the clock is not set by the network, or was just set by a leap.

    Only a note: files may get a wrong time in their names, but no recording suffers, since lengths come
    from a clock that never leaps.
    """
    host = fresh_host(facts, limits, now)
    if host is None:
        return (unknown(Code.CLOCK_UNSYNCED, "machine", "not_known"),)
    machine = facts.machine
    stepped = machine.clock_step_at is not None and now - machine.clock_step_at <= STEP_SAID_FOR_S
    evidence = {"synced": host.clock_synced, "step_s": round(machine.clock_step_s, 1) if stepped else 0.0}
    if not stepped and host.clock_synced is None:
        return (unknown(Code.CLOCK_UNSYNCED, "machine", "not_told"),)
    if not stepped and host.clock_synced:
        return (fine(Code.CLOCK_UNSYNCED, "machine", evidence),)
    return (
        bad(
            Code.CLOCK_UNSYNCED,
            "machine",
            Severity.NOTE,
            "stepped" if stepped else "unsynced",
            evidence=evidence,
            step_s=abs(machine.clock_step_s),
        ),
    )
