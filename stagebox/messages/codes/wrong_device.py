"""Wrong device."""

from stagebox.messages.entry import NO_SOUND, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.WRONG_DEVICE,
    short=msg("wrong device"),
    rank={"mic": NO_SOUND + 5},
)
