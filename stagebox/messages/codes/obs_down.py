"""Does not answer."""

from stagebox.messages.entry import WHOLE_TALK, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.OBS_DOWN,
    short=msg("does not answer"),
    rank={"": WHOLE_TALK + 4},
)
