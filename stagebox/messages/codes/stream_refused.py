"""Refused."""

from stagebox.messages.entry import STREAM, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.STREAM_REFUSED,
    short=msg("refused"),
    rank={"": STREAM + 1},
)
