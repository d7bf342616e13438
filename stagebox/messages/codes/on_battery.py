"""Runs on its battery."""

from stagebox.messages.entry import SOON, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.ON_BATTERY,
    short=msg("runs on its battery"),
    rank={"": SOON + 2},
)
