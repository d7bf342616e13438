"""Does not move."""

from stagebox.messages.entry import WHOLE_TALK, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.OBS_STUCK,
    short=msg("does not move"),
    rank={"": WHOLE_TALK + 5},
)
