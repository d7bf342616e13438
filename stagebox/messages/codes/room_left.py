"""An empty room is being recorded."""

from stagebox.messages.entry import Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.ROOM_LEFT,
    short=msg("an empty room is being recorded"),
)
