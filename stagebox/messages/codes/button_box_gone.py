"""Out of work."""

from stagebox.messages.entry import Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.BUTTON_BOX_GONE,
    short=msg("out of work"),
)
