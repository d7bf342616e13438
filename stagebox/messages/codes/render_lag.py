"""The computer is too slow."""

from stagebox.messages.entry import SPOILT, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.RENDER_LAG,
    short=msg("the computer is too slow"),
    rank={"": SPOILT + 5},
)
