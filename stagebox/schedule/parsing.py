"""The bytes of a schedule to the schedule. Pure, and done in a child: see `reading`."""

from stagebox.model.schedule import Schedule
from stagebox.schedule.assembly import assembled
from stagebox.schedule.document import KINDS, opened
from stagebox.schedule.draft import Defaults
from stagebox.schedule.failure import refused
from stagebox.schedule.formats import FORMATS


def parsed(data: bytes, source: str, defaults: Defaults) -> Schedule:
    """The schedule that these bytes are. Raises ScheduleError with a sentence when they are none.

    Args:
        source: the file or address, as people call it.
        defaults: for what the schedule does not say.
    """
    document = opened(data, source)
    for one in FORMATS:
        if name := one.name(document):
            return assembled(one.read(document, defaults), name)
    raise refused("schedule_other", KINDS, source=source)
