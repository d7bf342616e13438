"""What a schedule that does not say it is read with, on this computer."""

from datetime import UTC, datetime

from stagebox.schedule.draft import Defaults, Zone, zone_named
from stagebox.schedule.failure import refused


def defaults_in(zone_wanted: str | None) -> Defaults:
    """The defaults in the zone that somebody names; None: the computer's. ScheduleError: there is no such."""
    zone = zone_named(zone_wanted) if zone_wanted is not None else here()
    if zone is None:
        raise refused("schedule_no_such_zone", "schedule_zone_help", zone=zone_wanted or "")
    return Defaults(zone, datetime.now(zone.rules).date())


def here() -> Zone:
    """The computer's zone; UTC where it has none whose name can be told."""
    from tzlocal import get_localzone_name

    try:
        found = zone_named(get_localzone_name())
    except (LookupError, ValueError, OSError):
        found = None
    return found or Zone("UTC", UTC)
