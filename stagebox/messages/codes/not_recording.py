"""NOT recording."""

from stagebox.messages.entry import WHOLE_TALK, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.NOT_RECORDING,
    short=msg("NOT recording"),
    rank={"": WHOLE_TALK},
)
