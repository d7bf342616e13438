"""Interrupted."""

from stagebox.messages.entry import STREAM, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.STREAM_LOST,
    short=msg("interrupted"),
    rank={"": STREAM},
)
