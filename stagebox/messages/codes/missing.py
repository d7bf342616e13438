"""Missing."""

from stagebox.messages.entry import NO_PICTURE, NO_SOUND, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.MISSING,
    short=msg("missing"),
    rank={"mic": NO_SOUND + 1, "slides": NO_PICTURE + 1, "camera": NO_PICTURE + 6, "": NO_PICTURE + 11},
    lacks="time",
)
