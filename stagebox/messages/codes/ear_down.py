"""Not running."""

from stagebox.messages.entry import Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.EAR_DOWN,
    short=msg("not running"),
)
