"""Interrupted."""

from stagebox.messages.entry import STREAM, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.STREAM_LOST,
    short=msg("interrupted"),
    rank={"": STREAM},
)
