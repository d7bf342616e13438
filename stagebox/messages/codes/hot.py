"""Too hot."""

from stagebox.messages.entry import SOON, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.HOT,
    short=msg("too hot"),
    rank={"": SOON + 1},
)
