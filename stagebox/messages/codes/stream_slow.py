"""Too slow."""

from stagebox.messages.entry import STREAM, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.STREAM_SLOW,
    short=msg("too slow"),
    rank={"": STREAM + 2},
    live={
        "not_told": AlarmWords(msg("OBS says nothing about the stream yet.")),
    },
)
