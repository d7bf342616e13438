"""Refused."""

from stagebox.messages.entry import STREAM, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.STREAM_REFUSED,
    short=msg("refused"),
    rank={"": STREAM + 1},
)
