"""Each format of schedules has a file of its own and a line in `FORMATS`, in the order they are tried."""

from typing import Protocol

from stagebox.schedule.document import Document
from stagebox.schedule.draft import Defaults, ScheduleDraft
from stagebox.schedule.formats import broadcast, days_json, days_xml, ical, listed, schedule2


class ScheduleFormat(Protocol):
    """A way in which events publish their schedule."""

    def name(self, document: Document) -> str:
        """What it is called in `schedule check`; empty when the document is of another format."""

    def read(self, document: Document, defaults: Defaults) -> ScheduleDraft:
        """What it says; what it does not say is as `defaults` have it.

        Raises ScheduleError when it only looks like one.
        """


FORMATS: tuple[ScheduleFormat, ...] = (days_xml, schedule2, broadcast, days_json, ical, listed)
