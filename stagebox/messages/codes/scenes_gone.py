"""Not stagebox's own in OBS."""

from stagebox.messages.entry import WHOLE_TALK, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.SCENES_GONE,
    short=msg("not stagebox's own in OBS"),
    rank={"": WHOLE_TALK + 6},
)
