"""Full."""

from stagebox.messages.entry import WHOLE_TALK, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.DISK_FULL,
    short=msg("full"),
    rank={"": WHOLE_TALK + 2},
)
