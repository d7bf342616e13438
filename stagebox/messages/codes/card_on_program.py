"""A title card is being recorded."""

from stagebox.messages.entry import Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.CARD_ON_PROGRAM,
    short=msg("a title card is being recorded"),
)
