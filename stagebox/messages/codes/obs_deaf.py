"""OBS does not hear the room."""

from stagebox.messages.entry import NO_SOUND, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.OBS_DEAF,
    short=msg("OBS does not hear the room"),
    rank={"mic": NO_SOUND + 4},
)
