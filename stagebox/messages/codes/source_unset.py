"""Not chosen."""

from stagebox.messages.entry import NO_PICTURE, NO_SOUND, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.SOURCE_UNSET,
    short=msg("not chosen"),
    rank={"mic": NO_SOUND, "slides": NO_PICTURE + 5, "camera": NO_PICTURE + 10, "": NO_PICTURE + 15},
    lacks="time",
)
