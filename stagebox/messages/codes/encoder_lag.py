"""Pictures are being lost."""

from stagebox.messages.entry import SPOILT, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.ENCODER_LAG,
    short=msg("pictures are being lost"),
    rank={"": SPOILT + 4},
)
