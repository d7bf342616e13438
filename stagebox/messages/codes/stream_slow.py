"""Too slow."""

from stagebox.messages.entry import STREAM, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.STREAM_SLOW,
    short=msg("too slow"),
    rank={"": STREAM + 2},
)
