"""Too slow."""

from stagebox.messages.entry import STREAM, Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.STREAM_SLOW,
    short=msg("too slow"),
    rank={"": STREAM + 2},
    live={
        "not_told": Words(msg("OBS tells nothing of the stream yet.")),
    },
)
