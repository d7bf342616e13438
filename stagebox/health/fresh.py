"""What of the machine's facts is fresh enough to judge by. Stale facts are as good as none."""

from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import HostReading
from stagebox.model.settings import HealthSettings


def is_fresh(at: float | None, limits: HealthSettings, now: float) -> bool:
    """Whether something last seen at the monotonic second `at` is still news at `now`."""
    return at is not None and now - at <= limits.stale_s


def fresh_host(facts: HealthFacts, limits: HealthSettings, now: float) -> HostReading | None:
    """The machine as it was last seen, or None when that is too long ago."""
    machine = facts.machine
    return machine.host if is_fresh(machine.at, limits, now) else None
