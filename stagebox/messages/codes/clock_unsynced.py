"""The clock may be wrong."""

from stagebox.messages.entry import Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.CLOCK_UNSYNCED,
    short=msg("the clock may be wrong"),
)
