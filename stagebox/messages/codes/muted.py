"""Muted in OBS."""

from stagebox.messages.entry import NO_SOUND, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.MUTED,
    short=msg("muted in OBS"),
    rank={"mic": NO_SOUND + 3},
    lacks="sound",
)
