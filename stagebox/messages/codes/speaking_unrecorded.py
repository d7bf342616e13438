"""Somebody speaks, and nothing is recorded."""

from stagebox.messages.entry import Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.SPEAKING_UNRECORDED,
    short=msg("somebody speaks, and nothing is recorded"),
)
